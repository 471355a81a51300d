"""Send the mails that wait in the outbox, each once: the one loop that talks to the mail server.

A mail server that is down undoes nothing: the rows wait, and `tick` tries again, later each time.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from mail import composition
from mail.confirmation_limits import may_ask
from mail.digests import DIGEST_EVERY, gathered_for, readers_of_digests
from mail.models import Message
from mail.occasions import OCCASIONS, Occasion, occasion_of, owner_of
from mail.retries import pause_after

logger = logging.getLogger(__name__)

SENDING = timedelta(minutes=15)
"""A mail being sent is nobody else's for this long; longer than any mail server's time limit."""
MOST_A_RUN = 500
MOST_FAILED_IN_A_ROW = 3


def deliver(now: datetime, *, key: str = "", most: int = MOST_A_RUN) -> int:
    """Send what waits, or only the mails of one key; answers how many messages went out. Two runs side by side send
    nothing twice.
    """
    due = Message.objects.due(now)
    single = due.filter(for_digest=False).select_related("user__wagtail_userprofile").order_by("pk")
    steps = [partial(_deliver, message, now) for message in (single.filter(key=key) if key else single)[:most]]
    steps += [] if key else [partial(_deliver_digest, user, now) for user in readers_of_digests(due)[:most]]
    return _sum_until_away(steps)


def _sum_until_away(steps: Iterable[Callable[[], int]]) -> int:
    """Messages sent by the steps. A server that does not answer is left alone after the third in a row: each try takes
    as long as its time limit, and the rest is as well sent at the next tick."""
    sent = failed = 0
    for step in steps:
        try:
            sent += step()
            failed = 0
        except _Away:
            failed += 1
            if failed == MOST_FAILED_IN_A_ROW:
                break
    return sent


class _Away(Exception):
    """The mail server is not there, or takes nothing; the row of the mail says why, and waits."""


def _deliver(message: Message, now: datetime) -> int:
    occasion = occasion_of(message)
    if not _claim(message, until=now + occasion.gathered.wait if occasion.gathered else now):
        return 0
    if not _still_reaches(message):
        return 0
    row, address = None, ""
    if message.owner_type:
        row, address = owner_of(message, occasion)
        if not address:
            Message.objects.filter(pk=message.pk).update(ready_at=None)
            return 0
        if occasion.asks and not may_ask(message, address, now):
            return 0
    return _send([message, *_gathered(message, occasion, now)], occasion, now, row, address)


def _deliver_digest(user_id: int | None, now: datetime) -> int:
    """One mail with everything that waits for a person, as soon as the oldest of it is a day old."""
    claimed = _claim_all(gathered_for(user_id), until=now + DIGEST_EVERY)
    reached = [message for message in claimed if _still_reaches(message)]
    return _send(reached, occasion_of(reached[0]), now) if reached else 0


def _still_reaches(message: Message) -> bool:
    """Whether a mail is still to go to its person; one that is not stays unsent for good."""
    if message.user is None or occasion_of(message).still_reaches(message.user, message.about):
        return True
    Message.objects.filter(pk=message.pk).update(ready_at=None, attempts=0)
    return False


def _gathered(message: Message, occasion: Occasion, now: datetime) -> list[Message]:
    """Claim whatever other news of this sort waits for the same owner."""
    if not occasion.gathered:
        return []
    alike = [name for name, other in OCCASIONS.items() if other.gathered == occasion.gathered]
    waiting = Message.objects.filter(owner_type=message.owner_type, owner_id=message.owner_id, occasion__in=alike)
    return _claim_all(waiting.exclude(pk=message.pk), until=now + occasion.gathered.wait)


def _claim_all(messages: QuerySet[Message], *, until: datetime) -> list[Message]:
    waiting = messages.filter(sent_at=None, ready_at__lte=until).order_by("pk")[:MOST_A_RUN]
    return [message for message in waiting if _claim(message, until=until)]


def _claim(message: Message, *, until: datetime) -> bool:
    """Whether a waiting message became ours: one conditional update, so that of two runs one gets it.

    until: what is ready by then may go into one mail; while it is ours, it is ready later than any such moment.
    """
    waiting = Message.objects.filter(pk=message.pk, sent_at=None, ready_at__lte=until)
    return waiting.update(ready_at=until + SENDING) == 1


def _send(messages: Sequence[Message], occasion: Occasion, now: datetime, row: Any = None, address: str = "") -> int:
    """Send one mail for these messages, and mark them sent only once the mail server has taken it."""
    rows = Message.objects.filter(pk__in=[message.pk for message in messages])
    try:
        composition.email(messages, occasion, row, address).send()
    except Exception as error:  # whatever a mail back end raises, the next run tries again
        logger.warning("message %s was not sent", messages[0].pk, exc_info=True)
        attempts = messages[0].attempts + 1
        gives_up = occasion.attempts is not None and attempts >= occasion.attempts
        said = type(error).__name__ if row else str(error)[:300]  # the words of a server may hold a private address
        rows.update(
            attempts=attempts, error=said, asked_at=None, ready_at=None if gives_up else now + pause_after(attempts)
        )
        if _is_of_this_mail(error):
            return 0
        raise _Away from error
    return rows.update(sent_at=timezone.now(), error="")


def _is_of_this_mail(error: Exception) -> bool:
    """Whether a failure says nothing of the server: words that make no mail, an address that it knows nobody under.
    Strangers type any number of such addresses; the mails behind theirs are not to wait for them."""
    return isinstance(error, SMTPRecipientsRefused) or not isinstance(error, OSError)
