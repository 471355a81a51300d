"""How much one place may send, and what looks like a machine. No third party is asked, nothing is refused for ever."""

import hashlib
import hmac
import ipaddress
from datetime import datetime, timedelta

from django.conf import settings

from consultation.models import Submission, Submitter
from consultation.models.periods import Period

WINDOW = timedelta(minutes=10)
NETWORK_LIMIT = 300
"""Submissions in ten minutes from one address prefix to one document. A meeting of 200 people behind one address
passes (measured: tests/consultation/test_05_spam.py); a flood of 1,000 a minute does not."""
EMAIL_LIMIT = 20
"""Submissions in ten minutes under one e-mail address; a person with a file of prepared comments stays below it."""
FASTEST = timedelta(seconds=3)
"""A form sent sooner after it was drawn was not read by a person."""


class TooMany(Exception):
    """A limit is reached. `retry_after` is in seconds. The draft is kept."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"try again in {retry_after} s")
        self.retry_after = retry_after


def network_of(address: str) -> str:
    """Keyed hash of the prefix an address belongs to, /24 or /64; "" if it is no address. It cannot be turned back
    without the key, and a person inside a network cannot be told from another."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    bits = 24 if parsed.version == 4 else 64
    prefix = ipaddress.ip_network(f"{parsed}/{bits}", strict=False)
    return hmac.new(settings.SECRET_KEY.encode(), f"network:{prefix}".encode(), hashlib.sha256).hexdigest()


def check_limits(period: Period, network: str, email: str, now: datetime) -> None:
    """Raises TooMany when this network or this address sent too much of late."""
    since = now - WINDOW
    recent = Submission.objects.filter(received_at__gt=since)
    if network and recent.filter(period=period, submitter__network=network).count() >= NETWORK_LIMIT:
        raise TooMany(int(WINDOW.total_seconds()))
    if email and recent.filter(submitter__email=email).count() >= EMAIL_LIMIT:
        raise TooMany(int(WINDOW.total_seconds()))


def is_known(email: str) -> bool:
    """Whether a confirmed sender of this address already has a published comment."""
    return bool(email) and (
        Submitter.objects.filter(
            email=email, confirmed_at__isnull=False, submission__comments__moderation="published"
        ).exists()
    )
