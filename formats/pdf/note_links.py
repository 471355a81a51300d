"""Notes by their links: a mark that leads to a place, from which a link leads back to the mark. Pure.

Word, LibreOffice, browsers and WeasyPrint write the links of a document into a PDF as annotations with a destination.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from formats.pdf.page.annotations import annotations, rectangle
from formats.pdf.page.model import Page, Word

LONGEST_MARK = 8  # letters of a mark, such as [12]
LONGEST_BACK = 12  # and of a link back
FURTHEST = 110.0  # points between a place and the link that is meant by it
SAME = 3.0
MOST_LINKS = 20_000


@dataclass(slots=True)
class _Link:
    page: int
    box: tuple[float, float, float, float]
    words: list[Word]
    to_page: int
    to_y: float | None  # None: the whole page

    @property
    def place(self) -> tuple[int, float]:
        """In the order of reading."""
        return self.page, -self.box[3]


def mark_notes(file: pikepdf.Pdf, pages: list[Page]) -> None:
    """Words of marks get the number of their note, words of the links back its negative."""
    links = sorted(_joined(_links(file, pages)), key=lambda link: link.place)
    by_page: dict[int, list[_Link]] = {}
    for link in links:
        by_page.setdefault(link.page, []).append(link)
    pairs = [(mark, list(_ways_back(by_page, mark))) for mark in links if _is_mark(mark)]
    shift = _shift(pairs)
    used: set[int] = set()
    number = 0
    for mark, backs in pairs:
        wanted = [back for back in backs if id(back) not in used and abs(_above(back, mark) - shift) <= _near(mark)]
        if not wanted or id(mark) in used:
            continue
        number += 1
        used |= {id(mark), id(wanted[0])}
        for word in mark.words:
            word.note = number
        for word in wanted[0].words:
            word.note = -number


def _is_mark(link: _Link) -> bool:
    text = "".join(word.text for word in link.words)
    return 0 < len(text) <= LONGEST_MARK and any(letter.isalnum() or letter in "*†‡§" for letter in text)


def _ways_back(by_page: dict[int, list[_Link]], mark: _Link) -> Iterator[_Link]:
    """Links to about the place of a mark, from the place it leads to or after that."""
    for link in [*by_page.get(mark.to_page, ()), *by_page.get(mark.to_page + 1, [])[:1]]:
        below = link.page != mark.to_page or mark.to_y is None or link.box[1] <= mark.to_y + 2
        letters = sum(len(word.text) for word in link.words)
        if (
            below
            and link.place > mark.place
            and link.to_page == mark.page
            and 0 < letters <= LONGEST_BACK
            and abs(_above(link, mark)) <= FURTHEST
        ):
            yield link


def _above(back: _Link, mark: _Link) -> float:
    """How far above a mark the place lies to which a link leads back."""
    return 0.0 if back.to_y is None else back.to_y - mark.box[3]


def _near(mark: _Link) -> float:
    return 1.5 * max(mark.box[3] - mark.box[1], 8)


def _shift(pairs: list[tuple[_Link, list[_Link]]]) -> float:
    """How far all places of the file lie above what is meant: browsers forget the margin of the page."""
    heights = [_above(back, mark) for mark, backs in pairs for back in backs]
    if not heights:
        return 0.0
    return max(sorted(heights, key=abs), key=lambda height: sum(abs(other - height) <= SAME for other in heights))


def _joined(links: Iterable[_Link]) -> list[_Link]:
    """Annotations over the same words are one link, as some programs write two."""
    found: list[_Link] = []
    for link in links:
        if not (found and found[-1].words and link.words and found[-1].words[0] is link.words[0]):
            found.append(link)
    return found


def _links(file: pikepdf.Pdf, pages: list[Page]) -> Iterator[_Link]:
    places = _Places(file)
    count = 0
    for page in pages:
        for one in annotations(file, page.number):
            target = places.target(one) if str(one.get("/Subtype")) == "/Link" else None
            box = rectangle(one) if target is not None else None
            if target is None or box is None:
                continue
            count += 1
            if count > MOST_LINKS:
                return
            if 0 <= target[0] < len(pages) and pages[target[0]].quarters:
                target = target[0], None
            x0, y0, x1, y1 = box = page.placed(box)
            words = [
                word
                for word in page.words
                if x0 - 1 <= (word.x0 + word.x1) / 2 <= x1 + 1 and y0 - 1 <= (word.y0 + word.y1) / 2 <= y1 + 1
            ]
            yield _Link(page.number, box, words, *target)


class _Places:
    """Where destinations lie, by page and height."""

    def __init__(self, file: pikepdf.Pdf) -> None:
        self.numbers = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        self.named: dict[str, Any] = {}
        try:
            old = file.Root.get("/Dests")
            if isinstance(old, pikepdf.Dictionary):
                self.named.update({name.lstrip("/"): value for name, value in old.items()})
            names = file.Root.get("/Names")
            tree = names.get("/Dests") if isinstance(names, pikepdf.Dictionary) else None
            if isinstance(tree, pikepdf.Dictionary):
                self.named.update(dict(pikepdf.NameTree(tree).items()))
        except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
            return

    def target(self, one: Any) -> tuple[int, float | None] | None:
        """Of a link in the document; None for any other."""
        try:
            wanted = one.get("/Dest")
            action = one.get("/A")
            if wanted is None and isinstance(action, pikepdf.Dictionary) and str(action.get("/S")) == "/GoTo":
                wanted = action.get("/D")
            if isinstance(wanted, pikepdf.Name | pikepdf.String):
                wanted = self.named.get(str(wanted).lstrip("/"))
            if isinstance(wanted, pikepdf.Dictionary):
                wanted = wanted.get("/D")
            if not isinstance(wanted, pikepdf.Array) or len(wanted) < 2:
                return None
            return self._place(wanted)
        except (pikepdf.PdfError, ValueError, TypeError, IndexError, AttributeError):
            return None

    def _place(self, wanted: Any) -> tuple[int, float | None] | None:
        page = wanted[0]
        number = page if isinstance(page, int) else self.numbers.get(page.objgen)
        if number is None:
            return None
        heights = {"/XYZ": 3, "/FitH": 2, "/FitBH": 2, "/FitR": 5}
        place = heights.get(str(wanted[1]))
        if place is None or len(wanted) <= place or wanted[place] is None:
            return number, None
        return number, float(wanted[place])
