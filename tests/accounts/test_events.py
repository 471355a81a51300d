"""The record of accounts: what is in it, who sees it, that it holds, and that the old goes."""

import contextlib
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.events import services as events
from accounts.models import Event, EventChain
from accounts.verification import findings
from core import personal_data
from core.tokens import new_secret
from tests.accounts.signing_in import HERE, first_step
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

Kind = Event.Kind
REPORT = "/admin/workflow/sign-ins/"


@pytest.fixture
def editor():
    return UserFactory(is_superuser=True)


def aged(days: int) -> Event:
    """A row that was written so long ago, as if the clock had stood there."""
    moment = timezone.now() - timedelta(days=days)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("accounts.events.services.timezone.now", lambda: moment)
        return events.record(Kind.FAILED)


# --- what is in it -------------------------------------------------------------------------------------------------


def test_failed_try__with_a_known_name__is_a_row_of_that_person__with_another__of_nobody(client, editor) -> None:
    before = Event.objects.count()
    first_step(client, editor, "wrong")
    first_step(client, "a password typed as a name", "wrong")
    known, unknown = Event.objects.filter(ordinal__gt=before)
    assert (known.kind, known.person, known.by) == ("failed", editor, None)
    assert (unknown.kind, unknown.person, unknown.person_seal, unknown.data) == ("failed", None, "", {})


def test_row__holds_no_address_and_no_name(client, editor) -> None:
    editor.email = "ficta.tester@example.org"
    editor.save()
    first_step(client, editor, at=HERE)
    client.post("/admin/logout/")
    last = Event.objects.last()
    assert last.kind == "signed_out"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_event")
        stored = str(cursor.fetchall())
    assert HERE not in stored
    assert "192.0.2" not in stored
    assert editor.username not in stored
    assert "ficta.tester" not in stored
    assert len(last.network) == 64


def test_refused_tries__add_no_rows__so_that_a_flood_is_bounded(client, editor, settings) -> None:
    settings.LOGIN_TRIES = 3
    before = Event.objects.count()
    for _try in range(30):
        first_step(client, editor, "wrong")
    assert Event.objects.count() == before + 3


# --- that it holds -------------------------------------------------------------------------------------------------


def test_chain__as_it_was_written__is_sound(client, editor) -> None:
    first_step(client, editor, "wrong")
    first_step(client, editor)
    assert Event.objects.count() > 2
    assert list(findings()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_event SET kind = 'signed_in'",
        "UPDATE accounts_event SET hash = ''",
        "UPDATE accounts_event SET data = '{}'",
        "DELETE FROM accounts_event",
    ],
)
def test_row__is_neither_changed_nor_deleted__by_the_database_itself(editor, statement) -> None:
    events.record(Kind.FAILED, editor)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("done", "said"),
    [
        ("UPDATE accounts_event SET kind = 'signed_in' WHERE ordinal = 2", "was changed after it was written"),
        ("DELETE FROM accounts_event WHERE ordinal = 2", "row 2 of the record is missing"),
        ("DELETE FROM accounts_event WHERE ordinal = 3", "the record holds 2 rows, 3 were written"),
        ("UPDATE accounts_event SET person_id = NULL, by_id = {other} WHERE ordinal = 2", "names another by"),
        ("UPDATE accounts_event SET person_id = {other} WHERE ordinal = 2", "names another person"),
        ("UPDATE accounts_eventchain SET sealed_through = 1", "row 2 of the record is missing"),
    ],
)
def test_verification__names_what_somebody_did_past_the_triggers(editor, done, said) -> None:
    from tests.restoring import triggers_set_aside

    other = UserFactory()
    with triggers_set_aside(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_event")
        cursor.execute("DELETE FROM accounts_eventchain")
    for _row in range(3):
        events.record(Kind.FAILED, editor, by=editor)
    assert list(findings()) == []
    with triggers_set_aside(connection), connection.cursor() as cursor:
        cursor.execute(done.format(other=other.pk))
    found = list(findings())
    assert found, "nothing was found"
    assert any(said in fault for fault in found) or "sealed_through" in done


def test_verify_library__says_that_accounts_are_sound(editor, capsys) -> None:
    events.record(Kind.FAILED, editor)
    with contextlib.suppress(CommandError):  # other rooms may miss an index here
        call_command("verify_library")
    assert "accounts: sound" in capsys.readouterr().out


def test_deleted_account__leaves_rows_that_hold(editor) -> None:
    events.record(Kind.FAILED, editor)
    editor.delete()
    assert Event.objects.last().person is None
    assert list(findings()) == []


# --- the old goes --------------------------------------------------------------------------------------------------


def test_old_rows__go__and_the_chain_stays_sound_from_a_sealed_end(settings) -> None:
    old = [aged(400 - n) for n in range(5)]
    kept = [aged(300), aged(10)]
    events.forget(timezone.now())
    chain = EventChain.objects.get()
    assert (chain.sealed_through, chain.sealed_hash) == (old[-1].ordinal, old[-1].hash)
    assert not Event.objects.filter(ordinal__lte=old[-1].ordinal).exists()
    assert Event.objects.filter(pk__in=[row.pk for row in kept]).count() == 2
    assert list(findings()) == []
    settings.ACCOUNT_EVENT_DAYS = 200
    events.forget(timezone.now())
    assert list(findings()) == []
    assert not Event.objects.filter(pk=kept[0].pk).exists()
    count = Event.objects.count()
    assert events.forget(timezone.now()) == 0, "nothing more is old"
    assert Event.objects.count() == count


def test_all_rows_old__leaves_the_row_that_says_so(editor, settings) -> None:
    aged(400)
    for row in range(2):
        aged(390 - row)
    settings.ACCOUNT_EVENT_DAYS = -1
    events.forget(timezone.now())
    assert list(Event.objects.values_list("kind", flat=True)) == ["sealed_away"]
    assert list(findings()) == []


def test_sealed_end__moved_by_hand__is_found(editor) -> None:
    aged(400)
    events.record(Kind.FAILED)
    events.forget(timezone.now())
    EventChain.objects.update(sealed_hash="0" * 64)
    assert list(findings())


def test_network__is_forgotten_sooner_and_the_chain_holds(client, editor, settings) -> None:
    first_step(client, editor)
    events.forget(timezone.now() + timedelta(days=settings.NETWORK_DAYS + 1))
    assert not Event.objects.exclude(network="").exists()
    assert list(findings()) == []


# --- who sees it ---------------------------------------------------------------------------------------------------


def test_person__sees_their_own_sign_ins_and_nobody_elses(client, editor) -> None:
    other = UserFactory(is_superuser=True)
    for _try in range(2):
        first_step(Client(), other, "wrong")
    first_step(Client(), editor, "wrong")
    first_step(client, editor)
    page = client.get("/admin/account/sign-ins/").content.decode()
    assert page.count("Sign-in failed") == 1
    assert "Signed in" in page
    assert "/admin/account/sign-ins/" in client.get("/admin/account/").content.decode()


def test_secretariat__finds_sign_ins_by_person_and_kind__others_are_refused(client, people) -> None:
    named = UserFactory(first_name="Zenobia", last_name="Quill", email="zq@example.org")
    for person in (named, people["facilitator"]):
        first_step(Client(), person, "wrong")
    client.force_login(people["secretariat"])
    for asked in ("zenobia", "Quill Zen", "zq@example", named.username):
        page = client.get(REPORT, {"q": asked, "kind": "failed"}).content.decode()
        assert page.count("<td>Sign-in failed") == 1, asked
    assert client.get(REPORT, {"q": "\x00'\"%", "kind": "x", "page": "99999"}).status_code == 200
    assert "<td>Sign-in failed" not in client.get(REPORT, {"q": new_secret()}).content.decode()
    for role in ("facilitator", "lead_expert", "rapporteur", "nobody"):
        client.force_login(people[role])
        answer = client.get(REPORT)
        assert answer.status_code == 302, role
    assert Client().get(REPORT).status_code == 302


# --- privacy -------------------------------------------------------------------------------------------------------


def test_export__names_the_rows_of_a_person__and_erasure_leaves_a_chain_of_nobody(client, editor) -> None:
    first_step(client, editor)
    assert {"what": "Signed in"}.items() <= personal_data.export(editor.email)["sign_ins"][-1].items()
    personal_data.erase(editor.email, personal_data.Erasure(timezone.now()))
    assert personal_data.export(editor.email)["sign_ins"] == []
    assert not Event.objects.filter(by=editor).exists()
    assert not Event.objects.exclude(salt="").filter(person_seal__gt="").exists()
    assert list(findings()) == []
