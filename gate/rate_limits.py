"""Rate limits: how much one sender, one network or one form may send in a time. Nothing is refused for ever."""

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

HOUR = timedelta(hours=1)


class TooMany(Exception):
    """A limit is reached; what was typed is kept. `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"try again in {retry_after} s")
        self.retry_after = retry_after


def at_most(most: int, sent: int, window: timedelta = HOUR) -> None:
    """Raises TooMany where `most` or more were sent. sent: rows that the database holds of the last `window`."""
    if sent >= most:
        raise TooMany(int(window.total_seconds()))


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
