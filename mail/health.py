"""Whether mails go out: what waits for too long, what was given up, and another try for that."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet

from mail.models import Message

OVERDUE = timedelta(minutes=30)
"""A mail leaves within a minute or two; after that the server refused it, or nobody asks it."""
LOOKED_BACK = timedelta(days=7)


def warnings(now: datetime) -> Iterator[str]:
    """One sentence each, without an address. Nothing here takes the site down: pages answer without a mail server."""
    waiting = Message.objects.filter(sent_at=None, ready_at__isnull=False, for_digest=False)
    if late := waiting.filter(created_at__lt=now - OVERDUE, ready_at__lt=now).count():
        minutes = int(OVERDUE.total_seconds() // 60)
        yield f"mail: {late} have waited for more than {minutes} minutes; does the worker run?"
    if refused := waiting.filter(attempts__gt=0).count():
        yield f"mail: the server did not take {refused}; they are tried again"
    if dead := given_up(now).count():
        yield f"mail: {dead} were given up in the last {LOOKED_BACK.days} days"


def given_up(now: datetime) -> QuerySet[Message]:
    """Mails that nobody tries to send any more, of the last days: an older one tells its reader nothing new."""
    return Message.objects.filter(sent_at=None, ready_at=None, attempts__gt=0, created_at__gt=now - LOOKED_BACK)


def send_again(now: datetime) -> int:
    """Put them back into the outbox; answers how many."""
    return given_up(now).update(ready_at=now, attempts=0)
