"""Where the links of foreign files lead: mended where it is plain what was meant, else left out and told. Pure.

One rule for every reader. What is kept is what a published text may link to; a scheme that the library's pages would
drop is told of here, where a person still sees it.
"""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from formats.draft import Doubt

LONGEST = 2000  # characters; what the library's own text keeps of an address
SCHEMES = frozenset({"http", "https", "mailto"})
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_UNFIT = re.compile(r"""[\s"<>\\^`{|}]""")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_MAIL = re.compile(r"[^\s@/:<>\"?#]+@[^\s@/:<>\"?#]+\.[^\s@/:<>\"?#]+")
_SLASHES = re.compile(r"^(https?):[\\/]*", re.IGNORECASE)
_USER = re.compile(r"^(https?://)[^/?#@]*@", re.IGNORECASE)
_BARE = re.compile(r"(?:[a-z0-9-]+\.)+([a-z]{2,24})(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
_FILE_ENDINGS = frozenset({
    "doc", "docx", "docm", "dot", "dotx", "pdf", "xls", "xlsx", "csv", "ppt", "pptx", "odt", "ods", "odp", "rtf",
    "txt", "md", "html", "htm", "xhtml", "php", "asp", "aspx", "jsp", "jpg", "jpeg", "png", "gif", "webp", "svg", "bmp",
    "tif", "tiff", "zip", "eml", "msg", "xml", "json", "mp3", "mp4",
})  # fmt: skip
_PRIVATE_NAMES = (
    ".local", ".localhost", ".internal", ".intranet", ".lan", ".corp", ".home.arpa", ".invalid", ".test",
)  # fmt: skip
_ADMIN = re.compile(r"(?:/[a-z]{2})?/(?:wp-|cms-|_)?admin(?:/|$)", re.IGNORECASE)
_WRAPPERS = (  # addresses that only lead on to another: host, path, where the other stands
    (re.compile(r"[a-z0-9]+\.safelinks\.protection\.outlook\.com"), "/", ("url",)),
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}"), "/url", ("q", "url")),
)


@dataclass(frozen=True, slots=True)
class Address:
    """href: "" where the link leads nowhere for a reader. doubt: what a person should be told, if anything."""

    href: str = ""
    doubt: Doubt | None = None


def mended(target: str, base: str = "") -> Address:
    """The address a reader can follow: outside the writer's machine and network, whole, and without a password.

    base: absolute address of the page that the file is, where it is known. A place within the file leads nowhere, and
    nothing is told of it; nor of an address that is but resolved against base.
    """
    written = target.strip()
    target = _UNSEEN.sub("", written).strip()
    if not target or target.startswith("#") or (base and "#" in target and _page(target) == _page(base)):
        return Address()
    try:
        href = _whole(_unwrapped(target), base)
    except ValueError:
        href = ""
    if not href or len(href) > LONGEST:
        return Address("", Doubt.LINK_LEFT_OUT)
    resolved = base and href == urljoin(base, written)
    return Address(href, None if href == written or resolved else Doubt.LINK_MENDED)


def _page(address: str) -> str:
    return address.partition("#")[0]


def _unwrapped(target: str) -> str:
    parts = urlsplit(target)
    for host, path, names in _WRAPPERS:
        if host.fullmatch((parts.hostname or "").lower()) and parts.path in (path, path.rstrip("/")):
            query = parse_qs(parts.query)
            return next((query[name][0].strip() for name in names if name in query), target)
    return target


def _whole(target: str, base: str) -> str:
    """Raises ValueError for what no program takes for an address."""
    target = _said_in_full(_SLASHES.sub(r"\1://", target), base)
    found = _SCHEME.match(target)
    scheme = found[1].lower() if found else ""
    if scheme not in SCHEMES:
        return ""
    if scheme == "mailto":
        return _mail(target)
    target = _USER.sub(r"\1", target)
    return _encoded(target) if _is_outside(target) else ""


def _said_in_full(target: str, base: str) -> str:
    """With the scheme, and with the host of base, that a writer left away."""
    if target.startswith("//"):
        return f"https:{target}"
    if target.lower().startswith("www."):
        return f"https://{target}"
    if target.lower().startswith("doi:"):
        return f"https://doi.org/{target[4:].strip()}"
    if _MAIL.fullmatch(target):
        return f"mailto:{target}"
    bare = _BARE.match(target)
    is_host = bare is not None and bare[1].lower() not in _FILE_ENDINGS
    if base and (":" not in target.partition("/")[0] or not (_SCHEME.match(target) or is_host)):
        return urljoin(base, target)
    return f"https://{target}" if is_host else target


def _mail(target: str) -> str:
    address, mark, query = target[len("mailto:") :].partition("?")
    address = re.sub(r"\s+|%20", "", address)
    return "mailto:" + _encoded(address + mark + query) if _MAIL.match(address) else ""


def _encoded(address: str) -> str:
    return _UNFIT.sub(lambda unfit: quote(unfit[0], safe=""), address)


def _is_outside(target: str) -> bool:
    parts = urlsplit(target)
    host = (parts.hostname or "").rstrip(".").lower()
    if not host or parts.port == 0 or _ADMIN.match(parts.path):
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_PRIVATE_NAMES)
