"""Where a request comes from: the network of the client, as a keyed hash. No address is kept."""

import hashlib
import hmac
import ipaddress

from django.conf import settings
from django.http import HttpRequest


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


def network(request: HttpRequest) -> str:
    """The network of whoever sent a request."""
    return network_of(request.META.get("REMOTE_ADDR", ""))
