"""Until when the TLS certificate of the public address is good: asked for twice a day, by the clock.

One that could not be read is asked for again after two minutes: at the first tick of an installation, and after a
restart of the machine, the web server is not up yet.
"""

import ssl
from datetime import UTC, datetime, timedelta
from socket import create_connection
from urllib.parse import urlsplit

from django.conf import settings

from bpf_site.monitoring.heartbeats import CERTIFICATE, failed, latest, worked

EVERY, AGAIN = timedelta(hours=12), timedelta(minutes=2)
TIMEOUT_S = 5.0
ENDS_SOON, ENDS_NOW = timedelta(days=21), timedelta(days=3)
"""Before its end: health warns, and fails."""
FAILS = timedelta(minutes=2)
"""The first tick comes before the web server is up; the certificate is asked for again by then."""


def look(now: datetime) -> int:
    """1 where it was looked at. One that cannot be read, or that nobody should trust, is noted as failed."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if address.scheme != "https" or not address.hostname or not _is_due(now):
        return 0
    try:
        worked(CERTIFICATE, now, until=good_until(address.hostname, address.port or 443))
    except (OSError, ValueError) as error:
        failed(CERTIFICATE, now, error)
    return 1


def _is_due(now: datetime) -> bool:
    beat = latest(CERTIFICATE)
    if beat is None:
        return True
    if beat.failing_since:
        return beat.failed_at is None or abs(now - beat.failed_at) >= AGAIN
    return (
        beat.worked_at is None or abs(now - beat.worked_at) >= EVERY
    )  # also where the clock was wrong, then set right


def good_until(host: str, port: int, *, trust: ssl.SSLContext | None = None) -> datetime:
    """Raises OSError where nobody answers or the certificate is not to be trusted."""
    with (
        create_connection((host, port), timeout=TIMEOUT_S) as connection,
        (trust or ssl.create_default_context()).wrap_socket(connection, server_hostname=host) as encrypted,
    ):
        certificate = encrypted.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)
