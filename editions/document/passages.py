"""The passages of a neutral document: its citable pieces of text, numbered in reading order. Pure."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from editions.document.model import (
    Block,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Row,
    Runs,
    Section,
    SectionKind,
    Table,
)


def label_of(number: int, text: str) -> str:
    """What a passage is called: a heading, which has no number, by its words."""
    return f"¶ {number}" if number else f"§ {text}"


class PassageKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    FIGURE = "figure"
    QUOTE = "quote"
    DETAIL = "detail"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable piece of text, the unit of comment, search and diff.

    ordinal: 1.. over all passages in reading order. number: 1.. over all passages except headings, 0 for a heading.
    anchor: the id on the web page, `p37` for number 37, `h4` for the fourth heading. path: the headings above it.
    section: innermost typed block it stands in, or None. text: plain text, NFC, one line.
    """

    ordinal: int
    number: int
    anchor: str
    kind: PassageKind
    key: str
    path: tuple[str, ...]
    section: SectionKind | None
    text: str
    language: str
    runs: Runs = field(default=(), compare=False)

    @property
    def label(self) -> str:
        """What it is called: by its number, or a heading by its words."""
        return label_of(self.number, self.text)

    @property
    def level(self) -> int:
        """Of a heading: 1 to 5 below the title, from the headings above it, so that no level is ever skipped."""
        return min(len(self.path) + 1, 5)


def plain(runs: Runs) -> str:
    """The text of runs, NFC, white space folded to single spaces, note marks left out."""
    return " ".join(unicodedata.normalize("NFC", "".join(run.text for run in runs)).split())


def row_text(row: Row) -> str:
    """The cells of a row as one line, separated as they are read out."""
    return " | ".join(plain(cell) for cell in row.cells)


@dataclass(slots=True)
class _Walk:
    """State of one pass over a document: counters and the trail of headings."""

    language: str
    ordinal: int = 0
    number: int = 0
    headings: int = 0
    trail: list[tuple[int, str]] = field(default_factory=list)

    def heading(self, key: str, level: int, runs: Runs, section: SectionKind | None) -> Passage:
        self.ordinal += 1
        self.headings += 1
        while self.trail and self.trail[-1][0] >= level:
            self.trail.pop()
        path = tuple(text for _, text in self.trail)
        text = plain(runs)
        self.trail.append((level, text))
        return Passage(
            self.ordinal,
            0,
            f"h{self.headings}",
            PassageKind.HEADING,
            key,
            path,
            section,
            text,
            self._language(runs),
            runs,
        )

    def leaf(self, kind: PassageKind, key: str, text: str, runs: Runs, section: SectionKind | None) -> Passage:
        self.ordinal += 1
        self.number += 1
        path = tuple(text for _, text in self.trail)
        language = self._language(runs)
        return Passage(self.ordinal, self.number, f"p{self.number}", kind, key, path, section, text, language, runs)

    def _language(self, runs: Runs) -> str:
        """The language of a passage: that of its runs where all agree, else the document's."""
        languages = {run.language for run in runs if run.text.strip()}
        return languages.pop() if len(languages) == 1 and languages != {""} else self.language


def passages(document: Document) -> Iterator[Passage]:
    """Every passage of a document in reading order; see `Passage` for how they are numbered."""
    walk = _Walk(document.language)
    yield from _block_passages(walk, document.blocks, None, 0)
    walk.trail.clear()
    for note in document.notes:
        yield walk.leaf(PassageKind.NOTE, note.key, plain(note.runs), note.runs, None)


def _block_passages(
    walk: _Walk, blocks: tuple[Block, ...], section: SectionKind | None, depth: int
) -> Iterator[Passage]:
    for block in blocks:
        match block:
            case Heading():
                yield walk.heading(block.key, block.level + depth, block.runs, section)
            case Paragraph():
                yield walk.leaf(PassageKind.PARAGRAPH, block.key, plain(block.runs), block.runs, section)
            case ListBlock():
                yield from _item_passages(walk, block.items, section)
            case Table():
                yield from _table_passages(walk, block, section)
            case Figure():
                text = ". ".join(part for part in (plain(block.caption), block.alt) if part)
                yield walk.leaf(PassageKind.FIGURE, block.key, text, block.caption, section)
            case Quote():
                text = " — ".join(part for part in (plain(block.runs), plain(block.attribution)) if part)
                yield walk.leaf(PassageKind.QUOTE, block.key, text, block.runs, section)
            case Section():
                yield from _section_passages(walk, block, depth)


def _item_passages(walk: _Walk, items: tuple[Item, ...], section: SectionKind | None) -> Iterator[Passage]:
    for item in items:
        yield walk.leaf(PassageKind.ITEM, item.key, plain(item.runs), item.runs, section)
        yield from _item_passages(walk, item.items, section)


def _table_passages(walk: _Walk, table: Table, section: SectionKind | None) -> Iterator[Passage]:
    if caption := plain(table.caption):
        yield walk.leaf(PassageKind.PARAGRAPH, table.key, caption, table.caption, section)
    for row in table.rows:
        runs = tuple(run for cell in row.cells for run in cell)
        yield walk.leaf(PassageKind.ROW, row.key, row_text(row), runs, section)


def _section_passages(walk: _Walk, section: Section, depth: int) -> Iterator[Passage]:
    outer = list(walk.trail)
    if plain(section.title):
        yield walk.heading(section.key, 6 + depth, section.title, section.kind)
    for detail in section.details:
        yield walk.leaf(PassageKind.DETAIL, detail.key, plain(detail.runs), detail.runs, section.kind)
    yield from _block_passages(walk, section.blocks, section.kind, depth + 6)
    walk.trail[:] = outer
