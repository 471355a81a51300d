"""Forgotten passwords: a budget for each account and network, one answer for all, mail only by the worker."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Addressee, Event, ResetRequest
from accounts.notices.services import forget
from accounts.password_reset.services import answer_waiting
from mail.models import Message
from tests.accounts.signing_in import HERE, first_step, with_app
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ASK = "/admin/password_reset/"
NEW = "another password of 2099"


@pytest.fixture
def editor():
    return UserFactory(is_superuser=True)


def ask(email: str, at: str = HERE):
    return Client().post(ASK, {"email": email}, REMOTE_ADDR=at)


@pytest.fixture
def worker(django_capture_on_commit_callbacks):
    """What happens after the requests of a block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def link() -> str:
    body = mail.outbox[-1].body
    return next(line for line in body.splitlines() if "/admin/password_reset/confirm/" in line).partition("8000")[2]


def test_thirteen_requests_for_one_editor__make_three_mails_an_hour(editor, worker) -> None:
    """They once made thirteen."""
    with worker():
        answers = [ask(editor.email, f"203.0.{number}.1") for number in range(13)]
    assert {answer.headers["Location"] for answer in answers} == {f"{ASK}done/"}
    assert len(mail.outbox) == 3


def test_network__that_asks_for_everybody__has_to_wait(settings) -> None:
    settings.RESETS_A_NETWORK = 5
    answers = [ask(f"somebody{number}@example.org") for number in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert 'value="somebody5@example.org"' in answers[-1].content.decode()
    assert ask("somebody@example.org", "198.51.100.7").status_code == 302


def test_answer__is_the_same_work_whoever_the_address_belongs_to(editor) -> None:
    ask("first@example.org")  # makes the row that counts
    asked = {}
    for email in (editor.email, "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(email)
        done = [query["sql"][:30] for query in queries]
        asked[email] = (answer.status_code, answer.headers["Location"], answer.content, done)
    assert len(set(map(str, asked.values()))) == 1
    assert Message.objects.count() == 0
    assert mail.outbox == []
    assert ResetRequest.objects.count() == 3


def test_scheduler__answers_what_no_worker_did__and_the_typed_address_is_forgotten(editor, worker) -> None:
    ask(editor.email.upper())
    ask("nobody@example.org")
    with worker():
        assert answer_waiting(timezone.now()) == 1
    assert [sent.to for sent in mail.outbox] == [[editor.email]]
    assert not ResetRequest.objects.exists()
    assert Event.objects.filter(person=editor, kind="reset_asked").count() == 1


def test_link__lets_a_new_password_be_chosen__and_signs_nobody_in(editor, worker) -> None:
    with_app(editor)
    with worker():
        ask(editor.email)
    assert editor.username in mail.outbox[0].body
    browser = Client()
    form = browser.get(link(), follow=True)
    address = form.redirect_chain[-1][0]
    with worker():
        short = browser.post(address, {"new_password1": "elevenchars", "new_password2": "elevenchars"})
        assert short.status_code == 200
        assert browser.post(address, {"new_password1": NEW, "new_password2": NEW}).status_code == 302
    assert browser.get("/admin/").status_code == 302
    assert first_step(browser, editor, NEW).headers["Location"] == "/admin/login/second-step/"
    assert Event.objects.filter(person=editor, kind="password_changed", by=None).exists()
    assert "was changed" in mail.outbox[-1].subject
    assert Client().get(link_of(mail.outbox[0])).context["validlink"] is False, "a link is good once"


def link_of(message) -> str:
    return next(line for line in message.body.splitlines() if "/confirm/" in line).partition("8000")[2]


def test_link__lies_in_no_row(editor, worker) -> None:
    with worker():
        ask(editor.email)
    token = link().rstrip("/").rpartition("/")[2]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {table}")
            assert token not in str(cursor.fetchall()), table


def test_link__to_an_address_that_is_no_longer_the_persons__is_not_sent(editor, worker, settings) -> None:
    ask(editor.email)
    answer_waiting(timezone.now())
    former = editor.email
    editor.email = "new@example.org"
    editor.save()
    from mail.delivery import deliver

    deliver(timezone.now())
    assert mail.outbox == []
    assert Addressee.objects.get().email == former
    forget(timezone.now() + timedelta(days=31))
    assert not Addressee.objects.exists()


def test_account_without_a_password_or_closed__gets_no_link(worker) -> None:
    closed, foreign = UserFactory(is_active=False), UserFactory()
    foreign.set_unusable_password()
    foreign.save()
    with worker():
        ask(closed.email)
        ask(foreign.email)
    assert mail.outbox == []
