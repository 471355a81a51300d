"""While another holds the write lock, no text is lost and no answer is a 500: it comes back, and is kept on disk."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gate.client_address import network_of
from gate.forms import kept_texts
from gate.forms.form_tokens import new_form_token
from gate.forms.kept_texts import find, forget, keep
from gate.forms.public_forms import FORMS
from gate.middleware import PublicFormMiddleware
from tests.accounts.signing_in import RIGHT
from tests.admin_forms import outcome_form, text_blocks
from tests.consultation.stories import begun
from tests.factories import ProcessFactory
from tests.gate.test_proof_of_work import fields
from tests.gate.test_public_forms import Places, filled, places
from tests.search.conftest import index, index_folder

__all__ = ["index", "index_folder", "places"]  # fixtures

pytestmark = pytest.mark.django_db(transaction=True)

NETWORK = network_of("192.0.2.1")


@contextmanager
def write_lock() -> Iterator[None]:
    """Held by another connection, as an import that takes long holds it. Requests wait for a quarter of a second."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 250")
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()
        return
    import psycopg

    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 250")
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")
        yield
        other.rollback()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gate.middleware.PAUSE_S", 0.0)


def test_every_form_that_writes__gives_back_every_word_with_the_same_token_and_keeps_it_on_disk(places: Places) -> None:
    client = Client(raise_request_exception=False)
    for form, address in places.address.items():
        given = filled(FORMS[form].form_class, "Ada", "ada@example.org") | places.fixed.get(form, {})
        given |= {"form_token": new_form_token(form), "email": "ada@example.org"}
        with write_lock():
            answer = client.post(address, given, REMOTE_ADDR="10.7.7.7")
            assert (form, answer.status_code) == (form, 503)
            assert int(answer["Retry-After"]) > 0
            page = answer.content.decode()
            kept = re.search(r'href="(/kept/[^"]+)"', page)[1]  # type: ignore[index]
            assert client.get(kept).status_code == 200
            assert client.get("/how-it-works/").status_code == 200
        assert fields(page).items() >= {name: value for name, value in given.items() if value}.items()
        again = fields(client.get(kept).content.decode())
        assert again.items() >= {name: value for name, value in given.items() if value and "token" not in name}.items()
        assert client.post(address, fields(page), REMOTE_ADDR="10.7.7.7").status_code in {200, 302}
        assert "This form was sent already" in client.post(
            address, fields(page), REMOTE_ADDR="10.7.7.7"
        ).content.decode() or not FORMS[form].once  # fmt: skip


def test_a_draft_that_is_sent__stays_a_draft_and_is_sent_once_afterwards(people: Any) -> None:
    opened = begun(people)
    draft = opened.draft("Words that stay.")
    client = Client(raise_request_exception=False)
    person = filled(FORMS["submission"].form_class, "Ada", "ada@example.org")
    with write_lock():
        answer = client.post(f"/comments/draft/{draft.token}/", person)
    assert answer.status_code == 503
    sent = client.post(f"/comments/draft/{draft.token}/", fields(answer.content.decode()))
    assert sent["Location"].startswith("/comments/mine/")


def test_an_editor__gets_the_typed_form_of_a_page_back_with_a_button(people: Any) -> None:
    page = begun(people).process.page.specific
    client = Client(raise_request_exception=False)
    client.force_login(people["secretariat"])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = outcome_form("Lamps, revised", page.slug, text_blocks("<p>A long text of an editor.</p>"))
    client.get(edit)
    with write_lock():
        answer = client.post(edit, form)
        asked = client.post(edit, form, headers={"accept": "application/json"})
    assert answer.status_code == 503
    back = fields(answer.content.decode())
    assert back["title"] == "Lamps, revised"
    assert "A long text of an editor." in answer.content.decode()
    assert back["csrfmiddlewaretoken"]
    assert (asked.status_code, asked.json()["error"]) == (503, "busy")
    assert client.post(edit, form).status_code == 302


@pytest.mark.parametrize("way", ["page", "sign-in", "step of an editor"])
def test_session_that_cannot_be_written__is_the_busy_page_and_no_fault(people: Any, monkeypatch: Any, way: str) -> None:
    """The lock is taken by another after the view, when the session is saved: most sign-ins meet it there."""
    editor, client = people["secretariat"], Client(raise_request_exception=False)
    address = {"page": "/admin/account/second-factor/app/", "sign-in": "/admin/login/"}.get(way, "")
    if way != "sign-in":
        client.force_login(editor)
    saved = Session.save

    def locked(self: Any, **how: Any) -> None:
        if how["force_update"]:
            raise OperationalError("database is locked")
        saved(self, **how)

    monkeypatch.setattr(Session, "save", locked)  # Django's store makes "the session was deleted" of it
    if way == "page":
        answer = client.get(address, {"a": "b"})
        assert fields(answer.content.decode()) == {"a": "b"}
        assert 'method="get"' in answer.content.decode()
    elif way == "sign-in":
        answer = client.post(address, {"username": editor.username, "password": RIGHT})
        assert fields(answer.content.decode())["username"] == editor.username
    else:
        process = ProcessFactory(forum=people.forum)
        form = {"public_source": "Fictitious source of 2099", "reason": "", "seen": 0}
        answer = client.post(f"/admin/workflow/{process.page_id}/record/", form)
        assert answer.status_code == 302, "what was done is answered, though its message is lost"
        assert process.log.count() == 1
        return
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert not answer.cookies.get("sessionid")


def test_while_the_lock_is_missed__others_are_answered_at_once_and_wait_for_nothing(
    monkeypatch: pytest.MonkeyPatch, rf: Any
) -> None:
    waits = PublicFormMiddleware(lambda request: None)  # type: ignore[arg-type, return-value]
    request = rf.post("/proposals/new/", {"title": "Lamps"})
    view = lambda request: None  # noqa: E731
    view.public_form = FORMS["proposal"]  # type: ignore[attr-defined]
    assert waits.process_view(request, view, (), {}) is None
    waits._busy_until = float("inf")
    answer: Any = waits.process_view(request, view, (), {})
    assert answer.status_code == 503
    assert "Lamps" in answer.content.decode()


def test_kept_texts__of_one_network_leave_room_for_all_others() -> None:
    now = timezone.now()
    forget(now + timedelta(days=1000))
    networks = [network_of(f"192.0.{number}.1") for number in range(30)]
    kept = [keep("/", "proposal", [("title", f"Bot {number}")], networks[0], now) for number in range(260)]
    assert sum(map(bool, kept)) == 250
    assert kept[0]
    assert not kept[-1]
    secrets = [keep("/", "proposal", [("title", "Lamps")], each, now) for each in networks[1:]]
    assert sum(map(bool, secrets)) >= 25  # one in sixty-four shares the place of the first
    assert forget(now + timedelta(days=1000)) == 250 + sum(map(bool, secrets))


def test_kept_texts__end_after_their_days_and_never_fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    forget(now + timedelta(days=1000))
    secret = keep("/proposals/new/", "proposal", [("title", "Lamps")], NETWORK, now)
    ends = now + timedelta(days=settings.TOKEN_DAYS["kept text"])
    found = find(secret, ends - timedelta(seconds=1))
    assert found is not None
    assert found.fields == [("title", "Lamps")]
    assert find(secret, ends) is None
    assert keep("/", "proposal", [("title", "x" * 300_000)], NETWORK, now) == ""
    monkeypatch.setattr(kept_texts, "MOST_FILES", 1)
    assert keep("/", "proposal", [("title", "Lamps")], NETWORK, now) == ""
    monkeypatch.setattr(kept_texts, "MOST_FILES", 9)
    monkeypatch.setattr(kept_texts, "MOST_BYTES", 200)
    assert keep("/", "proposal", [("title", "Lamps" * 20)], NETWORK, now) == ""
    assert forget(ends - timedelta(seconds=1)) == 0
    assert forget(ends) == 1
    assert find(secret, now) is None


def test_a_guessed_link__opens_nothing(client: Client) -> None:
    for secret in ("guess", "..", "%2e%2e%2fsecrets.env", "x" * 500):
        assert client.get(f"/kept/{secret}/").status_code == 404
