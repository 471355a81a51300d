"""Paint words onto the canvas: one marked content for each stretch of one element, and the links laid over them."""

from collections.abc import Iterable
from contextlib import AbstractContextManager

from pdf.painting.tagged_canvas import Sides, TaggedCanvas
from pdf.placed_document import Decoration, Rectangle
from pdf.tagging.structure_tree import Node, Slot
from pdf.text.lines import PlacedWord
from pdf.text.spans import Colour, Span, Word


class TextPainter:
    """Writes words as marked contents, one for each stretch of words of one slot, and remembers what links cover."""

    def __init__(self, canvas: TaggedCanvas, as_artifact: bool = False) -> None:
        self.canvas = canvas
        self.as_artifact = as_artifact
        self.slot: Slot | None = None
        self.context: AbstractContextManager[None] | None = None
        self.state: tuple[str, float, Colour, float] | None = None
        self.array: list[str] = []
        self.pen = (0.0, 0.0)
        self.links: list[tuple[Span, Sides]] = []
        self.strikes: list[Rectangle] = []

    def paint(self, words: Iterable[PlacedWord]) -> None:
        """All words of one box."""
        for word, x, baseline in words:
            self._word(word, x, baseline)
        self._finish()

    def _word(self, word: Word, x: float, baseline: float) -> None:
        span = word.span
        if span.slot is not self.slot:
            self._leave()
            self.slot = span.slot
            self.context = self.canvas.artifact("Pagination") if self.as_artifact else self.canvas.marked(span.slot)
            self.context.__enter__()
            self.canvas.write("BT")
        ink = span.ink
        name = self.canvas.use(word.face)
        for index, show in enumerate(word.shaped.shows):
            wanted = (name, word.size, ink.colour, show.rise * word.size / 1000 + ink.rise)
            joins = wanted == self.state and abs(x - self.pen[0]) < 0.01 and baseline == self.pen[1]
            if not joins or index:
                self._flush()
                self._set(wanted, x, baseline, moves=not index)
            self.array.append(show.array)
        self.pen = (x + word.width, baseline)
        if span.address or span.place:
            self._cover(span, x, baseline, word)
        if ink.struck:
            self.strikes.append(Rectangle(x, baseline + 0.3 * ink.size, word.width, 0.5, ink.colour))
        if ink.underlined:
            self.strikes.append(Rectangle(x, baseline - 0.16 * ink.size, word.width, 0.6, ink.colour))

    def _set(self, wanted: tuple[str, float, Colour, float], x: float, baseline: float, moves: bool) -> None:
        """Write what changed of the text state. moves: False where the pen goes on from the glyphs before."""
        name, size, colour, rise = wanted
        old = self.state
        operators = []
        if old is None or old[:2] != (name, size):
            operators.append(f"/{name} {size:g} Tf")
        if old is None or old[2] != colour:
            operators.append(f"{colour[0]:g} {colour[1]:g} {colour[2]:g} rg")
        if old is None or old[3] != rise:
            operators.append(f"{rise:.2f} Ts")
        if moves:
            operators.append(f"1 0 0 1 {x:.2f} {baseline:.2f} Tm")
        self.canvas.write(" ".join(operators))
        self.state = wanted

    def _flush(self) -> None:
        if self.array:
            self.canvas.write(f"[{''.join(self.array).replace('><', '')}] TJ")
            self.array = []

    def _cover(self, span: Span, x: float, baseline: float, word: Word) -> None:
        box = (x, baseline - 0.25 * word.size, x + word.width, baseline + 0.8 * word.size)
        if self.links and self.links[-1][0] is span and self.links[-1][1][1] == box[1]:
            last = self.links.pop()[1]
            box = (min(last[0], box[0]), box[1], max(last[2], box[2]), max(last[3], box[3]))
        self.links.append((span, box))

    def _leave(self) -> None:
        self._flush()
        self.state = None
        if self.context is not None:
            self.canvas.write("ET")
            self.context.__exit__(None, None, None)
            self.context = None
        self.slot = None

    def _finish(self) -> None:
        """End the last marked content, then draw the lines and lay the links over the words."""
        self._leave()
        if self.strikes:
            self.canvas.decorate(Decoration(self.strikes))
        for span, box in () if self.as_artifact else self.links:
            self.canvas.link(_link_node(span.slot.node), box, span.text, address=span.address, place=span.place)


def _link_node(node: Node) -> Node:
    """The Link element that a span's text stands in."""
    found: Node | None = node
    while found is not None and found.tag != "Link":
        found = found.parent
    return found or node
