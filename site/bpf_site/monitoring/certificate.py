"""Until when the TLS certificate of the public address is good: asked for twice a day, by the clock."""

import ssl
from datetime import UTC, datetime, timedelta
from socket import create_connection
from urllib.parse import urlsplit

from django.conf import settings

from bpf_site.monitoring.heartbeats import CERTIFICATE, failed, latest, worked

EVERY = timedelta(hours=12)
TIMEOUT_S = 5.0


def look(now: datetime) -> int:
    """1 where it was looked at. One that cannot be read, or that nobody should trust, is noted as failed."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    beat = latest(CERTIFICATE)
    seen = max(filter(None, (beat.worked_at, beat.failed_at)), default=None) if beat else None
    if address.scheme != "https" or not address.hostname or (seen and now - seen < EVERY):
        return 0
    try:
        worked(CERTIFICATE, now, until=good_until(address.hostname, address.port or 443))
    except (OSError, ValueError) as error:
        failed(CERTIFICATE, now, error)
    return 1


def good_until(host: str, port: int, *, trust: ssl.SSLContext | None = None) -> datetime:
    """Raises OSError where nobody answers or the certificate is not to be trusted."""
    with (
        create_connection((host, port), timeout=TIMEOUT_S) as connection,
        (trust or ssl.create_default_context()).wrap_socket(connection, server_hostname=host) as encrypted,
    ):
        certificate = encrypted.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)
