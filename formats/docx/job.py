"""What the reading of one Word file has found so far. Pure."""

from dataclasses import dataclass, field

from editions.document.model import Runs
from formats.docx.numbering import Numbering
from formats.docx.package import Package, Relation, value
from formats.docx.styles import Styles
from formats.draft import NoteKind
from formats.office.archive import Element
from formats.office.draft_builder import Change, DraftBuilder, when
from formats.office.fields import Field


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


@dataclass(slots=True, kw_only=True)
class Job(DraftBuilder):
    package: Package
    styles: Styles
    numbering: Numbering
    commented: dict[str, str] = field(default_factory=dict)  # key of the block a comment stands at, by its id
    waiting_notes: list[tuple[str, str, str]] = field(default_factory=list)  # (part kind, id, key)
    note_keys: dict[tuple[str, str], str] = field(default_factory=dict)
    inner_notes: dict[str, Runs] = field(default_factory=dict)  # by key: of files in the place of text
    read_chunks: set[str] = field(default_factory=set)  # these files
    deleted_notes: set[tuple[str, str]] = field(default_factory=set)
    _note_ids: dict[str, frozenset[str]] = field(default_factory=dict)

    def has_note(self, kind: str, number: str) -> bool:
        """Whether the file holds the note that a mark names; a mark of none says nothing to a reader."""
        if kind not in self._note_ids:
            trees = (self.package.tree(part) for part in self.package.related(kind))
            self._note_ids[kind] = frozenset(value(one, "id") for root in trees if root is not None for one in root)
        return number in self._note_ids[kind]


def change_of(element: Element, kind: NoteKind) -> Change:
    return Change(kind, value(element, "author").strip(), when(value(element, "date")))
