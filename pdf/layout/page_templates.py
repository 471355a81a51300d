"""The pages themselves: running heads and feet, marks of drafts, templates tall and wide."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.flowables import Flowable

from pdf.layout.columns_and_footnotes import NoteQueue, NotesFrame, RestOfNotes
from pdf.layout.paragraphs import END, START, Label, Look, Paragraph
from pdf.layout.styles import RULE, SOFT, Page, Type, turned
from pdf.painting.tagged_canvas import TaggedCanvas
from pdf.painting.text_painter import Brush
from pdf.tagging.structure_tree import Node, Slot
from pdf.text.typefaces import SIGN, Style
from pdf.text.typesetter import Ink, Span, Typesetter

DRAFT_TINT = (0.945, 0.93, 0.91)
TALL, WIDE, FIRST = "tall", "wide", "first"


@dataclass(frozen=True)
class Running:
    """What stands on every page. draft_mark: a word laid behind the text, or ""."""

    head_start: str
    head_end: str
    foot_start: str
    page_words: str  # with {page} and {total}
    draft_mark: str = ""
    numbers_lines: bool = False


class Sheets(BaseDocTemplate):
    """A document on one kind of paper. reportlab places the flowables; the heads, feet and notes are drawn here."""

    def __init__(self, page: Page, running: Running, setter: Typesetter, type_: Type, direction: int) -> None:
        super().__init__(io.BytesIO(), pagesize=(page.width, page.height), invariant=1, pageCompression=1)
        self.running, self.setter, self.type, self.side = running, setter, type_, direction
        self.direction = "/R2L" if direction else "/L2R"  # reportlab makes a viewer preference of this name
        self.queue = NoteQueue()
        wide = turned(page)
        first = Page(page.width, page.height, page.start, page.end, 62, page.bottom)
        self.addPageTemplates([self._template(FIRST, first), self._template(TALL, page), self._template(WIDE, wide)])

    def _template(self, name: str, page: Page) -> PageTemplate:
        left = page.end if self.side else page.start
        frame = NotesFrame(
            left, page.bottom, page.column, page.height - page.top - page.bottom, self.queue, self.side, id=name
        )
        return PageTemplate(
            name,
            [frame],
            onPage=lambda canvas, _: self._begin(canvas, page, name),
            onPageEnd=lambda canvas, _: frame.draw_notes(canvas),
            pagesize=(page.width, page.height),
            autoNextPageTemplate=TALL if name == FIRST else None,
        )

    def lay_out(
        self,
        story: list[Flowable],
        measured: TaggedCanvas | None = None,
        dress: Callable[[TaggedCanvas], None] = lambda canvas: None,
    ) -> TaggedCanvas:
        """One pass over a story. Without `measured` it only finds where things stand; with it, it draws.

        dress: gives the drawing canvas its structure tree and its metadata, before the first page. The drawing pass
        empties the story: what is drawn need not be kept.
        """
        made: list[TaggedCanvas] = []

        def make(*args: Any, **options: Any) -> TaggedCanvas:
            canvas = TaggedCanvas(*args, measuring=measured is None, **options)
            if measured is not None:
                canvas.known, canvas.pages_total = measured.places, measured.getPageNumber() - 1
                dress(canvas)
            made.append(canvas)
            return canvas

        for flowable in story:
            flowable.__dict__.pop("_postponed", None)  # reportlab's mark that it gave way to the next page once
        if measured is None:
            story = list(story)
        story.append(RestOfNotes())
        self.build(story, canvasmaker=make)
        return made[-1]

    def _begin(self, canvas: TaggedCanvas, page: Page, name: str) -> None:
        canvas.setPageSize((page.width, page.height))
        canvas.lines_on_page = 0
        canvas.number_line = self._number_line if self.running.numbers_lines else None
        canvas.change_bar_x = page.width - page.end + 9 if not self.side else page.end - 11
        self.line_edge = page.width - page.end + 30 if not self.side else page.end - 30
        if canvas.measuring:
            return
        if self.running.draft_mark:
            self._draft_mark(canvas, page)
        left, column = (page.end if self.side else page.start), page.column
        if name != FIRST:
            self._running_line(canvas, left, page.height - 50, column, self.running.head_start, self.running.head_end)
            with canvas.artifact("Pagination", "Header"):
                canvas.fill_box(left, page.height - 58, column, 0.4, RULE)
        number = self.running.page_words.format(page=canvas.getPageNumber(), total=canvas.pages_total)
        self._running_line(canvas, left, 42, column, self.running.foot_start, number)

    def _running_line(self, canvas: TaggedCanvas, x: float, y: float, width: float, start: str, end: str) -> None:
        slot = Slot(Node("Artifact"))
        ink, language = self.type.running_ink, self.type.language
        for text, align in ((start, START), (end, END)):  # an address or identifier, and words
            line = Paragraph([Span(text, ink, slot, language)], Look(11.0, align=align), self.setter, self.side)
            line.wrap(width, 20)
            line.paint(canvas, x, y - 4, as_artifact=True)

    def _draft_mark(self, canvas: TaggedCanvas, page: Page) -> None:
        """A word behind the text, light enough to read through, set as outlines of the page's own face."""
        slot = Slot(Node("Artifact"))
        ink = Ink(Style(SIGN, bold=True), 108, DRAFT_TINT)
        words = self.setter.words(self.running.draft_mark, Span("", ink, slot, self.type.language), self.side)
        width = sum(word.width for word in words)
        canvas.saveState()
        canvas.translate(page.width / 2, page.height / 2)
        canvas.rotate(52)
        brush = Brush(canvas, as_artifact=True)
        x = width / 2 if self.side else -width / 2
        for word in words:
            x -= word.width if self.side else 0.0
            brush.word(word, x, -36.0)
            x += 0.0 if self.side else word.width
        brush.finish()
        canvas.restoreState()

    def _number_line(self, canvas: TaggedCanvas, number: int, baseline: float) -> None:
        slot = Slot(Node("Artifact"))
        ink = Ink(Style(SIGN), 6.4, SOFT)
        label = Label([Span(str(number), ink, slot, "en")], 0.0)
        word = self.setter.words(str(number), label.spans[0], 0)[0]
        brush = Brush(canvas, as_artifact=True)
        x = self.line_edge if self.side else self.line_edge - word.width
        brush.word(word, x, baseline)
        brush.finish()
