"""Collect the boxes of the page being filled, and where anchors come to stand, in place of a reportlab canvas.

In the measuring pass it keeps no boxes, only anchors and the number of pages.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pdf.layout.styles import CHANGED
from pdf.placed_document import Box, Decoration, Gap, Place, PlacedPage, Rectangle
from pdf.tagging.structure_tree import Node


class PageRecorder:
    """known: places that the measuring pass found; without them this is the measuring pass.

    number_lines: a page's LineNumbers, set by the page template of drafts. change_bar_x: left edge of
    change bars. _doctemplate: where reportlab's conditional page breaks look for the column being filled.
    """

    _pagesize: tuple[float, float] | None = None

    def __init__(self, known: Mapping[str, Place] | None = None, pages_total: int = 0) -> None:
        self.is_measuring = known is None
        self.known = known or {}
        self.pages_total = pages_total
        self.places: dict[str, Place] = {}
        self.elements: dict[str, Node] = {}
        self.page_number = 1
        self.number_lines: Callable[[PageRecorder, int, float, float], None] | None = None
        self.change_bar_x = 0.0
        self._boxes: list[Box] = []
        self._filled: list[PlacedPage] = []
        self._doctemplate: Any = None

    # What blocks call

    def add(self, box: Box) -> None:
        self._boxes.append(box)

    def rectangle(self, x: float, y: float, width: float, height: float, colour: tuple[float, float, float]) -> None:
        """One rectangle that is no part of the text."""
        self.add(Decoration((Rectangle(x, y, width, height, colour),)))

    def anchor(self, key: str, top: float, element: Node | None) -> None:
        """Here stands what `key` names; the first place counts."""
        self.places.setdefault(key, Place(self.page_number, top))
        if element is not None:
            self.elements.setdefault(key, element)

    def count_lines(self, count: int, baseline: float, leading: float) -> None:
        """So many lines of the page's text stand here; they are numbered where the page's template asks for it."""
        if self.number_lines is not None:
            self.number_lines(self, count, baseline, leading)

    def change_bar(self, y: float, height: float) -> None:
        """A bar in the margin beside a passage that differs from the former edition's."""
        self.rectangle(self.change_bar_x, y, 1.6, height, CHANGED)

    def taken(self) -> Iterator[PlacedPage]:
        """Hand over the pages that were filled since the last time."""
        filled, self._filled = self._filled, []
        yield from filled

    # What reportlab calls

    def getPageNumber(self) -> int:
        return self.page_number

    def setPageSize(self, size: tuple[float, float]) -> None:
        self._pagesize = size

    def setPageRotation(self, degrees: float) -> None:
        """No page is turned; wide pages have a size of their own."""

    def showPage(self) -> None:
        if not self.is_measuring and self._pagesize:
            self._filled.append(PlacedPage(*self._pagesize, self._boxes))
        self._boxes = []
        self.page_number += 1

    def save(self) -> None:
        """Nothing is written here."""

    def saveState(self) -> None:
        """A spacer begins to show itself."""

    def translate(self, x: float, y: float) -> None:
        if not self.is_measuring:
            self.add(Gap(x, y))

    def restoreState(self) -> None:
        """A spacer has shown itself."""
