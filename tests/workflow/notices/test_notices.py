"""Notices: shown before the click, written with the move, sent once after it; refused headers; one click to stop."""

import re
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from mail.delivery import DIGEST_EVERY, SENDING, deliver
from mail.models import Message, Preference, Wording
from mail.preferences.services import unsubscribe_token
from mail.wordings.services import filled
from tests.factories import ProcessFactory
from tests.workflow.moves import FILLED
from workflow.notices import services as notices
from workflow.notices.occasions import EVENTS
from workflow.states import TRANSITIONS
from workflow.transitions.models import Process
from workflow.transitions.services import Refused, perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(people) -> Process:
    return ProcessFactory(forum=people.forum)


def open_comment(process: Process, people, role: str = "facilitator") -> None:
    perform(process, "open_comment", people[role], data=FILLED["open_comment"]())


def test_every_transition__is_an_event_with_words_and_readers() -> None:
    assert set(TRANSITIONS) <= set(EVENTS)
    assert all(event.roles and str(event.words.subject) and str(event.words.body) for event in EVENTS.values())


def test_move__writes_a_row_to_each_person_of_the_forum_but_the_one_who_acted(process, people) -> None:
    open_comment(process, people)
    told = set(Message.objects.values_list("user", flat=True))
    assert told == {people["lead_expert"].pk, people["rapporteur"].pk}


def test_confirm_page__names_exactly_those_who_will_be_written_to(process, people, client) -> None:
    """datatracker: mail went out without a word (dt#9509)."""
    client.force_login(people["facilitator"])
    text = " ".join(client.get(f"/admin/workflow/{process.page_id}/open_comment/").content.decode().split())
    assert "This will write to 2 people" in text
    open_comment(process, people)
    for user in (people["lead_expert"], people["rapporteur"]):
        assert user.get_full_name() in text
        assert Message.objects.filter(user=user).exists()


def test_refused_move__writes_to_nobody(process, people) -> None:
    with pytest.raises(Refused):
        perform(process, "open_comment", people["facilitator"], data={})
    assert not Message.objects.exists()


def test_mail__goes_out_after_commit_and_tick_sends_nothing_again(
    process, people, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        open_comment(process, people)
        assert mail.outbox == []
    assert {message.to[0] for message in mail.outbox} == {people["lead_expert"].email, people["rapporteur"].email}
    assert deliver(timezone.now()) == 0
    assert len(mail.outbox) == 2


def test_mail_server_down__the_move_stands_and_tick_sends_later(
    process, people, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    def broken(self, *args, **kwargs):
        raise ConnectionRefusedError("no mail server")

    with monkeypatch.context() as down:
        down.setattr("django.core.mail.EmailMessage.send", broken)
        with django_capture_on_commit_callbacks(execute=True):
            open_comment(process, people)
    assert Process.objects.get(pk=process.pk).state == "comment"
    waiting = Message.objects.first()
    assert (waiting.sent_at, waiting.attempts, waiting.error) == (None, 1, "no mail server")
    now = timezone.now()
    assert deliver(now) == 0, "it must not hammer the server"
    assert deliver(now + timedelta(hours=1)) == 2
    assert len(mail.outbox) == 2
    assert not Message.objects.filter(sent_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once__send_each_notice_once(process, people, monkeypatch) -> None:
    monkeypatch.setattr(notices, "deliver_after_move", lambda **kwargs: None)
    open_comment(process, people)
    Message.objects.update(sent_at=None, ready_at=timezone.now())
    mail.outbox.clear()
    barrier = threading.Barrier(3)
    failures = []

    def run() -> None:
        try:
            barrier.wait()
            deliver(timezone.now())
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        [people["lead_expert"].email, people["rapporteur"].email]
    )


@pytest.mark.parametrize("title", ["A\r\nBcc: everyone@example.org", "A\nB", "A\u2028B\x0b\x0cC"])
def test_title_with_line_breaks__cannot_begin_another_header(process, people, title) -> None:
    type(process.page).objects.filter(pk=process.page_id).update(title=title)
    process.page.specific.save_revision()
    open_comment(process, people)
    deliver(timezone.now())
    for message in mail.outbox:
        head = message.message().as_bytes().split(b"\n\n")[0]
        assert not re.search(rb"(?mi)^bcc:", head)
        assert message.recipients() == message.to


def test_mail__carries_one_click_unsubscription_and_a_message_id_of_its_own(process, people) -> None:
    open_comment(process, people)
    deliver(timezone.now())
    first, second = mail.outbox
    assert first.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]
    assert process.title in first.subject


def test_unsubscribing__by_post_stops_the_mail_and_by_get_changes_nothing(process, people, client) -> None:
    person = people["lead_expert"]
    address = f"/notices/stop/{unsubscribe_token(person)}/"
    assert client.get(address).status_code == 200
    assert not Preference.objects.exists()
    response = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert Preference.objects.get().mode == Preference.Mode.NONE
    open_comment(process, people)
    assert not Message.objects.filter(user=person).exists()


def test_digest__gathers_a_day_into_one_mail(process, people) -> None:
    person = people["lead_expert"]
    Preference.objects.create(user=person, mode=Preference.Mode.DAILY)
    Preference.objects.create(user=people["rapporteur"], mode=Preference.Mode.NONE)
    open_comment(process, people)
    perform(process, "return_to_draft", people["secretariat"], reason="Too early.")
    now = timezone.now()
    deliver(now)
    assert [message.to for message in mail.outbox] == [[people["facilitator"].email]]
    mail.outbox.clear()
    assert deliver(now + timedelta(hours=25)) == 2
    (message,) = mail.outbox
    assert message.to == [person.email]
    assert "2 notices" in message.subject
    assert "Too early." in message.body
    assert deliver(now + timedelta(hours=50)) == 0


class Killed(BaseException):
    """Not an error that the sender could catch: the process is gone."""


def sent_and_killed(monkeypatch, now) -> None:
    """The mail server takes the first mail, and the process dies before it marks the notice."""
    send = EmailMessage.send

    def send_and_die(self, *args, **kwargs):
        send(self, *args, **kwargs)
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(EmailMessage, "send", send_and_die)
        with pytest.raises(Killed):
            deliver(now)


def test_notice__sent_by_a_process_that_died_before_the_mark__is_sent_once_more_under_the_same_id(
    process, people, monkeypatch
) -> None:
    """ADR 0080 says what it costs."""
    Preference.objects.create(user=people["rapporteur"], mode=Preference.Mode.NONE)
    open_comment(process, people)
    now = timezone.now()
    sent_and_killed(monkeypatch, now)
    assert deliver(now + SENDING - timedelta(seconds=1)) == 0
    assert deliver(now + SENDING) == 1
    assert deliver(now + timedelta(days=9)) == 0
    first, again = mail.outbox
    assert (first.to, first.body) == (again.to, again.body)
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]


def test_digest__sent_by_a_process_that_died_before_the_mark__comes_again_with_the_next(
    process, people, monkeypatch
) -> None:
    for role in ("facilitator", "rapporteur"):
        Preference.objects.create(user=people[role], mode=Preference.Mode.NONE)
    Preference.objects.create(user=people["lead_expert"], mode=Preference.Mode.DAILY)
    open_comment(process, people)
    day = timezone.now() + DIGEST_EVERY
    sent_and_killed(monkeypatch, day)
    perform(process, "return_to_draft", people["secretariat"], reason="Too early.", at=day)
    assert deliver(day + timedelta(hours=1)) == 0
    assert deliver(day + DIGEST_EVERY) == 2
    first, again = mail.outbox
    assert "Too early." in again.body
    assert first.extra_headers["Message-ID"] != again.extra_headers["Message-ID"], "it holds more than the first"


def test_wording__of_the_secretariat__replaces_the_words_as_shipped(process, people, client) -> None:
    client.force_login(people["secretariat"])
    form = {
        "subject": "Now open: $title", "body": "Read $identifier at $address",
        "list_subject": "$title", "list_body": "Please comment: $announcement",
    }  # fmt: skip
    assert client.post("/admin/workflow/notices/open_comment/", form).status_code == 302
    open_comment(process, people)
    notice = Message.objects.first()
    assert notice.subject == f"Now open: {process.title}"
    assert process.series in notice.body
    client.post("/admin/workflow/notices/open_comment/", {"as_shipped": "1"})
    assert not Wording.objects.exists()


@pytest.mark.parametrize("event", [name for name, event in EVENTS.items() if "$reason" in str(event.words.body)])
def test_step_without_a_reason__is_told_without_a_line_for_one(event) -> None:
    _subject, reasoned = filled(EVENTS[event].words, {**EVENTS[event].examples, "reason": "Too early."})
    _subject, unreasoned = filled(EVENTS[event].words, {**EVENTS[event].examples, "reason": ""})
    assert "\nReason: Too early.\n" in reasoned
    assert unreasoned == reasoned.replace("\n\nReason: Too early.", "").replace("\nReason: Too early.", "")


@pytest.mark.parametrize("body", ["Costs $5", "Dear $nmae", "${title"])
def test_wording__with_an_unknown_place__is_refused_and_kept(people, client, body) -> None:
    client.force_login(people["secretariat"])
    response = client.post("/admin/workflow/notices/revise/", {"subject": "x", "body": body})
    assert response.status_code == 422
    assert body in response.content.decode()
    assert not Wording.objects.exists()


@pytest.mark.parametrize("event", EVENTS)
def test_words_as_shipped__of_every_event_in_every_room__can_be_saved_again(event, people, client) -> None:
    client.force_login(people["secretariat"])
    shipped = EVENTS[event]
    form = {"subject": str(shipped.words.subject), "body": str(shipped.words.body)}
    if shipped.list_words:
        form |= {"list_subject": str(shipped.list_words.subject), "list_body": str(shipped.list_words.body)}
    assert client.post(f"/admin/workflow/notices/{event}/", form).status_code == 302
    assert Wording.objects.get().body == str(shipped.words.body)
