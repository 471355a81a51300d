"""The table of contents: titles that lead to their place, with its page number, known from the measuring pass."""

from editions.document.model import Runs
from pdf.layout.context import LayoutContext
from pdf.layout.page_recorder import PageRecorder
from pdf.layout.paragraphs import Paragraph
from pdf.layout.styles import ACCENT, INK, Look, bold
from pdf.placed_document import TextBox
from pdf.tagging.structure_tree import Node
from pdf.text.lines import Line, placed
from pdf.text.spans import Ink, Span

CONTENTS_FROM = 4  # headings; a shorter document is its own contents
CONTENTS_DEPTH = 3
CONTENTS_ROOM = 190  # points that must be left on a page for the list to begin there
OWN_PAGE_FROM = 16  # entries of the contents from which the body begins on a page of its own
NUMBER_WIDTH = 34.0  # kept free for page numbers
STEP = 15.0  # indent of each level

Entry = tuple[int, str, Runs, str]
"""Level from 1, section number or "", the heading's text, the anchor it leads to."""


class ContentsLine(Paragraph):
    """One entry. key: the anchor it leads to. The page number stands where lines end."""

    def __init__(self, title: Span, number: Span, look: Look, context: LayoutContext, key: str) -> None:
        super().__init__([title], look, context)
        self.number, self.key = number, key

    def place(self, page: PageRecorder, x: float, y: float, is_artifact: bool = False) -> None:
        super().place(page, x, y, is_artifact)
        place = page.known.get(self.key)
        self.number.text = str(place.page) if place else ""
        words = [word for unit in self.context.typesetter.units([self.number], 0) for word in unit.words]
        width = sum(word.width for word in words)
        baseline = y + self.look.leading * 0.5 - self._lift()
        start = x if self.direction else x + self.measure - width
        page.add(TextBox(placed(Line(words, width), start, baseline, 0)))


def contents_lines(
    entries: list[Entry], parent: Node, context: LayoutContext, *, is_plain: bool = False
) -> list[ContentsLine]:
    """One line an entry. Notes and links of the headings are left out here. is_plain: all of one rank."""
    toc, styles = Node("TOC", parent), context.styles
    lines = []
    for level, number, runs, anchor in entries:
        link = Node("Link", Node("Reference", Node("TOCI", toc, refers_to=anchor)))
        is_chapter = level == 1 and not is_plain
        ink = Ink(styles.fact_ink.style, 10.2 if is_chapter else 9.4, INK)
        ink = bold(ink) if is_chapter else ink
        text = " ".join("".join(run.text for run in runs).split())
        title = Span(f"{number}\u2002{text}" if number else text, ink, link.slot(), context.language, place=anchor)
        page = Span("", Ink(ink.style, ink.size, ACCENT), link.slot(), "en", place=anchor)
        look = Look(
            styles.fact.leading,
            before=5.0 if is_chapter else 0.0,
            after=1.5,
            indent=STEP * (level - 1),
            end_indent=NUMBER_WIDTH,
        )
        lines.append(ContentsLine(title, page, look, context, anchor))
    return lines
