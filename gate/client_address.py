"""Where a request comes from: the client's address behind trusted proxies, and its network as a keyed hash.

A proxy writes the address it was asked from into X-Forwarded-For. Anybody can write that header too, so only what
stands behind proxies that the setting TRUSTED_PROXIES names is believed: a number (how many stand before this process)
or networks. Without it the address of the connection counts, and a header is not read. No address is kept.
"""

import hashlib
import hmac
import ipaddress
import logging
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest

logger = logging.getLogger(__name__)

BITS = {4: 24, 6: 48}
"""What one household or office is given, and may change within: a prefix of so many bits."""

FORWARDING = ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via", "X-Client-Ip", "True-Client-Ip", "Cf-Connecting-Ip")
"""What proxies and CDNs write. Only the first is ever believed, and only from a proxy that is named."""

MOST_PROXIES = 9

UNKNOWN = "192.0.2.0"
"""An address of documentation (RFC 5737): it is nobody's, and stands for all that are not known."""

_warned = False


def address_of(request: HttpRequest) -> str:
    """The client's address; "" where none is known, as behind a Unix socket."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.TRUSTED_PROXIES:
        _warn_of_proxies(request)
        return peer
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    hops = [*forwarded, peer]  # the farthest first; each was written by the one after it
    if count := _number(settings.TRUSTED_PROXIES):
        return hops[max(0, len(hops) - 1 - count)]
    networks = [ipaddress.ip_network(network, strict=False) for network in settings.TRUSTED_PROXIES]
    trusted = 0
    while trusted < len(hops) - 1 and _within(hops[-1 - trusted], networks):
        trusted += 1
    return hops[-1 - trusted]


def network_of(address: str) -> str:
    """Keyed hash of the prefix an address belongs to, /24 or /48; "" if it is no address. It cannot be turned back
    without the key, and a person inside a network cannot be told from another."""
    parsed = _parsed(address)
    if parsed is None:
        return ""
    prefix = ipaddress.ip_network(f"{parsed}/{BITS[parsed.version]}", strict=False)
    return keyed_hash(f"network:{prefix}")


def keyed_hash(text: str, key: str = "") -> str:
    """64 hexadecimal digits that name a text. Without the key nobody finds it by hashing all that it could be.

    key: one of former times (SECRET_KEY_FALLBACKS), for what was hashed then.
    """
    return hmac.new((key or settings.SECRET_KEY).encode(), text.encode(), hashlib.sha256).hexdigest()


def network(request: HttpRequest) -> str:
    """The network of whoever sent a request. All whose address is not known are one network: they share its limits."""
    return network_of(address_of(request)) or network_of(UNKNOWN)


def faults(trusted: Sequence[str]) -> list[str]:
    """Parts of TRUSTED_PROXIES that are neither one number nor networks, and those that would believe everybody: more
    proxies than there can be, or all the world."""
    if count := _number(trusted):
        return [] if count <= MOST_PROXIES else list(trusted)
    return [part for part in trusted if not _is_network(part)]


def _number(trusted: Sequence[str]) -> int:
    return int(trusted[0]) if len(trusted) == 1 and trusted[0].isascii() and trusted[0].isdecimal() else 0


def _is_network(part: str) -> bool:
    try:
        return ipaddress.ip_network(part, strict=False).prefixlen > 0
    except ValueError:
        return False


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Without port, brackets or zone, as proxies write them; an IPv4 address inside IPv6 is the IPv4 address."""
    text = address.rpartition(":")[0] if address.count(":") == 1 else address.partition("]")[0].lstrip("[")
    try:
        parsed = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed


def _within(address: str, networks: Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    """A peer without an address is a proxy on this machine, behind a Unix socket."""
    parsed = _parsed(address)
    if parsed is None:
        return not address
    return any(parsed in network for network in networks if network.version == parsed.version)


def is_forwarded(request: HttpRequest) -> bool:
    """Whether a proxy says that it passes a request on: the address of the connection is then hardly the client's."""
    return any(name in request.headers for name in FORWARDING)


def _warn_of_proxies(request: HttpRequest) -> None:
    """Once a process: behind a proxy that is not named, everybody seems to be one client."""
    global _warned
    if not _warned and not settings.DEBUG and is_forwarded(request):
        _warned = True
        logger.warning("requests come through a proxy, but TRUSTED_PROXIES names none: limits count all as one")
