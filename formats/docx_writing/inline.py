"""Runs of a passage as runs of Word: emphasis, language, direction, links and marks of notes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part

from core.languages.direction import direction_of
from editions.comparison.alignment import PieceKind
from editions.document.model import Mark, Run, Runs
from formats.docx.package import R
from formats.docx_writing import styles
from formats.docx_writing.elements import add, add_text
from formats.docx_writing.tracking import Tracking
from formats.office.archive import Element
from formats.redline import change_of
from formats.written_addresses import address_of

_MARKS = ((Mark.STRONG, ("b", "bCs")), (Mark.EMPHASIS, ("i", "iCs")), (Mark.DELETED, ("strike",)))
_VERTICAL = ((Mark.SUPERSCRIPT, "superscript"), (Mark.SUBSCRIPT, "subscript"))


@dataclass(slots=True)
class Inline:
    """language: the document's. base: address of the edition's page. part: in which links are kept. anchors: bookmarks
    by the anchor of their passage.

    marked: keys of notes whose marks were met, in order, one for each mark; ids of notes count on from first_note.
    change: what became of the whole passage that is written; what of a run, it says itself.
    """

    language: str
    part: Part
    anchors: Mapping[str, str]
    first_note: int = 1
    known_notes: frozenset[str] = frozenset()
    marked: list[str] = field(default_factory=list)
    base: str = ""
    tracking: Tracking = field(default_factory=lambda: Tracking("", ""))
    change: PieceKind = PieceKind.EQUAL
    _relations: dict[str, str] = field(default_factory=dict)

    def write(self, paragraph: Element, runs: Runs, language: str) -> None:
        """language: of the passage, where a run names none."""
        for run in runs:
            if run.note:
                self._mark(self.tracking.around(paragraph, change_of(run)), run.note)
            elif run.text:
                self._run(self._link(paragraph, run.href), run, run.language or language)

    def words(self, paragraph: Element, text: str, style: str = "") -> None:
        """Words that are not of the text: a number, a label."""
        run = add(self.tracking.around(paragraph, self.change), "r")
        self._look(run, style, frozenset(), self.language)
        add_text(run, text, _letters(self.change))

    def _run(self, parent: Element, run: Run, language: str) -> None:
        change = change_of(run)
        made = add(self.tracking.around(parent, change), "r")
        style = styles.LINK if run.href else styles.CODE if Mark.CODE in run.marks else ""
        self._look(made, style, run.marks, language)
        add_text(made, run.text, _letters(change))

    def _look(self, run: Element, style: str, marks: frozenset[Mark], language: str) -> None:
        """In the order that the schema asks for (ISO/IEC 29500-1, 17.3.2)."""
        is_foreign, is_rightward = language != self.language, direction_of(language) == "rtl"
        if not (style or marks or is_foreign or is_rightward):
            return
        look = add(run, "rPr")
        if style:
            add(look, "rStyle", style)
        for name in (name for mark, names in _MARKS if mark in marks for name in names):
            add(look, name)
        for name in (name for mark, name in _VERTICAL if mark in marks):
            add(look, "vertAlign", name)
        if is_rightward:
            add(look, "rtl")
        if is_foreign:
            add(look, "lang", **styles.languages(language))
        if not len(look):
            run.remove(look)

    def _link(self, paragraph: Element, href: str) -> Element:
        if not href:
            return paragraph
        if href.startswith("#"):
            bookmark = self.anchors.get(href[1:])
            return add(paragraph, "hyperlink", anchor=bookmark) if bookmark else paragraph
        address = address_of(href, self.base)
        if not address:
            return paragraph
        relation = self._relations.get(address)  # python-docx looks through all of them for each link
        if relation is None:
            relation = self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            self._relations[address] = relation
        link = add(paragraph, "hyperlink")
        link.set(f"{R}id", relation)
        return link

    def _mark(self, paragraph: Element, key: str) -> None:
        """A second mark of one note gets a note of its own with the same words: Word knows no other way."""
        if key not in self.known_notes:
            return
        run = add(paragraph, "r")
        add(add(run, "rPr"), "rStyle", styles.NOTE_MARK)
        add(run, "footnoteReference", id=str(self.first_note + len(self.marked)))
        self.marked.append(key)


def _letters(change: PieceKind) -> str:
    return "delText" if change == PieceKind.DELETED else "t"
