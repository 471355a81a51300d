"""What the reading of one Word file has found so far. Pure."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from editions.document.model import Note
from formats.archive import Element
from formats.docx.fields import Field
from formats.docx.numbering import Numbering
from formats.docx.package import Package, Relation, value
from formats.docx.styles import Styles
from formats.draft import Doubt, Equation, Finding, LeftOut, NoteKind, Picture, Reason, ReviewNote
from formats.keys import Keys


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked insertion or deletion that what is read stands in."""

    kind: NoteKind
    author: str
    at: datetime | None


@dataclass(slots=True)
class Story:
    """One text of its own: the body, a note. fields: those open here, innermost last; they may span paragraphs.

    contents: how many lists of contents it is inside of. change: of the row or part that all of it stands in.
    """

    part: str
    place: str
    relations: dict[str, Relation]
    fields: list[Field] = field(default_factory=list)
    contents: int = 0
    change: Change | None = None
    flat: bool = False  # in a cell or a note, which hold text alone


@dataclass(slots=True)
class Job:
    package: Package
    styles: Styles
    numbering: Numbering
    language: str
    keys: Keys = field(default_factory=Keys)
    left_out: list[LeftOut] = field(default_factory=list)
    review_notes: list[ReviewNote] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    commented: dict[str, str] = field(default_factory=dict)  # key of the block a comment stands at, by its id
    waiting_notes: list[tuple[str, str, str]] = field(default_factory=list)  # (part kind, id, key)
    note_keys: dict[tuple[str, str], str] = field(default_factory=dict)
    deleted_notes: set[tuple[str, str]] = field(default_factory=set)
    picture_names: dict[str, str] = field(default_factory=dict)  # by part
    renamed: dict[str, str] = field(default_factory=dict)  # keys of what became part of a block, each with the block's

    def leave_out(self, reason: Reason, text: str, place: str, key: str) -> None:
        if text.strip():
            self.left_out.append(LeftOut(reason, text.strip(), place, key))

    def remark(self, change: Change, text: str, key: str) -> None:
        if text.strip():
            self.review_notes.append(ReviewNote(change.kind, text.strip(), key, change.author, change.at))

    def doubt(self, doubt: Doubt, detail: str, key: str) -> None:
        self.findings.append(Finding(doubt, detail, key))


def change_of(element: Element, kind: NoteKind) -> Change:
    return Change(kind, value(element, "author").strip(), when(value(element, "date")))


def when(text: str) -> datetime | None:
    """A time as office files write it; without a zone, as Word's are, it is taken for UTC."""
    try:
        found = datetime.fromisoformat(text.strip()[:40])
    except ValueError:
        return None
    try:
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError:
        return None
