"""How long a failed print waits before it is tried again, and when nobody tries it any more."""

from datetime import datetime, timedelta

WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
"""How long nobody tries by itself after the first, second … failure: a full disk is mended by then, a fault in the
text is not."""

MOST_ATTEMPTS = len(WAITS) + 1
"""After as many failures nobody tries again by itself; "Print again" and a new template version do."""


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When a print that failed for the `attempts`-th time just now may be tried again; None where it is given up."""
    return now + WAITS[attempts - 1] if attempts <= len(WAITS) else None
