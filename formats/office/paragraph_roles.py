"""What a reader of an office format says of each paragraph: its role, its list, its number. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from editions.document.model import Figure, Runs, Table


class Role(StrEnum):
    BODY = "body"
    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    QUOTE = "quote"
    CAPTION = "caption"

    LIKE_TITLE = "like title"  # in a style that was made of that of titles


class CaptionOf(StrEnum):
    UNKNOWN = ""
    TABLE = "table"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Label:
    """What a list draws before a paragraph. series: which list. level: from 0. text: as drawn, "" for a bullet."""

    series: str
    level: int
    ordered: bool
    text: str = ""


@dataclass(slots=True)
class Line:
    """One paragraph. level: of a heading, from 1. continues: a further paragraph of the list item before it."""

    key: str
    runs: Runs
    role: Role = Role.BODY
    level: int = 0
    label: Label | None = None
    continues: bool = False
    caption_of: CaptionOf = CaptionOf.UNKNOWN


Piece = Line | Table | Figure
