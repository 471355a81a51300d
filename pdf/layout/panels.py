"""Grounds to stand on: tinted panels, and the bar over a masthead."""

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

from pdf.layout.paragraphs import Block
from pdf.layout.styles import ACCENT, TINT
from pdf.painting.tagged_canvas import Colour, TaggedCanvas


class Panel(Block):
    """Blocks on a tinted ground, with a bar on the side where lines begin, and perhaps a block beside them."""

    def __init__(
        self,
        blocks: Sequence[Block],
        direction: int,
        tint: Colour = TINT,
        bar: Colour = ACCENT,
        beside: Block | None = None,
    ) -> None:
        super().__init__()
        self.blocks, self.direction, self.tint, self.bar, self.beside = list(blocks), direction, tint, bar, beside
        self.before, self.after = 8.0, 8.0
        self.width = self.height = 0.0

    PAD = 12.0

    @property
    def _taken(self) -> float:
        return self.beside.wrap(0, 0)[0] + self.PAD if self.beside else 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        room = width - 2 * self.PAD - self._taken
        total = 0.0
        for index, block in enumerate(self.blocks):
            total += block.wrap(room, height)[1] + (block.before if index else 0.0) + block.after
        total -= self.blocks[-1].after if self.blocks else 0.0
        if self.beside:
            total = max(total, self.beside.height)
        self.width, self.height = width, total + 2 * self.PAD
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Between its blocks: a panel is only a ground to stand on."""
        if len(self.blocks) < 2 or self.beside:
            return []
        for count in range(len(self.blocks) - 1, 0, -1):
            first = Panel(self.blocks[:count], self.direction, self.tint, self.bar)
            if first.wrap(width, height)[1] <= height:
                return [first, Panel(self.blocks[count:], self.direction, self.tint, self.bar)]
        return []

    def measured_on(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        self._draw(canvas, x, y)

    def paint(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        with canvas.artifact("Layout"):
            canvas.fill_box(x, y, self.width, self.height, self.tint)
            canvas.fill_box(x + self.width - 3 if self.direction else x, y, 3, self.height, self.bar)
        self._draw(canvas, x, y)

    def _draw(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        left = x + self.PAD + (self._taken if self.direction else 0.0)
        top = y + self.height - self.PAD
        for index, block in enumerate(self.blocks):
            top -= (block.before if index else 0.0) + block.height
            block.drawOn(canvas, left, top)
            top -= block.after
        if self.beside:
            at = x + self.PAD if self.direction else x + self.width - self.PAD - self.beside.width
            self.beside.drawOn(canvas, at, y + self.height - self.PAD - self.beside.height)


class Bar(Block):
    """A bar in the accent's colour over the masthead."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.width, self.height, self.after = 0.0, height, 10.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, self.height

    def paint(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        with canvas.artifact("Layout"):
            canvas.fill_box(x, y, self.width, self.height, ACCENT)
