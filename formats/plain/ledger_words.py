"""Every word of a plain text file, line by line, its addresses, and what a bullet stands before. Pure."""

import re
from collections.abc import Iterator

from core.charset import decoded
from formats.draft import Source, Thing

_ADDRESS = re.compile(r"(?<![A-Za-z0-9/])(?:https?://|www\.)[^\s<>\"]*\w|(?<![\w./+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BULLET = re.compile(r"\s*[•‣◦▪●]\s+\S")


def words(content: bytes) -> Iterator[Source]:
    text = decoded(content).text
    pages = text.split("\x0c")
    for number, page in enumerate(pages, 1):
        place = f"page {number}" if len(pages) > 1 else ""
        for line in page.splitlines():
            if line.strip():
                yield Source(line.strip(), place)
                yield from (Source("", place, Thing.LINK) for _ in _ADDRESS.finditer(line))
                if _BULLET.match(line):
                    yield Source("", place, Thing.LIST_ITEM)
