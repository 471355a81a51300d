"""What the reading of an office file builds up beside its text, and the draft that it makes of both. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar

from editions.document.model import Block, Document, Item, ListBlock, Note, Section, Table
from formats.block_keys import Keys
from formats.draft import (
    Doubt,
    Draft,
    Equation,
    Finding,
    LeftOut,
    NoteKind,
    Picture,
    Reason,
    ReviewNote,
    Source,
    Thing,
)
from formats.office.picture_kinds import TAKEN, picture_kind

Keyed = TypeVar("Keyed", LeftOut, ReviewNote, Finding, Equation)


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked insertion or deletion that what is read stands in."""

    kind: NoteKind
    author: str
    at: datetime | None


@dataclass(slots=True)
class Aside:
    """A stretch of text that is not shown."""

    reason: Reason
    change: Change | None
    text: str


@dataclass(slots=True, kw_only=True)
class DraftBuilder:
    """renamed: keys of what became part of a block, each with the block's; "" where that is no block."""

    language: str = ""
    keys: Keys = field(default_factory=Keys)
    left_out: list[LeftOut] = field(default_factory=list)
    review_notes: list[ReviewNote] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    picture_names: dict[str, str] = field(default_factory=dict)  # by part of the file
    told_things: Counter[Thing] = field(default_factory=Counter)
    _known: set[str] = field(default_factory=set)

    def leave_out(self, reason: Reason, text: str, place: str, key: str) -> None:
        if text.strip():
            self.left_out.append(LeftOut(reason, text.strip(), place, key))

    def leave_out_sources(self, sources: Iterable[Source], reason: Reason, key: str) -> None:
        """What part of a file holds, with the things in it."""
        for source in sources:
            if source.thing == Thing.WORDS:
                self.leave_out(reason, source.text, source.place, key)
            else:
                self.told_things[source.thing] += 1

    def remark(self, change: Change, text: str, key: str) -> None:
        if text.strip():
            self.review_notes.append(ReviewNote(change.kind, text.strip(), key, change.author, change.at))

    def doubt(self, doubt: Doubt, detail: str, key: str) -> None:
        self.findings.append(Finding(doubt, detail, key))

    def keep_picture(self, part: str, content: bytes) -> tuple[str, str]:
        """(name in the draft, kind); the name is "" for a kind that is not taken. A part without a name is new."""
        kind = picture_kind(content, part)
        if part and part in self.picture_names:
            return self.picture_names[part], kind
        if kind not in TAKEN:
            return "", kind
        name = f"picture{len(self.pictures) + 1}{TAKEN[kind]}"
        self.pictures.append(Picture(name, content))
        if part:
            self.picture_names[part] = name
        return name, kind

    def draft(self, document: Document, author: str, written_at: datetime | None) -> Draft:
        """With the keys of blocks that paragraphs became part of; "" for those of what is no block."""
        self._known = set(keys_of(document))
        return Draft(
            document,
            self._settled(self.left_out),
            self._settled(self.review_notes),
            self._settled(self.findings),
            tuple(self.pictures),
            self._settled(self.equations),
            (),
            self.language,
            author,
            written_at,
            tuple(sorted(self.told_things.items())),
        )

    def _settled(self, found: Iterable[Keyed]) -> tuple[Keyed, ...]:
        return tuple(replace(one, key=self._final(one.key)) for one in found)

    def _final(self, key: str) -> str:
        seen: set[str] = set()
        while key in self.renamed and key not in seen:
            seen.add(key)
            key = self.renamed[key]
        return key if key in self._known else ""


def keys_of(document: Document) -> Iterator[str]:
    """Of every block, item, row and note."""
    yield from (note.key for note in document.notes)
    yield from _block_keys(document.blocks)


def _block_keys(blocks: Iterable[Block | Item]) -> Iterator[str]:
    for block in blocks:
        yield block.key
        if isinstance(block, ListBlock | Item):
            yield from _block_keys(block.items)
        elif isinstance(block, Table):
            yield from (row.key for row in block.rows)
        elif isinstance(block, Section):
            yield from _block_keys(block.blocks)


def when(text: str) -> datetime | None:
    """A time as office files write it; without a zone, as Word's are, it is taken for UTC."""
    try:
        found = datetime.fromisoformat(text.strip()[:26] if "." in text else text.strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
