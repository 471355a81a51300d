"""Paper sizes and their margins: A4, Letter, either in large print or on its side. Lengths in points."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A sheet of paper: width, height, and the column's edges (start: left, or right in Arabic).

    scale: how much larger it is painted than it is laid out.
    """

    width: float
    height: float
    start: float
    end: float
    top: float
    bottom: float
    scale: float = 1.0

    @property
    def column(self) -> float:
        return self.width - self.start - self.end


A4 = Page(595.28, 841.89, 70, 76, 88, 82)
LETTER = Page(612.0, 792.0, 78, 84, 84, 78)


LARGE = 1.5
"""Of large print. Running text is then 16 points, the size from which associations of the blind speak of it, and no
letter is below 9."""


def _large(page: Page) -> Page:
    """The same sheet laid out on less room and painted larger; the margins are narrower, for the sake of the lines."""
    side, edge = 52 / LARGE, 60 / LARGE
    return Page(page.width / LARGE, page.height / LARGE, side, side, 78 / LARGE, edge, LARGE)


PAPERS = {"A4": A4, "Letter": LETTER, "Large A4": _large(A4), "Large Letter": _large(LETTER)}


def paper(name: str) -> Page:
    return PAPERS[name]


def turned(page: Page) -> Page:
    """The same sheet lying on its side, for wide tables."""
    side, scale = 60 / page.scale, page.scale
    return Page(page.height, page.width, side, side, 76 / scale, 70 / scale, scale)
