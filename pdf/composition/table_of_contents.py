"""The list of contents: titles that lead to their place, with its page number, known from the measuring pass."""

from editions.document.model import Runs
from pdf.layout.paragraphs import Look, Paragraph
from pdf.layout.styles import ACCENT, INK, Type, bold
from pdf.painting.tagged_canvas import TaggedCanvas
from pdf.painting.text_painter import Brush, Line
from pdf.tagging.structure_tree import Node
from pdf.text.typesetter import Ink, Span, Typesetter

NUMBER_WIDTH = 34.0  # kept free for page numbers
STEP = 15.0  # indent of each level


class ContentsLine(Paragraph):
    """One entry. key: the anchor it leads to. The page number stands where lines end."""

    def __init__(
        self, spans: list[Span], number: Span, look: Look, setter: Typesetter, direction: int, key: str
    ) -> None:
        super().__init__(spans, look, setter, direction)
        self.number, self.key = number, key

    def paint(self, canvas: TaggedCanvas, x: float, y: float, as_artifact: bool = False) -> None:
        super().paint(canvas, x, y, as_artifact)
        place = canvas.known.get(self.key)
        self.number.text = str(place.page) if place else ""
        words = [word for unit in self.setter.units([self.number], 0) for word in unit.words]
        width = sum(word.width for word in words)
        baseline = y + self.look.leading * 0.5 - self._lift()
        brush = Brush(canvas)
        brush.line(Line(words, width), x if self.direction else x + self.measure - width, baseline, 0)
        brush.finish()


def contents_lines(
    entries: list[tuple[int, str, Runs, str]], parent: Node, type_: Type, setter: Typesetter, direction: int
) -> list[ContentsLine]:
    """Lines for (level, number, runs, anchor). Notes and links of the headings are left out here."""
    toc = Node("TOC", parent)
    lines = []
    for level, number, runs, anchor in entries:
        link = Node("Link", Node("Reference", Node("TOCI", toc)))
        ink = Ink(type_.fact_ink.style, 10.2 if level == 1 else 9.4, INK)
        ink = bold(ink) if level == 1 else ink
        text = " ".join("".join(run.text for run in runs).split())
        title = Span(f"{number}\u2002{text}" if number else text, ink, link.slot(), type_.language, place=anchor)
        page = Span("", Ink(ink.style, ink.size, ACCENT), link.slot(), "en", place=anchor)
        look = Look(
            type_.fact.leading,
            before=5.0 if level == 1 else 0.0,
            after=1.5,
            indent=STEP * (level - 1),
            end_indent=NUMBER_WIDTH,
        )
        lines.append(ContentsLine([title], page, look, setter, direction, anchor))
    return lines
