"""Page templates: running heads and feet, the mark of drafts, pages tall and wide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.flowables import Flowable

from pdf.layout.columns_and_footnotes import NoteQueue, NotesFrame, RestOfNotes
from pdf.layout.context import LayoutContext
from pdf.layout.line_numbers import LineNumbers
from pdf.layout.page_recorder import PageRecorder
from pdf.layout.paper_sizes import Page, turned
from pdf.layout.paragraphs import Paragraph
from pdf.layout.styles import CENTRE, END, RULE, START, Look
from pdf.placed_document import Decoration, PlacedPage, Rectangle, TurnedText
from pdf.tagging.structure_tree import Node, Slot
from pdf.text.bidi import HAS_RIGHT_TO_LEFT
from pdf.text.lines import PlacedWord
from pdf.text.spans import Ink, Span
from pdf.text.typefaces import SANS, Style

DRAFT_TINT = (0.945, 0.93, 0.91)
TALL, WIDE, FIRST = "tall", "wide", "first"
HEAD_GAP = 14.0  # points between the words of a page head
LEAST_HEAD = 60.0  # points; in less room no section is named
MOST_HEAD_WORDS = 24
FIRST_TOP = 62  # points above the masthead


@dataclass(frozen=True)
class RunningHeads:
    """What stands on every page. draft_mark: a word laid behind the text, or "".

    sections: anchor, words and language of what the page heads name between the two others, in reading order.
    """

    head_start: str
    head_end: str
    foot_start: str
    page_words: str  # with {page} and {total}
    draft_mark: str = ""
    numbers_lines: bool = False
    sections: tuple[tuple[str, str, str], ...] = ()


class PageTemplates(BaseDocTemplate):  # type: ignore[misc]
    """The pages of a document on one kind of paper. reportlab fills the columns; heads, feet and notes are ours."""

    def __init__(self, context: LayoutContext, heads: RunningHeads) -> None:
        page = context.page
        super().__init__("", pagesize=(page.width, page.height))
        self.context, self.heads = context, heads
        self.queue = NoteQueue()
        sizes = {FIRST: replace(page, top=FIRST_TOP), TALL: page, WIDE: turned(page)}
        self.addPageTemplates([self._template(name, size) for name, size in sizes.items()])

    def _template(self, name: str, page: Page) -> PageTemplate:
        frame = NotesFrame(page, self.queue, self.context, name)
        return PageTemplate(
            name,
            [frame],
            onPage=lambda recorder, _: self._begin(recorder, page, name),
            onPageEnd=lambda recorder, _: frame.place_notes(recorder),
            pagesize=(page.width, page.height),
            autoNextPageTemplate=TALL if name == FIRST else None,
        )

    def pages(self, story: list[Flowable], recorder: PageRecorder) -> Iterator[PlacedPage]:
        """One pass over a story, which it empties: the pages, each as soon as it is full."""
        self.recorder = recorder
        recorder._doctemplate = self
        for flowable in story:
            flowable.__dict__.pop("_postponed", None)  # reportlab's mark that it gave way to the next page once
        story.append(RestOfNotes())
        self._startBuild()
        while story:
            self.clean_hanging()
            self.handle_flowable(story)
            yield from recorder.taken()
        self._endBuild()
        yield from recorder.taken()

    def _makeCanvas(self, filename: Any = None, canvasmaker: Any = None) -> PageRecorder:
        """reportlab asks for its canvas here."""
        return self.recorder

    def _begin(self, recorder: PageRecorder, page: Page, name: str) -> None:
        is_rtl = self.context.direction
        recorder.setPageSize((page.width, page.height))
        edge = page.end - 30 if is_rtl else page.width - page.end + 30
        recorder.number_lines = LineNumbers(self.context, edge) if self.heads.numbers_lines else None
        recorder.change_bar_x = page.width - page.end + 9 if not is_rtl else page.end - 11
        if recorder.is_measuring:
            return
        if self.heads.draft_mark:
            recorder.add(self._draft_mark(page))
        left, column = (page.end if is_rtl else page.start), page.column
        if name != FIRST:
            head = page.height - page.head
            taken = self._running_line(recorder, left, head, column, self.heads.head_start, self.heads.head_end)
            self._running_section(recorder, left, head, column, taken)
            rule = Rectangle(left, page.height - page.head - 8, column, 0.4, RULE)
            recorder.add(Decoration((rule,), "Pagination", "Header"))
        number = self.heads.page_words.format(page=recorder.page_number, total=recorder.pages_total)
        self._running_line(recorder, left, page.foot, column, self.heads.foot_start, number)

    def _running_section(self, recorder: PageRecorder, x: float, y: float, width: float, taken: float) -> None:
        """The section in which the page begins; where none was begun before, the first one on it.

        Cut at a word to its room, which is the same on either side of the middle.
        """
        title, language = _section_of(self.heads.sections, recorder)
        words, room = title.split(" "), width - 2 * taken - 2 * HEAD_GAP
        slot, ink = Slot(Node("Artifact")), self.context.styles.running_ink
        for count in range(min(len(words), MOST_HEAD_WORDS), 0 if title and room >= LEAST_HEAD else len(words), -1):
            text = " ".join(words[:count]) + ("" if count == len(words) else "…")
            line = Paragraph([Span(text, ink, slot, language)], Look(11.0, align=CENTRE), self.context)
            if line.widest() <= room:
                line.wrap(width, 20)
                line.place(recorder, x, y - 4, is_artifact=True)
                return

    def _running_line(self, recorder: PageRecorder, x: float, y: float, width: float, start: str, end: str) -> float:
        """Answers the width of the longer of the two."""
        taken = 0.0
        slot = Slot(Node("Artifact"))
        ink, language = self.context.styles.running_ink, self.context.language
        for text, align in ((start, START), (end, END)):  # an address or identifier, and words
            line = Paragraph([Span(text, ink, slot, language)], Look(11.0, align=align), self.context)
            taken = max(taken, line.widest())
            line.wrap(width, 20)
            line.place(recorder, x, y - 4, is_artifact=True)
        return taken

    def _draft_mark(self, page: Page) -> TurnedText:
        """A word behind the text, light enough to read through. It runs as its own letters do: in a language that the
        library does not speak, it is English."""
        is_rtl = bool(HAS_RIGHT_TO_LEFT.search(self.heads.draft_mark))
        ink = Ink(Style(SANS, bold=True), 108, DRAFT_TINT)
        span = Span("", ink, Slot(Node("Artifact")), self.context.language)
        words = self.context.typesetter.words(self.heads.draft_mark, span, is_rtl)
        width = sum(word.width for word in words)
        x = width / 2 if is_rtl else -width / 2
        placed: list[PlacedWord] = []
        for word in words:
            x -= word.width if is_rtl else 0.0
            placed.append((word, x, -36.0))
            x += 0.0 if is_rtl else word.width
        return TurnedText(placed, page.width / 2, page.height / 2, 52)


def _section_of(sections: Sequence[tuple[str, str, str]], recorder: PageRecorder) -> tuple[str, str]:
    """Words and language of the section that a page head names, "" for none."""
    found = ("", "")
    for anchor, words, language in sections:
        place = recorder.known.get(anchor)
        if place is None:
            continue
        if place.page > recorder.page_number or (place.page == recorder.page_number and found[0]):
            break
        found = words, language
    return found
