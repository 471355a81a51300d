"""The language in an address: `/ar/library/2024/`. English has no prefix, and so has what is no page.

Inside the library every address is written without a prefix. It is taken off where a request comes in, and put before
the links where a page or a mail goes out (bpf_site.web.language_middleware, mail.composition, docs/adr/0117): what is
kept, cited or harvested never carries one.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

PREFIXES = {"ar": "/ar", "zh-hans": "/zh", "fr": "/fr", "ru": "/ru", "es": "/es"}
"""Code of settings.LANGUAGES -> what its addresses begin with. A language that is not here has no prefix."""
ALIASES = {"/zh-hans": "/zh", "/zh-cn": "/zh"}
"""Beginnings of addresses that other sites use for a language -> ours; they lead there."""
LANGUAGES = {prefix: language for language, prefix in PREFIXES.items()}
DEFAULT = "en"

_PREFIXED = re.compile(rf"({'|'.join(LANGUAGES)})(?=/)(.*)", re.DOTALL)
_NO_PAGE = re.compile(
    r"/(?:static|media|documents|admin|_util|i18n|api|id|oai|health|metrics|search/feed|search/opened)(?:/.*)?"
    r"|.*/[^/]*\.[^/]*"  # a file: .pdf, .json, .atom, /robots.txt, /.well-known/…
    r"|.*/(?:attachments|files)/.*",
    re.DOTALL,
)
_LINK = re.compile(
    r'(<(?:a|area|form|button|input)\s(?:[^<>]*?\s)?(?:href|action|formaction|data-suggestions)=")(/(?!/)[^"]*)"'
)


def split(path: str) -> tuple[str, str]:
    """A path as it was asked for: the language that it names, or "", and the path inside the library."""
    found = _PREFIXED.fullmatch(path)
    if found is None or not has_language(found[2]):
        return "", path
    return LANGUAGES[found[1]], found[2]


@lru_cache(maxsize=4096)
def has_language(path: str) -> bool:
    """Whether a path inside the library, without query, is a page that speaks the reader's language."""
    return path.startswith("/") and not path.startswith("//") and _NO_PAGE.fullmatch(path) is None


def in_language(address: str, language: str) -> str:
    """A path of this site, perhaps with query and anchor, in a language. What has none there comes back as it is."""
    end = next((place for place, letter in enumerate(address) if letter in "?#"), len(address))
    _named, path = split(address[:end])
    return f"{PREFIXES.get(language, '')}{path}{address[end:]}" if has_language(path) else address


def alternates(address: str) -> Iterator[tuple[str, str]]:
    """(hreflang, path) of the same page in each language, and of what a reader of any other language gets."""
    yield DEFAULT, in_language(address, DEFAULT)
    yield from ((language, in_language(address, language)) for language in PREFIXES)
    yield "x-default", in_language(address, DEFAULT)


def with_links_in(html: str, language: str) -> str:
    """A page of this library whose links and forms stay in a language.

    Every `<` and `"` of a text is escaped where it is drawn, so what looks like a tag is one.
    """
    return _LINK.sub(lambda found: f'{found[1]}{in_language(found[2], language)}"', html)
