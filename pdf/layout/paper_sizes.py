"""Paper sizes and their margins: A4, Letter, either in large print or on its side. Lengths in points."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Page:
    """A sheet of paper: width, height, and the column's edges (start: left, or right in Arabic).

    head, foot: how far from its edges the running lines stand. scale: how much larger it is painted than laid out.
    """

    width: float
    height: float
    start: float
    end: float
    top: float
    bottom: float
    head: float = 50
    foot: float = 42
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
    """The same sheet laid out on less room and painted larger; its margins are narrower, for longer lines."""
    return Page(page.width / LARGE, page.height / LARGE, 36, 44, 62, 58, 32, 28, LARGE)


PAPERS = {"A4": A4, "Letter": LETTER, "Large A4": _large(A4), "Large Letter": _large(LETTER)}


def paper(name: str) -> Page:
    return PAPERS[name]


def turned(page: Page) -> Page:
    """The same sheet lying on its side, for wide tables."""
    if page.scale > 1:
        return replace(page, width=page.height, height=page.width)
    return Page(page.height, page.width, 60, 60, 76, 70)
