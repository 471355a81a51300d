"""Every word of a plain text file, line by line. Pure."""

from collections.abc import Iterator

from core.charset import decoded
from formats.draft import Source


def words(content: bytes) -> Iterator[Source]:
    text = decoded(content).text
    pages = text.split("\x0c")
    for number, page in enumerate(pages, 1):
        for line in page.splitlines():
            if line.strip():
                yield Source(line.strip(), f"page {number}" if len(pages) > 1 else "")
