"""Where a foreign file's links lead: mended where a person sees what was meant, else left out. Pure."""

import ipaddress
import re
from urllib.parse import parse_qs, urljoin, urlsplit

from formats.draft import Doubt

LONGEST = 2000
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,24}(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)
_FILE_NAMES = re.compile(
    r"[^/?#]*\.(?:html?|php|aspx?|docx?|pdf|md|txt|odt|rtf|xlsx?|pptx?|jsp|png|jpe?g)(?:[?#].*)?", re.IGNORECASE
)
_ADDRESS = re.compile(r"[^\s@<>:/?#]+@(?:[\w-]+\.)+\w{2,}", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}\xa0\u2028\u2029]")
_INNER_HOSTS = re.compile(r"(?:localhost|.*\.(?:local|localhost|internal|intranet|lan|test|invalid))", re.IGNORECASE)
_ADMIN = re.compile(r"/(?:admin|wp-admin|cms-admin|_admin)(?:/|$)")


def link_target(href: str, base: str = "") -> tuple[str, Doubt | None]:
    """The address for a reader, "" where there is none; and what to tell of it.

    base: absolute address of the page the file is of. An address within the file (`#…`) is "" without a word.
    """
    raw = re.sub(r"[\t\r\n]", "", href).strip()
    if not raw or raw.startswith("#"):
        return "", None
    if base and raw.split("#")[0] == base.split("#")[0] and "#" in raw:
        return "", None
    wanted = _unwrapped(_whole(raw, base))
    found = _SCHEME.match(wanted)
    scheme = found[1].lower() if found else ""
    if scheme == "mailto":
        target = _mail(wanted)
    elif scheme in ("http", "https") and _leads_out(wanted):
        target = _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), wanted)
    else:
        target = ""
    if not target or len(target) > LONGEST:
        return "", Doubt.LINK_LEFT_OUT
    resolved = bool(base) and not _SCHEME.match(raw) and not raw.lower().startswith("www.")
    return target, None if target == raw or resolved else Doubt.LINK_MENDED


def _whole(raw: str, base: str) -> str:
    if re.match(r"https?:(?!//)", raw, re.IGNORECASE):
        return re.sub(r"^(https?):/*", r"\1://", raw, flags=re.IGNORECASE)
    if _SCHEME.match(raw) and not re.match(r"[\w.-]+\.[a-z]{2,}:\d", raw, re.IGNORECASE):
        return raw
    if raw.startswith("//"):
        return "https:" + raw
    if raw.lower().startswith("www."):
        return "https://" + raw
    if _ADDRESS.fullmatch(raw):
        return "mailto:" + raw
    if base:
        try:
            return urljoin(base, raw)
        except ValueError:
            return ""
    if _HOST.fullmatch(raw) and not _FILE_NAMES.fullmatch(raw):
        return "https://" + raw
    return ""


def _unwrapped(address: str) -> str:
    """What an office program wrapped to count clicks: Google's `url?q=`, Outlook's safe links."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    host = (parts.netloc or "").lower()
    asked = "q" if host in ("www.google.com", "google.com") and parts.path == "/url" else ""
    asked = "url" if host.endswith(".safelinks.protection.outlook.com") else asked
    found = parse_qs(parts.query).get(asked) if asked else None
    return found[0].strip() if found else address


def _mail(address: str) -> str:
    to, mark, query = address[len("mailto:") :].partition("?")
    to = to.replace("%20", "").replace(" ", "").replace("\xa0", "")
    if not re.fullmatch(r"[^\s@<>\"]+@[^\s@<>\"]+", to):
        return ""
    return (
        "mailto:" + to + mark + _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}" if ord(found[0]) < 128 else "", query)
    )


def _leads_out(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
        _ = parts.port
    except ValueError:
        return False
    if not host or _INNER_HOSTS.fullmatch(host) or _ADMIN.search(parts.path) or ("." not in host and ":" not in host):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True
