"""What holds while an RTF file is read: of a group, a paragraph, a story; and its numbers and bullets. Pure."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from editions.document.model import Figure, Mark, Run, Runs, Table, text_of_runs
from formats.draft import Reason
from formats.office.draft_builder import Change
from formats.office.fields import Field
from formats.office.paragraph_roles import Label, Line, Piece
from formats.office.paragraphs_to_blocks import labelled
from formats.office.passage_numbers import PassageNumbers
from formats.office.runs import joined
from formats.office.tables import Cell

_TYPED_LABEL = re.compile(r"\s*([•◦▪‣–-]|\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)])\t\s*")
_BULLET_LETTERS = frozenset({"o", "§", "Ø", "ü", "q", "v"})  # of symbol fonts, as lists of Word have them
_LEVEL_INDENT = 360  # twips that programs without lists of their own put a level at


@dataclass(slots=True)
class Group:
    """What holds in a group of the file, and goes when it ends. dest: where its text goes, "" for the text itself."""

    dest: str = ""
    opened: str = ""
    marks: frozenset[Mark] = frozenset()
    hidden: bool = False
    code: bool = False
    number: str = ""  # the style of the library's own numbers that it has
    language: int = 0
    far_language: int = 0  # of Chinese, Japanese and Korean letters
    deleted: bool = False
    inserted: bool = False
    deleter: int = 0
    inserter: int = 0
    deleted_at: int = 0
    inserted_at: int = 0
    begun: int = 0  # of a part of an equation: how many runs stood before it


@dataclass(slots=True)
class Look:
    """Of a paragraph."""

    style: int = -1
    outline: int = -1
    level: int = 0
    list: int = 0
    hanging: bool = False
    indent: int = 0
    in_table: bool = False
    label: str = ""


@dataclass(slots=True)
class Story:
    """A text of its own. rows: of the table now open; cells: of its row; lines: of its cell."""

    kind: str
    key: str = ""
    pieces: list[Piece] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    numbers: PassageNumbers = field(default_factory=PassageNumbers)
    line_key: str = ""
    asides: list[tuple[Reason, Change | None, str]] = field(default_factory=list)
    behind: list[Figure] = field(default_factory=list)
    look: Look = field(default_factory=Look)
    lines: list[Runs] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    rows: list[tuple[str, list[Cell]]] = field(default_factory=list)
    row_key: str = ""
    heads: int = 0
    is_head: bool = False
    merges: list[str] = field(default_factory=list)
    merged: str = ""
    fields: list[Field] = field(default_factory=list)
    nested: bool = False  # a table in the open cell is told


@dataclass(slots=True)
class Shape:
    """alt: how it describes itself. figure: place of its picture in the story's `behind`, -1 for none."""

    alt: str = ""
    figure: int = -1


def lines_of(piece: Piece) -> list[Runs]:
    if isinstance(piece, Line):
        return [labelled(piece.label, piece.runs)]
    return [joined(row.cells, " | ") for row in piece.rows] if isinstance(piece, Table) else []


def together(asides: list[tuple[Reason, Change | None, str]]) -> list[tuple[Reason, Change | None, str]]:
    found: list[tuple[Reason, Change | None, str]] = []
    for reason, change, text in asides:
        if found and found[-1][:2] == (reason, change):
            found[-1] = (reason, change, found[-1][2] + text)
        else:
            found.append((reason, change, text))
    return found


def label_of(look: Look) -> Label | None:
    text = look.label.strip()
    if not text:
        return None
    if text in _BULLET_LETTERS or not any(map(str.isalnum, text)):
        return Label(f"list{look.list}", look.level, ordered=False)
    return Label(f"list{look.list}", look.level, ordered=True, text=text)


def typed_label(story: Story) -> tuple[Label, list[Run]] | None:
    """A number or bullet typed before a hanging line, as programs without lists of their own write it."""
    found = _TYPED_LABEL.match(text_of_runs(story.runs)) if story.look.hanging else None
    if found is None:
        return None
    runs, rest = [], found.end()
    for run in story.runs:
        runs.append(replace(run, text=run.text[rest:]))
        rest = max(0, rest - len(run.text))
    level = max(0, story.look.indent // _LEVEL_INDENT - 1)
    text = found[1] if found[1][-1] in ".)" else ""
    return Label("typed", level, bool(text), text), runs


def moment_of(number: int) -> datetime | None:
    """A time as RTF packs it: minute, hour, day, month, year from 1900."""
    number &= 0xFFFFFFFF
    minute, hour, day = number & 63, number >> 6 & 31, number >> 11 & 31
    try:
        return datetime(1900 + (number >> 20 & 511), number >> 16 & 15, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None
