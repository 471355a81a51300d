"""Turn runs of the neutral document into spans of structure elements. The one place where marks become styles."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from editions.comparison.alignment import PieceKind
from editions.document.model import Mark, Run, Runs
from editions.document.phrases import phrases
from formats.redline import change_of
from pdf.composition.redline_signs import SIGNS
from pdf.composition.strings import words_in
from pdf.layout.styles import ACCENT, ADDED, REMOVED, SOFT
from pdf.tagging.structure_tree import Node, Slot
from pdf.text.spans import Ink, Span
from pdf.text.typefaces import SANS

LINKABLE = ("https://", "http://", "mailto:")
"""Addresses that become links. Anything else an author typed stays text."""
_TAGS = {PieceKind.DELETED: "Del", PieceKind.INSERTED: "Ins"}


@dataclass
class Inliner:
    """Makes spans for one document. note_numbers: key of a footnote -> its number. prefix: of every place in it, where

    several documents share a file.

    marks_seen: keys whose first mark was met; only that one is where a footnote leads back to.
    """

    language: str
    note_numbers: dict[str, int]
    prefix: str = ""
    marks_seen: set[str] = field(default_factory=set)

    def spans(self, runs: Runs, ink: Ink, parent: Node) -> list[Span]:
        """Spans of the runs, whose slots and elements are added to `parent` in reading order."""
        made: list[Span] = []
        for change, same in groupby(runs, change_of):
            if change == PieceKind.EQUAL:
                made += self._alike(same, ink, parent)
            else:
                made += self._changed(tuple(same), change, ink, parent)
        return made

    def _changed(self, runs: Runs, change: PieceKind, ink: Ink, parent: Node) -> list[Span]:
        """Words that one of two editions has: within signs that are read aloud as what they mean."""
        if not any(run.text.strip() or run.note for run in runs):
            return self._alike(runs, ink, parent)  # a blank
        node = Node(_TAGS[change], parent)
        removed = change == PieceKind.DELETED
        ink = replace(ink, colour=REMOVED if removed else ADDED, struck=ink.struck or removed, underlined=not removed)
        words = words_in(self.language)["removed" if removed else "added"]
        sign = replace(ink, struck=False, underlined=False)
        opening, closing = SIGNS[change]
        before = plain_span(opening, sign, Node("Span", node, spoken=f"[{words}: "), "en")
        made = self._alike(runs, ink, node)
        return [before, *made, plain_span(closing, sign, Node("Span", node, spoken="]"), "en")]

    def _alike(self, runs: Iterable[Run], ink: Ink, parent: Node) -> list[Span]:
        made: list[Span] = []
        own: Slot | None = None
        for phrase, run in ((phrase, run) for phrase, same in phrases(tuple(runs)) for run in same):
            if run.note:
                made.append(self._mark(run, ink, parent))
                made[-1].phrase = phrase
                own = None
                continue
            if not run.text:
                continue
            node = self._element(run, parent)
            if node is parent:
                slot = own = own or parent.slot()
            else:
                slot, own = node.slot(), None
            address = run.href if run.href.startswith(LINKABLE) else ""
            language = run.language or self.language
            is_code = Mark.CODE in run.marks
            look = self._ink(run, ink, address)
            made.append(Span(run.text, look, slot, language, address, is_code=is_code, phrase=phrase))
        return made

    def _element(self, run: Run, parent: Node) -> Node:
        node = parent
        if run.language and run.language != self.language:
            node = Node("Span", node, language=run.language)
        if run.href.startswith(LINKABLE):
            node = Node("Link", node)
        return node

    @staticmethod
    def _ink(run: Run, ink: Ink, address: str) -> Ink:
        style = ink.style
        if Mark.STRONG in run.marks:
            style = replace(style, bold=True)
        if Mark.EMPHASIS in run.marks:
            style = replace(style, italic=True)
        if Mark.CODE in run.marks:
            style = replace(style, family=SANS)
        rise, size = ink.rise, ink.size
        if Mark.SUPERSCRIPT in run.marks:
            rise, size = rise + 0.33 * size, 0.66 * size
        elif Mark.SUBSCRIPT in run.marks:
            rise, size = rise - 0.14 * size, 0.66 * size
        colour = ACCENT if address and not (ink.struck or ink.underlined) else ink.colour
        return replace(
            ink, style=style, size=size, colour=colour, rise=rise, struck=ink.struck or Mark.DELETED in run.marks
        )

    def _mark(self, run: Run, ink: Ink, parent: Node) -> Span:
        number = str(self.note_numbers.get(run.note, "?"))
        node = Node("Link", Node("Reference", parent, refers_to=f"{self.prefix}note-{run.note}"))
        small = Ink(replace(ink.style, family=SANS), 0.66 * ink.size, ACCENT, ink.rise + 0.36 * ink.size)
        first = run.note not in self.marks_seen
        self.marks_seen.add(run.note)
        note = run.note if first else ""
        return Span(number, small, node.slot(), self.language, place=f"{self.prefix}note-{run.note}", note=note)


def plain_span(text: str, ink: Ink, parent: Node, language: str) -> Span:
    """One span of text that the page adds itself."""
    return Span(text, ink, parent.slot(), language)


def link_span(text: str, ink: Ink, parent: Node, language: str, *, address: str = "", place: str = "") -> Span:
    """A span that links to an address or to a place in the document."""
    linked = replace(ink, colour=ACCENT) if ink.colour != SOFT else ink
    return Span(text, linked, Node("Link", parent).slot(), language, address, place)
