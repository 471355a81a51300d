"""Where stored pages lie, and whether one is still what would be drawn now.

Files of this machine that all of its processes share. What is true of them stands in the database (write_watcher.py),
so each host may keep its own.
"""

import gzip
import hashlib
import logging
import pickle
import re
import secrets
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from importlib.metadata import distributions
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from bpf_site.settings.environment import ROOT
from bpf_site.stored_pages import write_watcher

logger = logging.getLogger(__name__)

LEVEL = 6  # of gzip: once for each drawing of a page
ROOMS = ("core", "gate", "mail", "files", "accounts", "formats", "editions", "workflow", "consultation", "search",
         "pdf", "api", "bpf_pages", "site", "templates")  # fmt: skip
CODE = {".py", ".html", ".mo", ".css", ".js", ".svg", ".json"}
UNREADABLE = (OSError, EOFError, ValueError, zlib.error, pickle.UnpicklingError, AttributeError, ImportError)
"""What a file raises that is cut short, of a former release or not ours to read: it is no page then."""


class PageFiles(FileBasedCache):
    """Django's, which looks through its folder at every page that comes; here at every hundredth."""

    def _cull(self) -> None:
        if secrets.randbelow(100) == 0:
            super()._cull()  # type: ignore[misc]


class StoredPage(NamedTuple):
    """headers: of the answer, without those that speak of its encoding. body: compressed by gzip.

    sums: key -> what stood when the drawing began. drawn_at, until: between these two, and at no other time, it holds.
    """

    headers: tuple[tuple[str, str], ...]
    etag: str
    body: bytes
    sums: dict[str, int]
    drawn_at: datetime
    until: datetime

    def holds(self, now: datetime, sums: dict[str, int]) -> bool:
        return self.drawn_at <= now < self.until and all(sums.get(key) == was for key, was in self.sums.items())


def page_of(headers: Iterator[tuple[str, str]], content: bytes, **more: Any) -> StoredPage:
    """The tag is weak: one page goes out with and without compression."""
    digest = hashlib.sha256(content).hexdigest()[:32]
    return StoredPage(tuple(headers), f'W/"{digest}"', gzip.compress(content, LEVEL, mtime=0), **more)


def sums_now() -> dict[str, int] | None:
    """None where nothing may be stored or taken from the store: in a transaction, or while the database is away."""
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return None  # what it has written is seen by nobody else yet
    try:
        return write_watcher.sums()
    except DatabaseError:
        return None


def find(place: str, now: datetime) -> StoredPage | None:
    try:
        found: StoredPage | None = caches["pages"].get(_name(place))
    except UNREADABLE:
        return None
    if found is None or (sums := sums_now()) is None or not found.holds(now, sums):
        return None
    return found


def keep(place: str, page: StoredPage) -> None:
    """Where it cannot be kept, it is drawn again."""
    try:
        caches["pages"].set(_name(place), page)
    except OSError as error:
        logger.warning("a page could not be stored: %s", type(error).__name__)


def _name(place: str) -> str:
    return hashlib.sha256(f"{release()}\n{place}".encode()).hexdigest()


@cache
def release() -> str:
    """What draws pages: code, templates, translations, packages and settings. Another one finds nothing of this one."""
    told = hashlib.sha256(sys.version.encode())
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in CODE:
                stat = path.stat()
                told.update(f"{path}\n{stat.st_size}\n{stat.st_mtime_ns}\n".encode())
    for package in sorted(f"{each.metadata['Name']} {each.version}" for each in distributions()):
        told.update(package.encode())
    told.update(repr(sorted(_plain_settings())).encode())
    return told.hexdigest()


_PLAIN = (str, int, float, bool, type(None))


def _plain_settings() -> Iterator[tuple[str, str]]:
    for name in dir(settings):
        value = getattr(settings, name) if name.isupper() else ()
        parts = value if isinstance(value, list | tuple) else [value]
        if parts and all(isinstance(part, _PLAIN) for part in parts):
            yield name, repr(value)


# --- what a drawing reads -----------------------------------------------------------------------------------------

_READ = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)"?', re.IGNORECASE)


@contextmanager
def tables_read() -> Iterator[set[str]]:
    """The tables that this thread reads inside."""
    found: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        found.update(_READ.findall(sql))
        return execute(sql, params, many, context)

    with connections[DEFAULT_DB_ALIAS].execute_wrapper(note):
        yield found
