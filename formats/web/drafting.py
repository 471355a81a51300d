"""A draft while it is read: blocks get passing keys, and those of `formats.block_keys` once all is in its place. Pure.

A passing key is a number as text, rising in the order of reading. What was noted on a block that is no more, such as a
paragraph that became part of an item, moves to its neighbour.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from editions.document.model import (
    Block,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Row,
    Runs,
    Section,
    Table,
)
from formats.block_keys import Keys
from formats.draft import Doubt, Draft, Equation, Finding, LeftOut, NoteKind, Picture, Reason, ReviewNote, Thing

MOST_FINDINGS = 500  # of one kind; a person reads no more, and a broken file could make millions


@dataclass(slots=True)
class Drafting:
    left_out: list[LeftOut] = field(default_factory=list)
    review_notes: list[ReviewNote] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    notes: list[tuple[str, Runs]] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    told_things: Counter[Thing] = field(default_factory=Counter)
    holder: str = ""
    _count: int = 0
    _said: dict[Doubt, int] = field(default_factory=dict)

    def new_key(self) -> str:
        self._count += 1
        return str(self._count)

    def upcoming(self) -> str:
        """Key of the next block, also inside an open one."""
        return str(self._count + 1)

    def here(self) -> str:
        """Key for what is noted now: of the open block, else of the next."""
        return self.holder or str(self._count + 1)

    def leave_out(self, reason: Reason, text: str, place: str = "", key: str = "") -> None:
        if text := " ".join(text.split()):
            self.left_out.append(LeftOut(reason, text, place, key or self.here()))

    def find(self, doubt: Doubt, detail: str = "", key: str = "") -> None:
        self._said[doubt] = self._said.get(doubt, 0) + 1
        if self._said[doubt] <= MOST_FINDINGS:
            self.findings.append(Finding(doubt, " ".join(detail.split())[:300], key or self.here()))

    def review(self, kind: NoteKind, text: str, author: str = "", at: datetime | None = None, key: str = "") -> None:
        if text := " ".join(text.split()):
            self.review_notes.append(ReviewNote(kind, text, key or self.here(), author, at))

    def draft(
        self, title: str, blocks: Iterable[Block], *, subtitle: str = "", language: str = "", author: str = "",
        written_at: datetime | None = None,
    ) -> Draft:  # fmt: skip
        numbering = _Numbering(Keys())
        told = numbering.blocks(_without_empty(blocks))
        notes = tuple(Note(numbering.name(key), runs) for key, runs in self.notes if key in numbering.marked and runs)
        known = {note.key for note in notes}
        told = tuple(_only_known_notes(block, numbering, known) for block in told)
        return Draft(
            Document(" ".join(title.split()), language, told, " ".join(subtitle.split()), notes),
            tuple(replace(left, key=numbering.next_to(left.key)) for left in self.left_out),
            tuple(replace(note, key=numbering.on(note.key)) for note in self.review_notes),
            tuple(replace(finding, key=numbering.on(finding.key)) for finding in self.findings),
            tuple(self.pictures),
            tuple(replace(equation, key=numbering.on(equation.key)) for equation in self.equations),
            tuple(numbering.next_to(page) for page in self.pages),
            language,
            author,
            written_at,
            tuple(sorted(self.told_things.items())),
        )


class _Numbering:
    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.names: dict[str, str] = {}
        self.marked: set[str] = set()
        self.order: list[int] = []

    def name(self, passing: str) -> str:
        if passing not in self.names:
            self.names[passing] = self.keys.new()
            if passing.isdigit():
                self.order.append(int(passing))
        return self.names[passing]

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        named = tuple(self.block(block) for block in blocks)
        self.order.sort()
        return named

    def block(self, block: Block) -> Block:
        key = self.name(block.key)
        match block:
            case Heading() | Paragraph():
                return replace(block, key=key, runs=self.seen(block.runs))
            case ListBlock():
                return replace(block, key=key, items=self.items(block.items))
            case Table():
                rows = tuple(Row(self.name(row.key), tuple(map(self.seen, row.cells))) for row in block.rows)
                return replace(block, key=key, caption=self.seen(block.caption), rows=rows)
            case Figure():
                return replace(block, key=key, caption=self.seen(block.caption))
            case Quote():
                return replace(block, key=key, runs=self.seen(block.runs), attribution=self.seen(block.attribution))
            case Section():
                return replace(block, key=key, blocks=tuple(self.block(inner) for inner in block.blocks))

    def items(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(
            replace(item, key=self.name(item.key), runs=self.seen(item.runs), items=self.items(item.items))
            for item in items
        )

    def seen(self, runs: Runs) -> Runs:
        self.marked.update(run.note for run in runs if run.note)
        return runs

    def on(self, passing: str) -> str:
        """Key of the block, or of the one before it where it is no more."""
        if passing in self.names or not passing.isdigit() or not self.order:
            return self.names.get(passing, "")
        place = bisect_right(self.order, int(passing))
        return self.names[str(self.order[max(0, place - 1)])]

    def next_to(self, passing: str) -> str:
        """Key of the block, or of the next; "" behind the last."""
        if passing in self.names or not passing.isdigit():
            return self.names.get(passing, "")
        place = bisect_left(self.order, int(passing))
        return self.names[str(self.order[place])] if place < len(self.order) else ""


def _without_empty(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        match block:
            case Heading() | Paragraph() if not block.runs:
                continue
            case ListBlock() if not block.items:
                continue
            case Table() if not block.rows:
                if block.caption:
                    yield Paragraph(block.key, block.caption)
                continue
            case Quote() if not block.runs:
                if block.attribution:
                    yield Paragraph(block.key, block.attribution)
                continue
        yield block


def _only_known_notes(block: Block, numbering: _Numbering, known: set[str]) -> Block:
    """The block with the lasting keys of its notes; a mark whose note has no words goes."""

    def runs(found: Runs) -> Runs:
        if not any(run.note for run in found):
            return found
        marks = (replace(run, note=numbering.names.get(run.note, "")) if run.note else run for run in found)
        return tuple(run for run in marks if run.text or run.note in known)

    def items(found: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(replace(item, runs=runs(item.runs), items=items(item.items)) for item in found)

    match block:
        case Heading() | Paragraph():
            return replace(block, runs=runs(block.runs))
        case ListBlock():
            return replace(block, items=items(block.items))
        case Table():
            rows = tuple(replace(row, cells=tuple(map(runs, row.cells))) for row in block.rows)
            return replace(block, caption=runs(block.caption), rows=rows)
        case Figure():
            return replace(block, caption=runs(block.caption))
        case Quote():
            return replace(block, runs=runs(block.runs), attribution=runs(block.attribution))
        case Section():
            return replace(block, blocks=tuple(_only_known_notes(inner, numbering, known) for inner in block.blocks))
