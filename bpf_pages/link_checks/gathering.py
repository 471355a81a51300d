"""Which addresses outside the library its public pages link to, and which pages those are."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from bpf_pages.models.forum import ForumPage
from editions.models import Edition

ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:)]", re.IGNORECASE)
MOST_PLACES = 20  # pages that are named with an address
LONGEST = 2000  # bytes: what an index of the database takes

Places = list[dict[str, str]]


def gathered() -> dict[str, Places]:
    """Every address of newest public editions and live forums: {address: pages that link to it}."""
    own = _server(settings.WAGTAILADMIN_BASE_URL)
    found: dict[str, Places] = {}
    for title, page, addresses in (*_of_editions(), *_of_forums()):
        for address in dict.fromkeys(addresses):
            if len(address.encode()) > LONGEST or _server(address) in {"", own}:
                continue
            places = found.setdefault(address, [])
            if len(places) < MOST_PLACES:
                places.append({"title": title, "address": page})
    return found


def _of_editions() -> Iterator[tuple[str, str, Iterable[str]]]:
    for edition in Edition.objects.public().current().order_by("series").iterator(20):
        yield edition.title, edition.address, _addresses((edition.document, edition.metadata))


def _of_forums() -> Iterator[tuple[str, str, Iterable[str]]]:
    for forum in ForumPage.objects.live().order_by("url_path").prefetch_related("people"):
        lines = "\n".join((forum.facts, forum.doubts, forum.sources))
        texts = (forum.address, forum.mailing_list, lines, [person.source for person in forum.people.all()])
        yield forum.title, forum.url or "", _addresses(texts)


def _addresses(value: Any) -> Iterator[str]:
    """In every text of a nested value, in order. Its depth is that of a document: sections in sections, not more."""
    if isinstance(value, str):
        yield from ADDRESS.findall(value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _addresses(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _addresses(part)


def _server(address: str) -> str:
    """Host and port, "" of what is no address."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
