"""What stands on a page of a PDF: words with their place and style, pictures, rules. Pure.

Lengths are points, y rises to the top of the page.
"""

from dataclasses import dataclass, field

from formats.pdf.page.pieces import Box


@dataclass(frozen=True, slots=True)
class Style:
    size: float
    bold: bool = False
    italic: bool = False
    mono: bool = False
    font: str = ""


@dataclass(slots=True)
class Word:
    """space, line_break: what stood before it. tag: marked-content id, -1 without one. artifact: marked as no text.

    note: number of the note whose mark it is; negative where it leads back from a note to its mark. hidden: nobody sees
    it on the page."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    style: Style
    tag: int = -1
    artifact: bool = False
    space: bool = True
    line_break: bool = False
    href: str = ""
    raised: bool = False
    note: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    x0: float
    y0: float
    x1: float
    y1: float
    tag: int
    content: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line, across or down."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def across(self) -> bool:
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(slots=True)
class Page:
    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    dots: list[Rule] = field(default_factory=list)  # drawn bullets
    quarters: int = 0  # by which its text is turned: what is told of places is as the text is read
    right_to_left: bool = False  # whether its lines begin at the right; Arabic may stand in lines that do not
    no_letters: dict[str, int] = field(default_factory=dict)  # by font: characters that map to none
    recognised: int = 0  # words that a program read off a picture of the page

    def placed(self, box: Box) -> Box:
        """A place of the file, as the text is read."""
        return turned(box, self.quarters, self.width, self.height)


def turned(box: Box, quarters: int, width: float, height: float) -> Box:
    """A place as it is seen from text that runs down (1), on its head (2) or up (3). width, height: as seen then."""
    x0, y0, x1, y1 = box
    match quarters:
        case 1:
            return width - y1, x0, width - y0, x1
        case 2:
            return width - x1, height - y1, width - x0, height - y0
        case 3:
            return y0, height - x1, y1, height - x0
    return box
