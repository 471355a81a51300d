"""Sign-in: a guesser is refused, nobody is locked out by a stranger, and no answer tells which accounts exist."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from gate.known_browsers import known_as
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

RIGHT = "password of 2099"


@pytest.fixture(autouse=True)
def three_tries(settings) -> None:
    settings.LOGIN_TRIES = 3
    settings.LOGIN_TRIES_A_NETWORK = 6


def sign_in(client, name: str, password: str, address: str = "192.0.2.66"):
    sent = {"username": name, "password": password, "next": "/admin/"}
    return client.post("/admin/login/", sent, REMOTE_ADDR=address)


def test_a_guesser_of_passwords__has_to_wait_and_the_owner_of_another_account_has_not(client) -> None:
    guessed, other = UserFactory(is_superuser=True), UserFactory(is_superuser=True)
    for _try in range(3):
        assert sign_in(client, guessed.username, "wrong").status_code == 200
    refused = sign_in(client, guessed.username, RIGHT)
    assert refused.status_code == 429
    assert "Too many failed tries" in refused.content.decode()
    assert sign_in(client, other.username, RIGHT).status_code == 302


def test_the_owner_of_a_guessed_account__signs_in_from_elsewhere(client) -> None:
    """Twenty wrong tries of a stranger once locked the right password out for a quarter of an hour."""
    owner = UserFactory(is_superuser=True)
    for _try in range(20):
        sign_in(client, owner.username, "wrong")
    assert sign_in(client, owner.username, RIGHT, "198.51.100.7").status_code == 302


def test_the_owner_of_a_guessed_account__signs_in_at_the_same_meeting_in_a_browser_that_did_before(client) -> None:
    """Behind one address a guesser locked out everybody with fifty tries: editors at a meeting, each quarter hour."""
    owner, other, stranger = UserFactory(is_superuser=True), UserFactory(is_superuser=True), Client()
    assert sign_in(client, owner.username, RIGHT).status_code == 302
    client.post("/admin/logout/")
    for number in range(6):
        sign_in(stranger, owner.username if number < 3 else "nobody", "wrong")
    assert sign_in(stranger, owner.username, RIGHT).status_code == 429
    assert sign_in(client, other.username, RIGHT).status_code == 429, "the cookie is of one account"
    for _try in range(2):
        assert sign_in(client, owner.username, "wrong").status_code == 200
    assert sign_in(client, owner.username.upper(), "wrong").status_code == 200
    assert sign_in(client, owner.username, RIGHT).status_code == 429, "a stolen cookie has no more tries"


def test_cookie_of_a_known_browser__says_nothing_and_cannot_be_made(client, settings) -> None:
    owner = UserFactory(is_superuser=True)
    sign_in(client, owner.username, RIGHT)
    cookie = client.cookies[settings.BROWSER_COOKIE_NAME]
    assert owner.username not in cookie.value
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    asked = RequestFactory().get("/")
    for value, is_known in ((cookie.value, True), (cookie.value[:-1], False), ("a.b:c:d", False), ("", False)):
        asked.COOKIES = {settings.BROWSER_COOKIE_NAME: value}
        assert bool(known_as(asked, owner.username.lower())) is is_known
    settings.TOKEN_DAYS = settings.TOKEN_DAYS | {"browser": -1}
    asked.COOKIES = {settings.BROWSER_COOKIE_NAME: cookie.value}
    assert not known_as(asked, owner.username.lower()), "it ends"


def test_a_guesser_of_many_accounts__is_refused_by_the_network(client) -> None:
    for number in range(6):
        sign_in(client, f"nobody-{number}", "wrong")
    other = UserFactory(is_superuser=True)
    assert "Too many failed tries" in sign_in(client, other.username, RIGHT).content.decode()
    assert sign_in(client, other.username, RIGHT, "198.51.100.7").status_code == 302


def test_counts_of_failed_tries__outlive_the_cache_and_three_hundred_other_names(client, settings) -> None:
    settings.LOGIN_TRIES_A_NETWORK = 1000
    guessed = UserFactory(is_superuser=True)
    for _try in range(3):
        sign_in(client, guessed.username, "wrong")
    for number in range(30):
        sign_in(client, f"nobody-{number}", "wrong", f"198.51.{number}.7")
    cache.clear()
    assert "Too many failed tries" in sign_in(client, guessed.username, RIGHT).content.decode()


def test_an_account_that_is_not_there__is_refused_like_one_that_is(client) -> None:
    owner = UserFactory(is_superuser=True)
    for name in (owner.username, "nobody"):
        answers = [sign_in(client, name, "wrong").content.decode() for _try in range(4)]
        assert ["Too many failed tries" in answer for answer in answers] == [False, False, False, True]
        cache.clear()
        from gate.models import Tally

        Tally.objects.all().delete()


def test_a_sign_in__forgets_the_tries_before_it(client) -> None:
    owner = UserFactory(is_superuser=True)
    for _round in range(2):
        for _try in range(2):
            sign_in(client, owner.username, "wrong")
        assert sign_in(client, owner.username, RIGHT).status_code == 302
        client.logout()


def test_failures__leave_a_line_in_the_log_that_names_nobody(client, caplog) -> None:
    owner = UserFactory(is_superuser=True)
    with caplog.at_level(logging.WARNING, logger="gate"):
        for _try in range(4):
            sign_in(client, owner.username, "wrong")
    lines = [row.getMessage() for row in caplog.records if row.name == "gate.login_limits"]
    assert len(lines) == 4
    assert not [line for line in lines if owner.username in line or "192.0.2" in line]
