"""Addresses of links as writers' programs keep them, mended where it is plain what was meant. Pure."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qs, quote, urlsplit

from formats.draft import Doubt

LONGEST = 2000  # characters; what the library's own text keeps of an address
SCHEMES = frozenset({"http", "https", "ftp", "mailto"})
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_UNFIT = re.compile(r"""[\s"<>\\^`{|}]""")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_MAIL = re.compile(r"[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+")
_SLASHES = re.compile(r"^((?:https?|ftp):)[\\/]+", re.IGNORECASE)
_BARE = re.compile(r"(?:[a-z0-9-]+\.)+([a-z]{2,24})(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
_FILE_ENDINGS = frozenset({
    "doc", "docx", "docm", "dot", "dotx", "pdf", "xls", "xlsx", "csv", "ppt", "pptx", "odt", "ods", "odp", "rtf",
    "txt", "md", "html", "htm", "xhtml", "php", "asp", "aspx", "jpg", "jpeg", "png", "gif", "webp", "svg", "bmp",
    "tif", "tiff", "zip", "eml", "msg", "xml", "json", "mp3", "mp4",
})  # fmt: skip
_PRIVATE_NAMES = (".local", ".localhost", ".internal", ".intranet", ".lan", ".corp", ".home.arpa", ".invalid")
_ADMIN = re.compile(r"/(?:wp-)?admin(?:/|$)", re.IGNORECASE)
_WRAPPERS = (  # addresses that only lead on to another: host, path, where the other stands
    (re.compile(r"[a-z0-9]+\.safelinks\.protection\.outlook\.com"), "/", ("url",)),
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}"), "/url", ("q", "url")),
)


@dataclass(frozen=True, slots=True)
class Address:
    """href: "" where the link leads nowhere for a reader. doubt: what a person should be told, if anything."""

    href: str = ""
    doubt: Doubt | None = None


def mended(target: str) -> Address:
    """The address a reader can follow: outside the writer's machine and network, and whole."""
    written = target.strip()
    target = _UNSEEN.sub("", written).strip()
    if not target or target.startswith("#"):
        return Address()
    try:
        href = _whole(_unwrapped(target))
    except ValueError:
        href = ""
    if not href or len(href) > LONGEST:
        return Address("", Doubt.LINK_LEFT_OUT)
    return Address(href, None if href == written else Doubt.LINK_MENDED)


def _unwrapped(target: str) -> str:
    parts = urlsplit(target)
    for host, path, names in _WRAPPERS:
        if host.fullmatch((parts.hostname or "").lower()) and parts.path in (path, path.rstrip("/")):
            query = parse_qs(parts.query)
            return next((query[name][0] for name in names if name in query), target)
    return target


def _whole(target: str) -> str:
    target = _SLASHES.sub(r"\1//", target)
    if target.startswith("//"):
        target = f"https:{target}"
    elif target.lower().startswith("www."):
        target = f"https://{target}"
    elif target.lower().startswith("doi:"):
        target = f"https://doi.org/{target[4:].strip()}"
    elif _MAIL.fullmatch(target):
        target = f"mailto:{target}"
    elif (bare := _BARE.match(target)) and bare[1].lower() not in _FILE_ENDINGS:
        target = f"https://{target}"
    scheme = _SCHEME.match(target)
    if not scheme or scheme[1].lower() not in SCHEMES:
        return ""
    if scheme[1].lower() == "mailto":
        return _mail(target)
    if not _is_outside(target):
        return ""
    return _UNFIT.sub(lambda unfit: quote(unfit[0], safe=""), target)


def _mail(target: str) -> str:
    address, mark, query = target[len("mailto:") :].partition("?")
    address = re.sub(r"\s+", "", address)
    if not _MAIL.match(address):
        return ""
    return "mailto:" + _UNFIT.sub(lambda unfit: quote(unfit[0], safe=""), address + mark + query)


def _is_outside(target: str) -> bool:
    parts = urlsplit(target)
    host = (parts.hostname or "").rstrip(".").lower()
    if not host or parts.port == 0 or _ADMIN.match(parts.path):
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_PRIVATE_NAMES)
