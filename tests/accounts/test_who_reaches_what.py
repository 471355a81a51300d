"""Every address of the room against everybody who may ask for it."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.urls import app_name, urlpatterns
from tests.accounts.signing_in import FACTORS, LOGIN, STEP, first_step, with_app

pytestmark = pytest.mark.django_db

EXPECTED = {
    # (strangers and people without the admin, waiting for the second step, waiting to add a factor, signed in)
    "second_step": ("login", "200", "factors", "login"),
    "single_sign_on": ("404", "404", "404", "404"),  # it is not set up
    "single_sign_on_answer": ("404", "404", "404", "404"),
    "sign_ins": ("login", "login", "login", "200"),
    "end_others": ("login", "login", "login", "405"),
    "end_session": ("login", "login", "login", "405"),
    "factors": ("login", "login", "200", "200"),
    "add_app": ("login", "login", "200", "200"),
    "add_passkey": ("login", "login", "200", "200"),
    "new_codes": ("login", "login", "405", "405"),
    "remove_factor": ("login", "login", "405", "405"),
}
ROLES = ("secretariat", "facilitator", "lead_expert", "rapporteur", "other_rapporteur", "superuser")


def said(answer) -> str:
    if answer.status_code != 302:
        return str(answer.status_code)
    led = answer.headers["Location"].partition("?")[0]
    return {LOGIN: "login", FACTORS: "factors", STEP: "second step"}[led]


def answers(client: Client) -> dict[str, str]:
    arguments = {"remove_factor": [1], "end_session": [1]}
    return {name: said(client.get(reverse(f"{app_name}:{name}", args=arguments.get(name, [])))) for name in EXPECTED}


def column(number: int) -> dict[str, str]:
    return {name: row[number] for name, row in EXPECTED.items()}


def test_every_address_of_the_room__has_a_row() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(EXPECTED)


@pytest.mark.parametrize("who", ["anonymous", "nobody"])
def test_stranger__and_an_account_without_the_admin__reach_nothing(client, people, who) -> None:
    if who == "nobody":
        client.force_login(people["nobody"])
    assert answers(client) == column(0)


@pytest.mark.parametrize("role", ROLES)
def test_person_in_a_role__reaches_what_their_session_has_come_to(people, settings, role) -> None:
    signed_in, adding, second = Client(), Client(), Client()
    signed_in.force_login(people[role])
    assert answers(signed_in) == column(3)
    settings.TWO_FACTOR_REQUIRED = ["everybody"]
    first_step(adding, people[role])
    assert answers(adding) == column(2)
    with_app(people[role])
    first_step(second, people[role])
    assert answers(second) == column(1)
    assert answers(adding) == column(1) | {"second_step": "200"}, "a factor was added elsewhere meanwhile"
