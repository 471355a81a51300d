"""Tracked changes of Word: around an added or a removed run, and at whole paragraphs and rows. Pure."""

from dataclasses import dataclass

from editions.comparison.alignment import PieceKind
from formats.docx.package import W
from formats.docx_writing.elements import add
from formats.office.archive import Element

_TAGS = {PieceKind.INSERTED: "ins", PieceKind.DELETED: "del"}
FIRST = 1_000_000
"""The first number of a change: bookmarks are numbered from 0."""


@dataclass(slots=True)
class Tracking:
    """author: whose changes they are, as Word shows it. at: ISO instant."""

    author: str
    at: str
    _count: int = FIRST

    def around(self, parent: Element, change: PieceKind) -> Element:
        """Where a run stands."""
        return parent if change == PieceKind.EQUAL else self._add(parent, change)

    def mark_paragraph(self, paragraph: Element, change: PieceKind) -> None:
        """Its end too is added or removed, so that nothing of it is left."""
        if change == PieceKind.EQUAL:
            return
        look = paragraph.find(f"{W}pPr")
        if look is None:
            look = paragraph.makeelement(f"{W}pPr")
            paragraph.insert(0, look)
        if look.find(f"{W}rPr") is None:
            self._add(add(look, "rPr"), change)

    def mark_row(self, properties: Element, change: PieceKind) -> None:
        if change != PieceKind.EQUAL:
            self._add(properties, change)

    def _add(self, parent: Element, change: PieceKind) -> Element:
        self._count += 1
        return add(parent, _TAGS[change], id=str(self._count), author=self.author, date=self.at)
