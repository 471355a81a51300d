"""Paper sizes and their margins: A4, Letter, and either on its side. Lengths in points."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A sheet of paper: width, height, and the column's edges (start: left, or right in Arabic)."""

    width: float
    height: float
    start: float
    end: float
    top: float
    bottom: float

    @property
    def column(self) -> float:
        return self.width - self.start - self.end


A4 = Page(595.28, 841.89, 70, 76, 88, 82)
LETTER = Page(612.0, 792.0, 78, 84, 84, 78)


def paper(name: str) -> Page:
    """A4, or Letter where asked for."""
    return LETTER if name == "Letter" else A4


def turned(page: Page) -> Page:
    """The same sheet lying on its side, for wide tables."""
    return Page(page.height, page.width, 60, 60, 76, 70)
