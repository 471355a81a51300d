"""A file inside a file that is part of its text, as a Word file may show another one: read in place, within bounds.

All of the files inside one are read, or none, so that its reader and its ledger agree without knowing of each other.
Pure.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from formats.draft import Draft, Source, Unreadable, UnreadableFile
from formats.kinds.readers import DOCX, HTML, MAIL, ODT, PLAIN, RTF, Reader, kind_of, reader_of

DEEPEST = 2  # files in files
MOST = 40  # files inside one; a tenth of that inside one of them
LARGEST = 50_000_000  # bytes of them together; a tenth of that likewise
_IN_PLACE = frozenset({DOCX, ODT, RTF, HTML, MAIL, PLAIN})

_depth: ContextVar[int] = ContextVar("depth of the file that is read", default=0)


def are_within_bounds(contents: Collection[bytes]) -> bool:
    depth = _depth.get()
    share = 10**depth
    return depth < DEEPEST and len(contents) <= MOST // share and sum(map(len, contents)) <= LARGEST // share


def read_inner(content: bytes, name: str) -> Draft | None:
    """None for what no reader of texts can read."""
    with _deeper():
        try:
            return _reader(content, name).read(content, name)
        except MemoryError:
            raise
        except Exception:
            return None


def inner_words(content: bytes, name: str) -> list[Source]:
    """[] for what no reader of texts can read."""
    with _deeper():
        try:
            return list(_reader(content, name).words(content))
        except MemoryError:
            raise
        except Exception:
            return []


def _reader(content: bytes, name: str) -> Reader:
    kind = kind_of(name, content)
    if kind not in _IN_PLACE:
        raise UnreadableFile(Unreadable.FORMAT)
    return reader_of(kind)


@contextmanager
def _deeper() -> Iterator[None]:
    before = _depth.set(_depth.get() + 1)
    try:
        yield
    finally:
        _depth.reset(before)
