"""Spans of text in one look, and the shaped words and units that the typesetter makes of them. Pure.

A `Span` is a stretch of text in one look that belongs to one structure element; a `Unit` is what may not be torn over
a line; a `Word` is a part of a unit in one face and one direction.
"""

from dataclasses import dataclass

from pdf.tagging.structure_tree import Slot
from pdf.text.shaping_and_embedding import EmbeddedFace, Shaped
from pdf.text.typefaces import Style

Colour = tuple[float, float, float]
"""Red, green, blue, each from 0 to 1 (sRGB)."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A character style. size, rise: points. struck: a line through the text, underlined: one below it."""

    style: Style
    size: float
    colour: Colour = (0.0, 0.0, 0.0)
    rise: float = 0.0
    struck: bool = False
    underlined: bool = False


@dataclass(slots=True, eq=False)
class Span:
    """address: a URI it links to. place: an anchor it links to. note: key of the footnote whose mark it is.

    is_code: program text, which reads from left to right. phrase: language of the phrase it belongs to where that is
    not the text's own, "" elsewhere.
    """

    text: str
    ink: Ink
    slot: Slot
    language: str
    address: str = ""
    place: str = ""
    note: str = ""
    is_code: bool = False
    phrase: str = ""


@dataclass(slots=True, eq=False)
class Word:
    """width: points. level: UAX 9 embedding level. is_space: takes no width at a line's end, but stays in its text.

    signs: levels of signs before it that draw nothing but have a place in the order of its line.
    """

    span: Span
    face: EmbeddedFace
    shaped: Shaped
    width: float
    size: float
    level: int
    is_space: bool
    signs: tuple[int, ...] = ()


@dataclass(slots=True, eq=False)
class Unit:
    """words with the spaces that follow them; width without those spaces. text: for hyphenation.

    ends_line: whether the author ended the line behind it.
    """

    words: list[Word]
    width: float
    space: float
    text: str
    span: Span
    ends_line: bool = False
