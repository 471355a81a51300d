"""The neutral document: what an edition holds, as plain data without HTML. Pure: no Django, clock or files.

Reading order is the order of `Document.blocks`, depth first, then `Document.notes`; `editions.document.passages`
walks it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from core.languages.direction import direction_of


class Mark(StrEnum):
    """Inline emphasis a run may carry. Nothing else survives from an editor's rich text."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    DELETED = "deleted"


class SectionKind(StrEnum):
    """The typed blocks of an outcome document (guide: the parts that real outcome documents of 2014-2025 have)."""

    SUMMARY = "summary"
    FINDING = "finding"
    DEFINITION = "definition"
    PRACTICE = "practice"
    CASE_STUDY = "case_study"
    RECOMMENDATION = "recommendation"
    POLICY_MEASURE = "policy_measure"
    ALTERNATIVE = "alternative"
    OPTION = "option"
    DISSENT = "dissent"
    CHALLENGE = "challenge"
    OPEN_QUESTION = "open_question"
    FUTURE_WORK = "future_work"
    CONTRIBUTORS = "contributors"
    REFERENCES = "references"
    ANNEX = "annex"
    DRAFT_NOTICE = "draft_notice"
    DISCLAIMER = "disclaimer"


OPEN_KINDS = (SectionKind.OPEN_QUESTION, SectionKind.CHALLENGE, SectionKind.FUTURE_WORK)
"""What stays open, in the order in which the seed of the library asks for it."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style.

    language: BCP 47, "" = the document's. note: key of the Note whose mark stands here; such a run has no text.
    """

    text: str
    marks: frozenset[Mark] = frozenset()
    href: str = ""
    language: str = ""
    note: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    key: str
    level: int  # 1 to 5 below the title
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    key: str
    runs: Runs


@dataclass(frozen=True, slots=True)
class Item:
    """One list item; `items` are the items of the list nested in it, ordered or not as `ordered` says."""

    key: str
    runs: Runs
    items: "tuple[Item, ...]" = ()
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class ListBlock:
    key: str
    ordered: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    cells: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """rows[:header_rows] are column heads; with `header_column` the first cell of every other row is a row head."""

    key: str
    caption: Runs
    rows: tuple[Row, ...]
    header_rows: int = 1
    header_column: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """source: name of the stored image file; digest: its SHA-256; width and height: pixels."""

    key: str
    source: str
    alt: str
    caption: Runs
    width: int
    height: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    key: str
    runs: Runs
    attribution: Runs = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """A named fact of a typed block, such as the jurisdiction of a policy measure. name: a slug, stable in code."""

    key: str
    name: str
    runs: Runs


@dataclass(frozen=True, slots=True)
class Section:
    """A typed block: its kind, a title (may be empty), named details and a body of blocks."""

    key: str
    kind: SectionKind
    title: Runs
    details: tuple[Detail, ...] = ()
    blocks: "tuple[Block, ...]" = ()


Block = Heading | Paragraph | ListBlock | Table | Figure | Quote | Section


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote. Its number is its place in `Document.notes`, from 1."""

    key: str
    runs: Runs


@dataclass(frozen=True, slots=True)
class Document:
    """language: BCP 47 tag of the main text; direction follows from it."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def direction(self) -> str:
        return direction_of(self.language)


def text_of_runs(runs: Iterable[Run]) -> str:
    """The letters of runs as they stand; editions.document.passages.plain has blanks and forms of letters made one."""
    return "".join(run.text for run in runs)


def without_sections(document: Document, kind: SectionKind) -> Document:
    """The document without its sections of one kind, at any depth, and without the notes only they had marks for."""
    blocks = _without(document.blocks, kind)
    dropped = set(_note_keys(document.blocks)) - set(_note_keys(blocks))
    return replace(document, blocks=blocks, notes=tuple(note for note in document.notes if note.key not in dropped))


def _without(blocks: tuple[Block, ...], kind: SectionKind) -> tuple[Block, ...]:
    kept = (block for block in blocks if not (isinstance(block, Section) and block.kind == kind))
    return tuple(
        replace(block, blocks=_without(block.blocks, kind)) if isinstance(block, Section) else block for block in kept
    )


def _note_keys(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Keys of the notes that blocks have marks for, once a mark."""
    for runs in _runs_of(blocks):
        yield from (run.note for run in runs if run.note)


def _runs_of(blocks: Iterable[Block | Item]) -> Iterator[Runs]:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.runs
            case Item():
                yield block.runs
                yield from _runs_of(block.items)
            case ListBlock():
                yield from _runs_of(block.items)
            case Table():
                yield block.caption
                yield from (cell for row in block.rows for cell in row.cells)
            case Figure():
                yield block.caption
            case Quote():
                yield block.runs
                yield block.attribution
            case Section():
                yield block.title
                yield from (detail.runs for detail in block.details)
                yield from _runs_of(block.blocks)
