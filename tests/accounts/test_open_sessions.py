"""Sessions of an account: how each ends, who sees them and who ends them."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.factors.services import add_app, remove_all
from accounts.models import Event, Factor, OpenSession
from accounts.open_sessions import services
from tests.accounts.signing_in import FACTORS, LOGIN, code_of, first_step, is_in, second_step, with_app
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

SIGN_INS, END_OTHERS = "/admin/account/sign-ins/", "/admin/account/sessions/end-others/"


@pytest.fixture
def editor():
    return UserFactory(is_superuser=True)


def signed_in(person, **more: str) -> Client:
    client = Client()
    first_step(client, person, **more)
    assert is_in(client)
    return client


def aged(*, unused: float = 0, old: float = 0) -> None:
    """As if every session had been used and begun so many hours ago."""
    now = timezone.now()
    OpenSession.objects.update(seen_at=now - timedelta(hours=unused), opened_at=now - timedelta(hours=max(old, unused)))


# --- ends by themselves -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("remembered", "hours", "stands"),
    [(False, 7.9, True), (False, 8.1, False), (True, 71.9, True), (True, 72.1, False)],
)
def test_session_that_was_not_used__ends(editor, remembered, hours, stands) -> None:
    client = signed_in(editor, **({"remember": "on"} if remembered else {}))
    aged(unused=hours)
    assert is_in(client) is stands
    assert client.get("/search/").wsgi_request.user.is_authenticated is stands


@pytest.mark.parametrize("remember", [{}, {"remember": "on"}])
def test_session_in_use__ends_seven_days_after_sign_in_all_the_same(editor, remember) -> None:
    client = signed_in(editor, **remember)
    aged(old=7 * 24 - 0.1)
    assert is_in(client)
    aged(old=7 * 24 + 0.1)
    assert not is_in(client)
    first_step(client, editor, **remember)
    assert is_in(client)


def test_use__is_noted_every_five_minutes_and_no_answer_fails_over_it(editor, monkeypatch) -> None:
    client = signed_in(editor)
    aged(unused=0.07)
    before = OpenSession.objects.get().seen_at
    is_in(client)
    assert OpenSession.objects.get().seen_at == before, "four minutes"
    aged(unused=0.09)
    with monkeypatch.context() as patch:
        patch.setattr("accounts.open_sessions.services._no_notes_until", 0.0)
        patch.setattr(services.OpenSession.objects, "filter", _locked(services.OpenSession.objects.filter))
        assert is_in(client)
    assert timezone.now() - OpenSession.objects.get().seen_at > timedelta(minutes=5)
    is_in(client)
    assert timezone.now() - OpenSession.objects.get().seen_at < timedelta(minutes=1)


def _locked(former):
    def filtered(*args, **kwargs):
        found = former(*args, **kwargs)
        if set(kwargs) == {"pk"}:  # the row that is about to be noted
            raise OperationalError("database is locked")
        return found

    return filtered


def test_session_that_ended__is_not_opened_again_by_a_sign_in_in_the_same_browser(editor) -> None:
    """Whoever copied the cookie would be let in again with its owner."""
    client, thief = signed_in(editor), Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    aged(unused=9)
    first_step(client, editor)
    assert is_in(client)
    assert not is_in(thief)


def test_rows_of_sessions_that_ended__are_forgotten(editor) -> None:
    signed_in(editor)
    assert services.forget(timezone.now()) == 0
    aged(unused=9)
    assert services.forget(timezone.now()) == 1


# --- ended by people ----------------------------------------------------------------------------------------------


def test_person__sees_their_sessions_and_ends_the_others_or_one(editor) -> None:
    here, there, third = signed_in(editor), signed_in(editor), signed_in(editor)
    stranger = signed_in(UserFactory(is_superuser=True))
    page = here.get(SIGN_INS).content.decode()
    assert (page.count("Begun"), page.count("This one")) == (3, 1)
    one = reverse("accounts:end_session", args=[there.session[services.OPEN]])
    stranger.post(one)
    assert is_in(there), "somebody else's is not found"
    assert "1 session was ended." in here.post(one, follow=True).content.decode()
    assert [is_in(client) for client in (here, there, third)] == [True, False, True]
    signed_in(editor)
    here.post(END_OTHERS)
    assert [is_in(client) for client in (here, there, third, stranger)] == [True, False, False, True]
    assert OpenSession.objects.filter(user=editor).count() == 1
    row = Event.objects.filter(person=editor, kind="sessions_ended").last()
    assert (row.by, row.data) == (editor, {"sessions": 2})


@pytest.mark.parametrize("change", ["password", "a factor", "a further factor", "one factor less", "codes"])
def test_each_change_of_a_factor__ends_all_other_sessions(editor, change) -> None:
    client, elsewhere = Client(), Client()
    if change == "a factor":
        here, there = signed_in(editor), signed_in(editor)
    else:
        secret = with_app(editor)
        add_app(editor, "Tablet", secret, 0)
        for each, later in ((client, -1), (elsewhere, 0)):
            first_step(each, editor)
            second_step(each, code_of(secret, later=later))
        here, there = client, elsewhere
    assert is_in(here)
    assert is_in(there)
    if change == "password":
        editor.set_password("another password of 2099")
        editor.save()
        assert not is_in(there)
        assert not OpenSession.objects.filter(user=editor).exists(), "a command ends all"
        return
    if change == "codes":
        here.post(f"{FACTORS}recovery-codes/")
    elif change == "one factor less":
        here.post(reverse("accounts:remove_factor", args=[Factor.objects.first().pk]))
    else:
        here.get(f"{FACTORS}app/")
        here.post(f"{FACTORS}app/", {"code": code_of(here.session["accounts.new_secret"]["secret"])})
    assert is_in(here), "the one that changed it"
    assert not is_in(there)
    assert there.get(LOGIN).status_code == 200, "the password is asked again, not the second step alone"
    assert SESSION_KEY in there.session


def test_secretariat__ends_the_sessions_of_somebody_and_nobody_else_does(people) -> None:
    person, boss = people["facilitator"], people["superuser"]
    theirs, bosses = Client(), Client()
    theirs.force_login(person)
    bosses.force_login(boss)
    address = reverse("workflow_admin:end_sessions", args=[person.pk])
    clients = {}
    for role in ("lead_expert", "secretariat"):
        clients[role] = Client()
        clients[role].force_login(people[role])
    clients["lead_expert"].post(address)
    assert is_in(theirs)
    page = clients["secretariat"].get(reverse("workflow_admin:sign_ins"), {"q": person.username}).content.decode()
    assert f'action="{address}"' in page
    clients["secretariat"].post(address)
    assert not is_in(theirs)
    row = Event.objects.filter(person=person).last()
    assert (row.kind, row.by) == ("sessions_ended", people["secretariat"])
    for who in (boss, people["secretariat"]):
        clients["secretariat"].post(reverse("workflow_admin:end_sessions", args=[who.pk]))
    assert is_in(bosses)
    assert is_in(clients["secretariat"]), "one's own stand on another page"


def test_factors_removed_by_somebody_else__end_every_session(editor) -> None:
    client, secret = Client(), with_app(editor)
    first_step(client, editor)
    second_step(client, code_of(secret))
    assert is_in(client)
    remove_all(editor)
    assert not is_in(client)
