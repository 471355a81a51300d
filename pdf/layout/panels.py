"""Tinted panels with text on them, and the bar over a masthead."""

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

from pdf.layout.context import LayoutContext
from pdf.layout.page_recorder import PageRecorder
from pdf.layout.paragraphs import Block
from pdf.layout.styles import ACCENT, TINT
from pdf.placed_document import Decoration, Rectangle
from pdf.text.spans import Colour


class Panel(Block):
    """Blocks on a tinted ground, with a bar on the side where lines begin, and perhaps a block beside them."""

    def __init__(
        self,
        blocks: Sequence[Block],
        context: LayoutContext,
        tint: Colour = TINT,
        bar: Colour = ACCENT,
        beside: Block | None = None,
    ) -> None:
        super().__init__()
        self.blocks, self.context, self.tint, self.bar, self.beside = list(blocks), context, tint, bar, beside
        self.direction = context.direction
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
        """Between its blocks: a panel is only a ground to stand on. On a fresh page what stands beside it is no reason
        to keep it whole, and a block that is taller than the page is split too."""
        if self.beside and not self.begins_page:
            return []
        for count in range(len(self.blocks) - 1, 0, -1):
            first = Panel(self.blocks[:count], self.context, self.tint, self.bar, self.beside)
            if first.wrap(width, height)[1] <= height:
                return [first, Panel(self.blocks[count:], self.context, self.tint, self.bar)]
        return self._split_first(width, height) if self.begins_page else []

    def _split_first(self, width: float, height: float) -> list[Flowable]:
        self.blocks[0].begins_page = True
        parts = self.blocks[0].split(width - 2 * self.PAD - self._taken, height - 2 * self.PAD)
        if len(parts) < 2:
            return []
        first = Panel(parts[:1], self.context, self.tint, self.bar, self.beside)
        return [first, Panel([*parts[1:], *self.blocks[1:]], self.context, self.tint, self.bar)]

    def measured_on(self, page: PageRecorder, x: float, y: float) -> None:
        self._place_blocks(page, x, y)

    def place(self, page: PageRecorder, x: float, y: float) -> None:
        ground = Rectangle(x, y, self.width, self.height, self.tint)
        bar = Rectangle(x + self.width - 3 if self.direction else x, y, 3, self.height, self.bar)
        page.add(Decoration((ground, bar)))
        self._place_blocks(page, x, y)

    def _place_blocks(self, page: PageRecorder, x: float, y: float) -> None:
        left = x + self.PAD + (self._taken if self.direction else 0.0)
        top = y + self.height - self.PAD
        for index, block in enumerate(self.blocks):
            top -= (block.before if index else 0.0) + block.height
            block.drawOn(page, left, top)
            top -= block.after
        if self.beside:
            at = x + self.PAD if self.direction else x + self.width - self.PAD - self.beside.width
            self.beside.drawOn(page, at, y + self.height - self.PAD - self.beside.height)


class Bar(Block):
    """A bar in the accent's colour over the masthead."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.width, self.height, self.after = 0.0, height, 10.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, self.height

    def place(self, page: PageRecorder, x: float, y: float) -> None:
        page.rectangle(x, y, self.width, self.height, ACCENT)
