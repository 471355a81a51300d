"""Rate limits: how much one sender, one network or one form may send in a time. Nothing is refused for ever."""

from datetime import UTC, datetime, timedelta

from django.core.cache import cache
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.utils import timezone

from gate.models import Tally

HOUR = timedelta(hours=1)
KEPT = timedelta(days=2)
"""Longer than any window."""
BYTES_AN_HOUR_OF_FORMS = 8 * 1024 * 1024
"""Of text, by all public forms together, from one network: 200 people with 40 kB each."""


class TooMany(Exception):
    """A limit is reached; what was typed is kept. `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"try again in {retry_after} s")
        self.retry_after = retry_after


def refused(response: HttpResponse, retry_after: int) -> HttpResponse:
    """The page that says so, as an answer of 429 with the seconds until the next is taken (RFC 6585)."""
    response.status_code = 429
    response.headers["Retry-After"] = str(retry_after)
    return response


def at_most(most: int, sent: int, window: timedelta = HOUR) -> None:
    """Raises TooMany where `most` or more were sent. sent: rows that the database holds of the last `window`."""
    if sent >= most:
        raise TooMany(int(window.total_seconds()))


def take(name: str, caller: str, most: int, now: datetime, window: timedelta = HOUR, *, amount: int = 1) -> None:
    """Count `amount` of something that one caller does. Raises TooMany, and counts nothing, beyond `most` in a window.

    name: of the form. caller: a network (gate.client_address), with what it is about where each has a limit of its own.
    Nobody's limit is another's: who floods a form is refused, and whoever else uses it is not. Durable, and safe in
    parallel: one conditional update takes the place.
    """
    if not _tally(name, caller, now, window).filter(count__lte=most - amount).update(count=F("count") + amount):
        raise TooMany(seconds_left(now, window))


def note(name: str, caller: str, now: datetime, window: timedelta = HOUR) -> None:
    """Count once, whatever the limit: of something that is known to be wrong only afterwards, as a failed sign-in."""
    _tally(name, caller, now, window).update(count=F("count") + 1)


def refuse_beyond(name: str, caller: str, most: int, now: datetime, window: timedelta = HOUR) -> None:
    """Raises TooMany where `most` were noted in this window. Counts nothing."""
    if Tally.objects.filter(name=name, caller=caller, begins=_begins(now, window), count__gte=most).exists():
        raise TooMany(seconds_left(now, window))


def give_back(name: str, caller: str, now: datetime, window: timedelta = HOUR) -> None:
    """Undo one `take`: of what turned out to be right, where only what is wrong is to be counted."""
    Tally.objects.filter(name=name, caller=caller, begins=_begins(now, window), count__gt=0).update(
        count=F("count") - 1
    )


def counted(name: str, caller: str, now: datetime, window: timedelta = HOUR) -> int:
    """How many were taken or noted in this window."""
    found = Tally.objects.filter(name=name, caller=caller, begins=_begins(now, window)).values_list("count", flat=True)
    return found.first() or 0


def clear(name: str, caller: str) -> None:
    """To nothing, and the row stays: whoever counts at this moment would find none, and be refused."""
    Tally.objects.filter(name=name, caller=caller).update(count=0)


def _tally(name: str, caller: str, now: datetime, window: timedelta) -> QuerySet[Tally]:
    """The row of this window, made where there is none: to be counted by one update."""
    tally, _made = Tally.objects.get_or_create(name=name, caller=caller, begins=_begins(now, window))
    return Tally.objects.filter(pk=tally.pk)


def _begins(now: datetime, window: timedelta) -> datetime:
    length = int(window.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // length * length, tz=UTC)


def seconds_left(now: datetime, window: timedelta) -> int:
    """Until the window is over, and what was counted in it."""
    length = int(window.total_seconds())
    return length - int(now.timestamp()) % length


def forget(now: datetime) -> int:
    """Delete tallies of windows that are over. Answers how many."""
    return Tally.objects.filter(begins__lt=now - KEPT).delete()[0]


def count_request(name: str, caller: str, most: int, window_s: int = 60) -> int:
    """Count one request in the cache. Answers the seconds until the next is answered, 0 while the limit is not reached.

    name: of what is asked. caller: a network (gate.client_address), never an address. Windows are fixed, from zero.
    """
    now = int(timezone.now().timestamp())
    key = f"{name}:{now // window_s}:{caller}"
    cache.add(key, 0, window_s * 2)
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out between the two calls
        return 0
    return window_s - now % window_s if count > most else 0
