"""Number the lines of drafts in the margin, so that a session can speak of one."""

from pdf.layout.context import LayoutContext
from pdf.layout.page_recorder import PageRecorder
from pdf.layout.styles import SOFT
from pdf.placed_document import TextBox
from pdf.tagging.structure_tree import Node, Slot
from pdf.text.spans import Ink, Span
from pdf.text.typefaces import SANS, Style

EVERY = 5
"""The first of so many lines has no number, the last one has."""
SIZE = 6.4


class LineNumbers:
    """Of one page. edge: where numbers end, from right to left where they begin."""

    def __init__(self, context: LayoutContext, edge: float) -> None:
        self.context, self.edge = context, edge
        self.lines = 0

    def __call__(self, recorder: PageRecorder, count: int, baseline: float, leading: float) -> None:
        """So many lines stand here, the first of them on a baseline."""
        for index in range(count):
            self.lines += 1
            if self.lines % EVERY == 0:
                self._place(recorder, baseline - index * leading)

    def _place(self, recorder: PageRecorder, baseline: float) -> None:
        span = Span(str(self.lines), Ink(Style(SANS), SIZE, SOFT), Slot(Node("Artifact")), "en")
        word = self.context.typesetter.words(span.text, span, 0)[0]
        x = self.edge if self.context.direction else self.edge - word.width
        recorder.add(TextBox([(word, x, baseline)], is_artifact=True))
