"""The bookmarks of a PDF: which words its maker says are headings, on which page. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium

MOST_BOOKMARKS, MOST_DEEP = 5_000, 6


@dataclass(frozen=True, slots=True)
class Bookmark:
    """page: from 0, as `Page.number`. level: 1 and down."""

    title: str
    page: int
    level: int


def bookmarks(document: pdfium.PdfDocument) -> list[Bookmark]:
    """In their order; those that lead to no page of this file are none."""
    found: list[Bookmark] = []
    try:
        for bookmark in _told(document):
            found.append(bookmark)
            if len(found) == MOST_BOOKMARKS:
                break
    except (pdfium.PdfiumError, ValueError, UnicodeError):  # a broken outline costs headings, never the text
        return found
    return found


def _told(document: pdfium.PdfDocument) -> Iterator[Bookmark]:
    for one in document.get_toc(max_depth=MOST_DEEP):
        place = one.get_dest()
        page = place.get_index() if place is not None else None
        title = " ".join(one.get_title().split())
        if page is not None and title:
            yield Bookmark(title, page, one.level + 1)
