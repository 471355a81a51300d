"""A mail server that accepts and never answers, refuses, or has no name: no page waits, no mail is lost or doubled."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mail.delivery import MOST_FAILED_IN_A_ROW, deliver
from mail.models import Message
from tests.consultation.stories import ADA
from tests.consultation.submissions.test_journey import PERSON

pytestmark = pytest.mark.django_db

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
MAILS = 5


@pytest.fixture
def hung() -> Iterator[int]:
    """The port of a server that takes every connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        kept: list[socket.socket] = []
        over = threading.Event()

        def accept() -> None:
            server.settimeout(0.1)
            while not over.is_set():
                try:
                    kept.append(server.accept()[0])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=accept)
        thread.start()
        yield server.getsockname()[1]
        over.set()
        thread.join()
        for connection in kept:
            connection.close()


@pytest.fixture
def refused() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(params=["hung", "refused", "no such host"])
def away(request, settings) -> str:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 0.3
    settings.EMAIL_HOST = "mail.invalid" if request.param == "no such host" else "127.0.0.1"
    settings.EMAIL_PORT = 25 if request.param == "no such host" else request.getfixturevalue(request.param)
    return request.param


def test_a_page__is_answered_while_the_mail_server_is_away(
    client, consultation, settings, away, django_capture_on_commit_callbacks
) -> None:
    """Seven hung connections once stopped every thread of the server."""
    settings.MAIL_BY_WORKER = True
    draft = consultation.draft()
    with django_capture_on_commit_callbacks(execute=True):
        began = time.monotonic()
        answer = client.post(f"/comments/draft/{draft.token}/", PERSON)
        took = time.monotonic() - began
    assert answer.status_code == 302
    assert took < 10  # of a request on a busy machine; a hung server would keep it for good
    message = Message.objects.get()
    assert (message.sent_at, message.attempts) == (None, 0)
    assert [row.args_kwargs["args"] for row in DBTaskResult.objects.filter(task_path="mail.tasks.send")] == [
        [message.key]
    ]


def test_mails__wait_while_the_server_is_away_and_are_sent_once_when_it_is_back(consultation, settings, away) -> None:
    for number in range(MAILS):
        person = replace(ADA, email=f"ada{number}@example.org")
        consultation.send(consultation.draft(f"Words {number}."), person)
    now = timezone.now()
    assert Message.objects.due(now).count() == MAILS
    began = time.monotonic()
    assert deliver(now) == 0
    assert time.monotonic() - began < 10
    tried = Message.objects.filter(attempts__gt=0)
    assert tried.count() == MOST_FAILED_IN_A_ROW  # then the server is left alone until the next tick
    assert not Message.objects.exclude(sent_at=None).exists()
    settings.EMAIL_BACKEND = LOCMEM
    later = max(message.ready_at for message in Message.objects.all() if message.ready_at)
    assert deliver(later) == MAILS
    assert deliver(later) == 0
    assert sorted(each.to[0] for each in mail.outbox) == [f"ada{number}@example.org" for number in range(MAILS)]
