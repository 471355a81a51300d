"""Sign-in in two steps, seen by somebody who knows a password and nothing else."""

import inspect

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import LoginView as DjangoLoginView
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve, reverse
from django.views.generic import RedirectView
from wagtail.admin.views.account import LoginView as WagtailLoginView

from accounts.factors.services import new_recovery_codes
from accounts.models import Event, Factor
from accounts.signing_in.views import SignInView
from tests.accounts.signing_in import (
    ELSEWHERE,
    FACTORS,
    LOGIN,
    RIGHT,
    STEP,
    code_of,
    first_step,
    is_in,
    second_step,
    with_app,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return UserFactory(is_superuser=True)


@pytest.fixture
def secret(editor) -> str:
    return with_app(editor)


def kinds(person=None) -> list[str]:
    return list(Event.objects.filter(person=person).values_list("kind", flat=True))


# --- one step -----------------------------------------------------------------------------------------------------


def test_password__of_somebody_who_owes_nothing__opens_the_admin(client, editor) -> None:
    assert first_step(client, editor).headers["Location"] == "/admin/"
    assert is_in(client)
    assert kinds(editor)[-1] == "signed_in"


def test_refused_try__is_429_with_the_time_to_wait_and_keeps_the_name(client, editor, settings) -> None:
    settings.LOGIN_TRIES = 3
    for _try in range(3):
        assert first_step(client, editor, "wrong").status_code == 200
    refused = first_step(client, editor)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= settings.LOGIN_PAUSE_SECONDS
    assert f'value="{editor.username}"' in refused.content.decode()


def test_stranger__who_fails_all_day__locks_nobody_out(client, editor, secret) -> None:
    for _try in range(25):
        first_step(Client(), editor, "wrong")
    assert first_step(client, editor, at=ELSEWHERE).headers["Location"] == STEP
    assert second_step(client, code_of(secret), at=ELSEWHERE).status_code == 302
    assert is_in(client)


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_next__to_another_site__leads_to_the_admin(client, address) -> None:
    plain, second = UserFactory(is_superuser=True), UserFactory(is_superuser=True)
    assert first_step(client, plain, next=address).headers["Location"] == "/admin/"
    secret, other = with_app(second), Client()
    first_step(other, second, next=address)
    assert second_step(other, code_of(secret)).headers["Location"] == "/admin/"


def test_next__inside__is_kept_through_both_steps(client, editor, secret) -> None:
    first_step(client, editor, next="/admin/reports/locked/")
    assert second_step(client, code_of(secret)).headers["Location"] == "/admin/reports/locked/"


@pytest.mark.parametrize("two", [False, True])
def test_session_key__set_by_somebody_else_before__is_not_the_one_signed_in(client, editor, two) -> None:
    secret = with_app(editor) if two else ""
    client.get("/admin/login/")
    session = client.session
    session["planted"] = "by a stranger"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    first_step(client, editor)
    between = client.session.session_key
    if two:
        assert between != planted
        assert "planted" not in client.session
        second_step(client, code_of(secret))
    assert client.session.session_key not in {planted, between if two else planted}
    assert is_in(client)
    stranger = Client()
    for key in {planted, between} - {client.session.session_key}:
        stranger.cookies["sessionid"] = key
        assert not is_in(stranger)


def test_remember_me__keeps_the_session_for_seven_days__otherwise_it_ends_with_the_browser(client, editor) -> None:
    assert first_step(client, editor).cookies["sessionid"]["max-age"] == ""
    kept = first_step(Client(), editor, remember="on").cookies["sessionid"]
    assert kept["max-age"] == 7 * 24 * 3600
    assert kept["httponly"]
    assert kept["samesite"] == "Lax"


def test_other_ways_to_a_password__are_closed(editor) -> None:
    """Wagtail brings a second page of sign-in for private pages, which counted no failures and asked no second step."""
    client = Client()
    sent = {"username": editor.username, "password": RIGHT}
    assert client.post("/_util/login/", sent).status_code == 405
    assert not is_in(client)
    assert client.get("/_util/login/?next=/library/").headers["Location"] == f"{LOGIN}?next=/library/"
    asking = {name for name, view in _views(get_resolver().url_patterns) if issubclass(view, DjangoLoginView)}
    assert asking == {SignInView, WagtailLoginView, DjangoLoginView}, "the last two stand behind ours"
    assert inspect.unwrap(resolve("/_util/login/").func).view_class is RedirectView
    assert resolve(LOGIN).func.view_class is SignInView


def _views(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns)
        elif view := getattr(pattern.callback, "view_class", None):
            yield view, view


# --- the second step ----------------------------------------------------------------------------------------------


def test_password__of_somebody_with_an_app__signs_nobody_in(client, editor, secret) -> None:
    assert first_step(client, editor).headers["Location"] == STEP
    assert SESSION_KEY not in client.session
    assert client.get("/admin/").status_code == 302
    assert "signed_in" not in kinds(editor)
    assert second_step(client, code_of(secret)).status_code == 302
    assert is_in(client)
    assert Event.objects.last().data == {"way": "password", "second": "code"}


def test_code__taken_once__is_not_taken_again(client, editor, secret) -> None:
    code = code_of(secret)
    first_step(client, editor)
    second_step(client, code)
    thief = Client()
    first_step(thief, editor)
    answer = second_step(thief, code)
    assert answer.status_code == 422
    assert not is_in(thief)
    assert "second_failed" in kinds(editor)


def test_code__older_than_one_that_was_taken__is_not_taken(client, editor, secret) -> None:
    first_step(client, editor)
    second_step(client, code_of(secret, later=1))
    thief = Client()
    first_step(thief, editor)
    assert second_step(thief, code_of(secret)).status_code == 422


def test_guesser_of_codes__who_knows_the_password__is_stopped_here_and_everywhere(editor, secret, settings) -> None:
    settings.LOGIN_TRIES, settings.SECOND_FACTOR_TRIES_A_DAY = 3, 8
    right = {code_of(secret, later=steps) for steps in (-1, 0, 1, 2)}
    wrong = next(code for code in ("000000", "111111", "222222", "333333", "444444") if code not in right)
    answers = []
    for network in range(4):
        guesser = Client()
        first_step(guesser, editor, at=f"203.0.{network}.1")
        answers += [second_step(guesser, wrong, at=f"203.0.{network}.1").status_code for _try in range(4)]
    assert answers == [422, 422, 422, 429] * 2 + [422, 422, 429, 429] + [429] * 4
    assert second_step(guesser, code_of(secret), at="203.0.3.1").headers["Retry-After"]


def test_person_whose_codes_were_guessed_at__gets_in_by_a_recovery_code(client, editor, secret, settings) -> None:
    settings.SECOND_FACTOR_TRIES_A_DAY = 0
    codes = new_recovery_codes(editor)
    first_step(client, editor)
    assert second_step(client, code_of(secret)).status_code == 429
    assert second_step(client, codes[0].lower()).status_code == 302
    assert is_in(client)
    again = Client()
    first_step(again, editor)
    assert second_step(again, codes[0]).status_code == 422
    assert kinds(editor).count("code_used") == 1


def test_recovery_code__of_another_account__is_not_taken(client, editor, secret) -> None:
    other = UserFactory(is_superuser=True)
    with_app(other)
    codes = new_recovery_codes(other)
    first_step(client, editor)
    assert second_step(client, codes[0]).status_code == 422


def test_second_step__without_the_first__leads_back_to_it(client) -> None:
    assert client.get(STEP).headers["Location"] == LOGIN
    assert second_step(client, "000000").headers["Location"] == LOGIN


def test_second_step__after_ten_minutes_or_with_a_new_password__begins_anew(client, editor, secret) -> None:
    first_step(client, editor)
    session = client.session
    session["accounts.waiting"] |= {"at": session["accounts.waiting"]["at"] - 601}
    session.save()
    assert second_step(client, code_of(secret)).headers["Location"] == LOGIN
    first_step(client, editor)
    editor.set_password("another password of 2099")
    editor.save()
    assert second_step(client, code_of(secret)).headers["Location"] == LOGIN


# --- who must have one ---------------------------------------------------------------------------------------------


def everywhere() -> list[str]:
    rest = ("", "pages/", "account/", "account/sign-ins/", "users/", "workflow/sign-ins/", "images/", "api/main/pages/")
    return [f"/admin/{each}" for each in rest]


@pytest.mark.parametrize("way", ["first step", "a session from before"])
def test_secretary_without_a_factor__gets_to_enrolment_and_nowhere_else(client, people, settings, way) -> None:
    secretary = people["secretariat"]
    if way == "a session from before":
        client.force_login(secretary)
        assert is_in(client)
    settings.TWO_FACTOR_REQUIRED = ["secretariat"]
    led = first_step(client, secretary) if way == "first step" else client.get(LOGIN)
    assert led.headers["Location"] == FACTORS
    for address in everywhere():
        assert client.get(address).headers["Location"].startswith(LOGIN), address
    assert client.post(f"{FACTORS}recovery-codes/").status_code == 302
    assert client.get(FACTORS).status_code == 200


def test_old_session__of_somebody_who_must_have_a_factor_now__adds_none_without_the_password(
    client, people, settings
) -> None:
    secretary = people["secretariat"]
    client.force_login(secretary)
    session = client.session
    session["accounts.proved_at"] -= 3600
    session.save()
    settings.TWO_FACTOR_REQUIRED = ["secretariat"]
    assert client.get(LOGIN).status_code == 200
    assert client.get(FACTORS).headers["Location"].startswith(LOGIN)
    assert first_step(client, secretary).headers["Location"] == FACTORS


def test_enrolment__with_a_right_code__signs_in_and_shows_recovery_codes(client, people, settings) -> None:
    settings.TWO_FACTOR_REQUIRED = ["secretariat"]
    secretary = people["secretariat"]
    first_step(client, secretary, next="/admin/pages/")
    client.get(f"{FACTORS}app/")
    secret = client.session["accounts.new_secret"]["secret"]
    assert client.post(f"{FACTORS}app/", {"code": "12"}).status_code == 422
    shown = client.post(f"{FACTORS}app/", {"code": code_of(secret), "name": "Telephone"})
    assert shown.content.decode().count("<li><code>") == 10
    assert 'href="/admin/pages/"' in shown.content.decode()
    assert is_in(client)
    factor = Factor.objects.get(user=secretary)
    assert factor.name == "Telephone"
    assert secret not in factor.secret, "a backup would hold the secret"
    again = Client()
    first_step(again, secretary)
    assert second_step(again, code_of(secret)).status_code == 422, "the code of enrolment opens no second session"


def test_others__where_only_the_secretariat_must__sign_in_by_password(client, people, settings) -> None:
    settings.TWO_FACTOR_REQUIRED = ["secretariat"]
    assert first_step(client, people["facilitator"]).headers["Location"] == "/admin/"
    assert first_step(Client(), people["superuser"]).headers["Location"] == FACTORS


@pytest.mark.parametrize("role", ["facilitator", "lead_expert", "rapporteur"])
def test_setting__names_one_role_of_forums__or_everybody(people, settings, role) -> None:
    roles = ["secretariat", "facilitator", "lead_expert", "rapporteur"]
    settings.TWO_FACTOR_REQUIRED = [role]
    assert [each for each in roles if first_step(Client(), people[each]).headers["Location"] == FACTORS] == [role]
    settings.TWO_FACTOR_REQUIRED = ["everybody"]
    assert {first_step(Client(), people[each]).headers["Location"] for each in roles} == {FACTORS}


def test_stolen_password__of_somebody_with_a_factor__adds_no_factor_of_the_thief(client, editor, secret) -> None:
    first_step(client, editor)
    for address in (FACTORS, f"{FACTORS}app/", f"{FACTORS}passkey/"):
        assert client.get(address).headers["Location"].startswith(LOGIN)
        assert client.post(address, {"code": "000000"}).headers["Location"].startswith(LOGIN)
    assert Factor.objects.filter(user=editor).count() == 1


def test_secret__begun_by_one_account__is_not_added_to_another_in_the_same_session(client, editor) -> None:
    """A stranger who lends somebody a browser knows the secret that the page showed them."""
    other = UserFactory(is_superuser=True)
    client.force_login(editor)
    client.get(f"{FACTORS}app/")
    known = client.session["accounts.new_secret"]
    client.force_login(other)
    session = client.session
    session["accounts.new_secret"] = known
    session.save()
    assert client.post(f"{FACTORS}app/", {"code": code_of(known["secret"])}).status_code == 422
    assert not Factor.objects.exists()


def test_public_page__for_a_session_that_owes_a_factor__is_that_of_a_stranger(client, people, settings) -> None:
    client.force_login(people["secretariat"])
    settings.TWO_FACTOR_REQUIRED = ["secretariat"]
    assert not client.get("/search/").wsgi_request.user.is_authenticated


def test_factors_of_others__are_neither_shown_nor_removed(client, editor) -> None:
    other = UserFactory(is_superuser=True)
    with_app(other)
    client.force_login(editor)
    theirs = Factor.objects.get(user=other)
    assert client.post(reverse("accounts:remove_factor", args=[theirs.pk])).status_code == 404
    assert "Telephone" not in client.get(FACTORS).content.decode()


def test_last_secretary__who_lost_theirs__is_helped_by_a_command(editor, secret, capsys) -> None:
    call_command("remove_second_factors", editor.username)
    assert "1 second factors" in capsys.readouterr().out
    assert kinds(editor)[-1] == "factor_removed"
    with pytest.raises(CommandError, match="no account"):
        call_command("remove_second_factors", "nobody of this name")


def test_last_factor__of_somebody_who_must_have_one__stays(client, editor, settings) -> None:
    secret = with_app(editor)
    first_step(client, editor)
    second_step(client, code_of(secret))
    settings.TWO_FACTOR_REQUIRED = ["secretariat"]
    address = reverse("accounts:remove_factor", args=[Factor.objects.get().pk])
    client.post(address)
    assert Factor.objects.count() == 1
    settings.TWO_FACTOR_REQUIRED = []
    client.post(address)
    assert not Factor.objects.exists()
    assert kinds(editor)[-1] == "factor_removed"


def test_lost_factors__are_removed_by_the_secretariat_and_not_by_others(client, people) -> None:
    lost = people["facilitator"]
    secret = with_app(lost)
    address = reverse("workflow_admin:remove_second_factors", args=[lost.pk])
    client.force_login(people["lead_expert"])
    assert client.post(address).status_code == 302
    assert Factor.objects.filter(user=lost).exists()
    client.force_login(people["secretariat"])
    client.post(address)
    assert not Factor.objects.filter(user=lost).exists()
    event = Event.objects.filter(person=lost).last()
    assert (event.kind, event.by) == ("factor_removed", people["secretariat"])
    assert secret
    boss = people["superuser"]
    with_app(boss)
    client.post(reverse("workflow_admin:remove_second_factors", args=[boss.pk]))
    assert Factor.objects.filter(user=boss).exists(), "the Secretariat opens no account that rules it"


# --- signing out, and what an editor may not do -------------------------------------------------------------------


def test_signing_out__clears_what_the_browser_keeps_and_leaves_no_session(client, editor) -> None:
    first_step(client, editor)
    assert reverse("wagtailadmin_logout") in client.get("/admin/").content.decode()
    answer = client.post(reverse("wagtailadmin_logout"))
    assert answer.headers["Location"] == LOGIN
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies["sessionid"].value == ""
    assert not Session.objects.exists()


def test_message_to_an_editor__lies_in_the_session_and_in_no_cookie(client, people) -> None:
    client.force_login(people["lead_expert"])
    client.get(reverse("workflow_admin:sign_ins"))
    assert set(client.cookies) <= {"sessionid", "csrftoken"}
    assert "permission to access this area" in client.session["_messages"]
    assert "permission to access this area" in client.get("/admin/").content.decode()
    assert "_messages" not in client.session


@pytest.mark.parametrize("how", ["a view of ours", "a view of Wagtail's", "a script", "without the admin"])
def test_refusal_of_a_right__is_a_line_with_the_number_of_the_account(client, people, caplog, how) -> None:
    person = people["nobody" if how == "without the admin" else "lead_expert"]
    address = "/admin/users/" if how == "a view of Wagtail's" else reverse("workflow_admin:sign_ins")
    client.force_login(person)
    client.get(address, headers={"x-requested-with": "XMLHttpRequest"} if how == "a script" else {})
    said = [record.getMessage() for record in caplog.records if record.name == "accounts.events.refusals"]
    assert said == [f"refused to account {person.pk}: GET {address}"]
    assert person.username not in caplog.text
