"""Where the links of an edition lead when it is read as a file, away from the site. Pure."""

import ipaddress
import re
from urllib.parse import urljoin, urlsplit

LONGEST_ADDRESS = 2_000
"""Characters; Word calls a file broken whose link is longer than 2,079."""
_UNSAFE = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}\xa0\u2028\u2029\ufffe\uffff]|%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?")


def address_of(href: str, base: str) -> str:
    """Where a link leads, as every reader of addresses takes it, "" for nowhere. base: of the page of the edition."""
    try:
        whole = href.strip()
        if whole and not urlsplit(whole).scheme:
            whole = urljoin(base, whole)
        whole.encode()
        parts = urlsplit(whole)
        host, _ = parts.hostname or "", parts.port
        if ":" in host:
            ipaddress.ip_address(host)
    except ValueError:
        return ""
    leads = _HOST.fullmatch(host) or ":" in host if parts.scheme in ("http", "https") else parts.scheme == "mailto"
    if not leads or len(whole) > LONGEST_ADDRESS:
        return ""
    start, mark, fragment = _UNSAFE.sub(_encoded, whole).partition("#")
    return start + mark + fragment.replace("#", "%23")


def _encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
