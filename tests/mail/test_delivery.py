"""The outbox: one recipient, told once; an address that is looked up, limited and given up on; words of every room."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from bpf_site.operations.scheduler import CHORES
from consultation.answers.occasions import DISPOSED
from consultation.comments.occasions import GATHERED, PUBLISHED
from consultation.followers.occasions import CLOSING, FOLLOWING, OPENED
from consultation.submissions.occasions import CONFIRM
from core import personal_data
from core.tokens import BadLink
from mail import composition, delivery, outbox
from mail.confirmation_limits import ASK_EVERY, MOST_TAGGED
from mail.delivery import SENDING, deliver
from mail.models import Message, Subscription
from mail.occasions import OCCASIONS, register
from mail.subscriptions import services as subscriptions
from search.alerts.services import ALERTS
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def follower() -> Subscription:
    now = timezone.now()
    subscriptions.ask(FOLLOWING, "Reader@example.org", "BPF-2099-LAMPS", "en", now)
    found = Subscription.objects.get()
    subscriptions.begin(found, now)
    Message.objects.all().delete()
    return found


def broken(self: EmailMessage, *args: Any, **kwargs: Any) -> None:
    raise OSError("550 reader@example.org does not exist")


def test_occasion__declared_twice__is_an_error_at_start() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        register(CONFIRM)


def test_every_occasion__has_words_of_one_sort() -> None:
    for occasion in OCCASIONS.values():
        assert bool(occasion.template) != bool(occasion.words), occasion.name


def test_tick__sends_what_waits() -> None:
    assert deliver in [chore.does for chore in CHORES]


def test_message__to_an_owner_whom_the_server_refuses__waits_longer_each_time_and_is_given_up(
    follower, monkeypatch
) -> None:
    now = timezone.now()
    outbox.write(OPENED, "opened:1", now, follower)
    monkeypatch.setattr(EmailMessage, "send", broken)
    pauses = []
    for _ in range(8):
        assert deliver(now) == 0
        message = Message.objects.get()
        assert "example.org" not in message.error, "an address is not kept in the outbox"
        if message.ready_at:
            pauses.append((message.ready_at - now).total_seconds() / 60)
            now = message.ready_at
    assert pauses == [10, 20, 40, 80, 160, 320, 640]
    assert (message.attempts, message.ready_at, message.sent_at) == (8, None, None)
    monkeypatch.undo()
    assert deliver(now + timedelta(days=9)) == 0


def test_message__to_a_follower_who_stopped_meanwhile__is_not_sent(follower) -> None:
    now = timezone.now()
    outbox.write(OPENED, "opened:1", now, follower)
    subscriptions.end(follower, now)
    assert deliver(now) == 0
    assert not mail.outbox
    assert Message.objects.get().ready_at is None


def test_mail_to_a_follower__can_be_stopped_by_one_button_of_the_mail_program(follower, client) -> None:
    outbox.write(CLOSING, "closing:1", timezone.now(), follower)
    assert deliver(timezone.now()) == 1
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(headers["List-Unsubscribe"].strip("<>")).path
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.standing().exists()


@pytest.mark.parametrize(("language", "prefix"), [("ar", "/ar"), ("zh-hans", "/zh"), ("en", "")])
def test_mail__leads_to_pages_in_the_language_of_its_reader(consultation, language, prefix) -> None:
    submission = consultation.comment().submission
    type(submission).objects.filter(pk=submission.pk).update(language=language)
    Message.objects.all().delete()
    outbox.write(PUBLISHED, "published", timezone.now() - GATHERED.wait, submission, {"comment": 1})
    assert deliver(timezone.now()) == 1
    paths = [urlsplit(address).path for address in re.findall(r"https?://\S+", mail.outbox[-1].body)]
    assert len(paths) == 2
    assert all(path.startswith((f"{prefix}/library/", f"{prefix}/comments/")) for path in paths), paths


def test_news__that_another_run_is_sending__is_not_gathered_into_a_second_mail(consultation, monkeypatch) -> None:
    now = timezone.now() + GATHERED.wait
    submission = consultation.comment().submission
    Message.objects.all().delete()
    for occasion in (PUBLISHED, DISPOSED):
        outbox.write(occasion, occasion.name, now - GATHERED.wait, submission, {"comment": 1})
    send = EmailMessage.send

    def another_run_begins(self: EmailMessage, *args: Any, **kwargs: Any) -> None:
        monkeypatch.setattr(EmailMessage, "send", send)
        assert deliver(now + timedelta(seconds=1)) == 0
        send(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", another_run_begins)
    assert deliver(now) == 2
    assert len(mail.outbox) == 1


def test_message__of_an_occasion_that_no_room_declares_any_more__is_sent_in_the_words_it_has() -> None:
    now = timezone.now()
    user = UserFactory()
    Message.objects.create(key="x", occasion="former", user=user, subject="S", body="B", created_at=now, ready_at=now)
    assert deliver(now) == 1
    assert mail.outbox[0].subject == "S"


def test_words_that_cannot_be_composed__keep_no_other_mail_from_going_out(follower, monkeypatch) -> None:
    now = timezone.now()
    outbox.write(OPENED, "opened:1", now, follower)
    outbox.write(CLOSING, "closing:1", now, follower)
    render = composition.render_to_string

    def one_fails(template: str, context: Any) -> str:
        if template == OPENED.template:
            raise LookupError(template)
        return render(template, context)

    monkeypatch.setattr(composition, "render_to_string", one_fails)
    assert deliver(now) == 1
    assert mail.outbox[0].subject.startswith("Comment closes soon")


def test_addresses_that_the_server_knows_nobody_under__keep_no_other_mail_waiting(monkeypatch) -> None:
    """Three in a row ended a run: whoever typed a hundred held up what waited behind them for an hour."""
    now = timezone.now()
    for number in range(4):
        subscriptions.ask(ALERTS, f"nobody{number}@example.org", "/search/?q=oil", "en", now)
    subscriptions.ask(ALERTS, "reader@example.org", "/search/?q=oil", "en", now)
    send = EmailMessage.send

    def known_only(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
        if "nobody" in self.to[0]:
            raise SMTPRecipientsRefused({self.to[0]: (550, b"no such user")})
        return send(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", known_only)
    assert deliver(now) == 1
    assert [each.to for each in mail.outbox] == [["reader@example.org"]]
    assert Message.objects.filter(attempts=1, sent_at=None, ready_at__gt=now).count() == 4, "they are tried again"


def asked_by_strangers(*addresses: str) -> None:
    for address in addresses:
        subscriptions.ask(FOLLOWING, address, "BPF-2099-LAMPS", "en", timezone.now())


def test_one_mailbox__under_any_number_of_tags__is_asked_a_few_times_a_day_and_no_mail_is_lost() -> None:
    asked_by_strangers(*(f"ann+{number}@example.org" for number in range(12)))
    now = timezone.now()
    deliver(now)
    assert len(mail.outbox) == MOST_TAGGED
    deliver(now + ASK_EVERY - timedelta(hours=1))
    assert len(mail.outbox) == MOST_TAGGED
    for days in (1, 2):
        deliver(now + days * ASK_EVERY + timedelta(minutes=days))
    assert sorted(sent.to[0] for sent in mail.outbox) == sorted(f"ann+{number}@example.org" for number in range(12))


def test_tags_that_strangers_make_up__keep_no_mail_from_the_address_without_one_nor_from_others() -> None:
    asked_by_strangers(*(f"ann+{number}@example.org" for number in range(9)))
    deliver(timezone.now())
    mail.outbox.clear()
    asked_by_strangers("ann@example.org", "anna+1@example.org", "ann+1@example.com", "an+n@example.org")
    deliver(timezone.now())
    told = {sent.to[0] for sent in mail.outbox}
    assert told == {"ann@example.org", "anna+1@example.org", "ann+1@example.com", "an+n@example.org"}


def test_run_that_died__leaves_its_mail_to_the_next_when_no_server_can_still_be_at_it(follower, monkeypatch) -> None:
    now = timezone.now()
    outbox.write(OPENED, "opened:1", now, follower)
    with monkeypatch.context() as dying:
        dying.setattr(delivery, "_send", lambda *args: 0)
        deliver(now)
    assert deliver(now + SENDING - timedelta(seconds=1)) == 0
    assert deliver(now + SENDING) == 1


def test_person__finds_and_erases_every_mail_and_subscription_of_every_room(follower) -> None:
    now = timezone.now()
    subscriptions.ask(ALERTS, "reader@example.org", "/search/?q=oil", "en", now)
    subscriptions.ask(ALERTS, "other@example.org", "/search/?q=oil", "en", now)
    outbox.write(OPENED, "opened:1", now, follower)
    held = personal_data.export("reader@example.org")
    assert [each["topic"] for each in held["notices"]] == ["BPF-2099-LAMPS", "/search/?q=oil"]
    assert [each["occasion"] for each in held["mails"]] == ["Confirm your search alert", "Comment is open"]
    personal_data.erase("reader@example.org", personal_data.Erasure(now))
    assert not any(personal_data.export("reader@example.org").values())
    assert [each.email for each in Subscription.objects.all()] == ["other@example.org"]
    assert Message.objects.count() == 1


def test_link_of_an_old_mail_to_stop__works_for_its_time_after_the_last_mail_and_then_is_over(
    follower: Subscription,
) -> None:
    last = max(filter(None, (follower.created_at, follower.confirmed_at, follower.mailed_at)))
    age = timedelta(days=settings.TOKEN_DAYS["unsubscribe"])
    assert FOLLOWING.by_end_link(follower.secret, last + age) == follower
    with pytest.raises(BadLink):
        FOLLOWING.by_end_link(follower.secret, last + age + timedelta(seconds=1))
    assert FOLLOWING.by_end_link("nobodys-secret", last) is None
