"""What a stored value is, for whoever compares or merges texts without Wagtail's definitions of blocks. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    RICH = "rich"
    WORDS = "words"
    LINES = "lines"
    FACT = "fact"
    CHOSEN = "chosen"
    TABLE = "table"
    FIELDS = "fields"
    ITEMS = "items"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a stored value is.

    RICH: rich text. WORDS: plain text. LINES: entries, one a line. FACT: a choice, date, number or yes and no.
    CHOSEN: an image or another row that was chosen. TABLE: of rich cells. FIELDS: values by name. ITEMS: of one kind,
    each with an id. BLOCKS: of several kinds, each with an id. label: what the field is called. within: the shapes of
    fields or kinds of blocks by name; of ITEMS under "item", of the cells of a TABLE under "cell". as_posted: how the
    editor writes a rich text in which nothing was changed.
    """

    kind: Kind
    label: str = ""
    within: Mapping[str, "Shape"] = field(default_factory=dict)
    as_posted: Callable[[str], str] | None = field(default=None, compare=False)
