"""When a mail that the server did not take is tried again. Pure."""

from datetime import timedelta

FIRST_PAUSE = timedelta(minutes=10)
"""Doubled by every further failure."""
LONGEST_PAUSE = timedelta(hours=12)
MOST_ATTEMPTS = 8
"""Then it is given up: its row says so, and the Secretariat may send it again."""


def pause_after(failures: int) -> timedelta:
    """failures: of this mail so far, 1 or more."""
    return min(FIRST_PAUSE * 2 ** min(failures - 1, 12), LONGEST_PAUSE)
