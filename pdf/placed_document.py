"""A document whose every box has its place on a page: what composition makes and painting consumes. Plain values.

A box knows its structure element by the slots it fills. Words know theirs by their span, which also says their
language; a word's level says its direction. Lengths in points from a page's lower left corner.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PIL.Image import Image

from pdf.tagging.structure_tree import Node, Slot
from pdf.text.lines import PlacedWord
from pdf.text.spans import Colour


@dataclass(frozen=True, slots=True)
class Place:
    """Where an anchor came to stand: page from 1, and the height of its top edge in points."""

    page: int
    top: float


@dataclass(frozen=True, slots=True)
class TextBox:
    """Words in reading order. is_artifact: no part of the text, such as a running head or a repeated table head."""

    words: Sequence[PlacedWord]
    is_artifact: bool = False


@dataclass(frozen=True, slots=True)
class TurnedText:
    """Words on a slant behind the text. Theirs are the coordinates around (x, y), turned by so many degrees."""

    words: Sequence[PlacedWord]
    x: float
    y: float
    degrees: float


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A filled rectangle, or a rule."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Decoration:
    """Rectangles that are no part of the text. kind, subtype: of the artifact (ISO 32000-1, 14.8.2.2)."""

    rectangles: Sequence[Rectangle]
    kind: str = "Layout"
    subtype: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    slot: Slot
    image: Image
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class QRCode:
    """modules: rows of cells from the top, true where dark. size: of a side of the whole, in points."""

    slot: Slot
    modules: Sequence[Sequence[bool]]
    x: float
    y: float
    size: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline. key: the anchor it leads to. level: from 0."""

    title: str
    key: str
    level: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A spacer. It shows nothing; its origin was written into the page when template version 5 was new, and stays in

    its bytes until another version comes.
    """

    x: float
    y: float


Box = TextBox | TurnedText | Decoration | Picture | QRCode | Bookmark | Gap


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """boxes: in the order in which they are painted, one over the other."""

    width: float
    height: float
    boxes: Sequence[Box]


@dataclass(frozen=True)
class DocumentInfo:
    """What the file says about itself. part: of PDF/A, 2 or 3; 4 makes it a file of PDF 2.0. date: when the edition
    was published, the only date in the file.
    """

    title: str
    creators: tuple[str, ...]
    description: str
    language: str
    identifier: str
    rights: str
    keywords: tuple[str, ...]
    date: datetime
    part: int = 2

    @property
    def is_pdf_2(self) -> bool:
        return self.part == 4


@dataclass(frozen=True)
class PlacedDocument:
    """root: of the structure tree. places: of every anchor. elements: what stands there, for the anchors of passages.
    attachment: bytes that go into the file as its source.

    pages: can be taken once, one by one, so that a long document is never held as a whole. replaced: characters that
    no typeface has, complete when the last page was taken. scale: how much larger than here everything is painted.
    """

    info: DocumentInfo
    root: Node
    is_right_to_left: bool
    page_count: int
    places: Mapping[str, Place]
    elements: Mapping[str, Node]
    pages: Iterator[PlacedPage]
    replaced: Mapping[str, int]
    attachment: bytes = b""
    scale: float = 1.0
