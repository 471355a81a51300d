"""Tables that break well: heads repeated on every page, rows kept whole where they fit, wide tables cut into bands."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from reportlab.platypus.flowables import Flowable

from pdf.layout.context import LayoutContext
from pdf.layout.page_recorder import PageRecorder
from pdf.layout.paragraphs import FUZZ, Block, Paragraph
from pdf.layout.styles import INK, RULE, TINT
from pdf.placed_document import Decoration, Rectangle

PADDING = 5.0  # left and right in a cell
ROW_PADDING = 3.6  # above and below
COMFORTABLE = 76.0  # points; a column whose text is shorter is not broken into lines
TALLEST_HEAD = 180.0  # points; taller heads are set once and flow like other rows
TALL_ROW = 200.0  # points; a taller one is cut: moved as a whole it would leave a hole
FRESH_COLUMN = 500.0  # points of free height from which nothing is gained by waiting for the next page
LEAST_ROWS = 2  # of a table's body on either side of a page's end
LEAST_COLUMN = 34.0  # points; a table with more columns than fit at this width is cut into bands


@dataclass(slots=True, eq=False)
class RowBlock:
    """cells: one paragraph a column. is_head: repeated at the top of every page."""

    cells: list[Paragraph]
    is_head: bool
    height: float = 0.0
    is_measured: bool = False
    has_marks: bool = False

    def __post_init__(self) -> None:
        self.has_marks = any(span.note for cell in self.cells for span in cell.spans)

    def measure(self, widths: Sequence[float], height: float) -> None:
        """To be called once: a long table is split at every page, and its rows do not change."""
        for cell, room in zip(self.cells, widths, strict=False):
            cell.wrap(room - 2 * PADDING, height)
        self.height = max((cell.height for cell in self.cells), default=0.0) + 2 * ROW_PADDING
        self.is_measured = True


def column_widths(rows: Sequence[RowBlock], room: float) -> list[float]:
    """Widths in points that sum up to at most `room`: each column gets what its text asks for, within what there is.

    The rule is that of CSS automatic layout: never below the longest word while that is possible, the rest in
    proportion to what the text would like.
    """
    count = max(len(row.cells) for row in rows)
    inner = room - 2 * PADDING * count
    least, wanted = [0.0] * count, [0.0] * count
    for row in rows:
        for column, cell in enumerate(row.cells):
            comfortable = min(cell.widest(), COMFORTABLE)
            least[column] = max(least[column], comfortable, min(cell.narrowest(), 0.6 * inner))
            wanted[column] = max(wanted[column], cell.widest())
    if sum(wanted) <= inner:
        spare = (inner - sum(wanted)) / count
        return [width + spare + 2 * PADDING for width in wanted]
    if sum(least) >= inner:
        return [max(width / sum(least) * inner, 1.0) + 2 * PADDING for width in least]
    eager = [max(want - low, 0.001) for want, low in zip(wanted, least, strict=True)]
    spare = inner - sum(least)
    return [low + spare * want / sum(eager) + 2 * PADDING for low, want in zip(least, eager, strict=True)]


class TableBlock(Block):
    """A table, or the part of one that stands on a page. indent: points kept free on the side of the ¶ numbers."""

    def __init__(
        self, rows: Sequence[RowBlock], context: LayoutContext, indent: float = 0.0, widths: Sequence[float] = ()
    ) -> None:
        super().__init__()
        self.rows = list(rows)
        self.context, self.direction = context, context.direction
        self.indent = indent
        self.widths = list(widths)
        self.is_continued = False
        self.before, self.after = 2.0, 12.0
        self.width = self.height = 0.0

    @property
    def _repeated(self) -> list[RowBlock]:
        """The head rows, unless they are too tall to be repeated on every page."""
        heads = list(takewhile(lambda row: row.is_head, self.rows))
        return heads if sum(row.height for row in heads) <= TALLEST_HEAD else []

    @property
    def notes(self) -> list[Block]:
        rows = self.rows[len(self._repeated) :] if self.is_continued else self.rows
        return [note for row in rows if row.has_marks for cell in row.cells for note in cell.notes]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if not self.widths:
            self.widths = column_widths(self.rows, width - self.indent)
        for row in self.rows:
            if not row.is_measured:
                row.measure(self.widths, height)
        self.width, self.height = width, sum(row.height for row in self.rows)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width, height)
        heads = self._repeated
        body = self.rows[len(heads) :]
        room = height - sum(row.height for row in heads)
        fitting = 0
        while fitting < len(body) and body[fitting].height <= room + FUZZ:
            room -= body[fitting].height
            fitting += 1
        if fitting == len(body):
            return []
        above, below = body[:fitting], body[fitting:]
        is_alone = not fitting and (self.begins_page or height > FRESH_COLUMN)
        if torn := _torn(below[0], room) if below[0].height > TALL_ROW or is_alone else None:
            for row in torn:
                row.measure(self.widths, height)
            above, below = [*above, torn[0]], [torn[1], *below[1:]]
        elif len(above) < LEAST_ROWS and not self.is_continued and not self.begins_page:
            return []
        elif len(below) < LEAST_ROWS <= len(above) - 1:
            above, below = above[:-1], [above[-1], *below]
        if not above:
            return []
        first, rest = self._with(heads + above), self._with(heads + below)
        first.is_continued, rest.is_continued = self.is_continued, bool(heads)
        first.before, first.after = self.before, 0.0
        first.anchors = self.anchors
        return [first, rest]

    def _with(self, rows: list[RowBlock]) -> "TableBlock":
        return TableBlock(rows, self.context, self.indent, self.widths)

    def measured_on(self, page: PageRecorder, x: float, y: float) -> None:
        """Cells hold anchors of their own."""
        top = y + self.height
        for row in self.rows:
            for cell in row.cells:
                for key in cell.anchors:
                    page.anchor(key, top, cell.element)
                if page.is_measuring:
                    cell.measured_on(page, x, y)
                    row.is_measured = False
            top -= row.height

    def place(self, page: PageRecorder, x: float, y: float) -> None:
        left = x if self.direction else x + self.indent
        room = sum(self.widths)
        page.add(self._rules(left, y, room))
        self.measured_on(page, x, y)
        top = y + self.height
        repeated = self._repeated if self.is_continued else []
        for row in self.rows:
            at = left + room if self.direction else left
            for cell, width in zip(row.cells, self.widths, strict=False):
                at -= width if self.direction else 0.0
                cell.place(page, at + PADDING, top - ROW_PADDING - cell.height, is_artifact=row in repeated)
                at += 0.0 if self.direction else width
            top -= row.height

    def _rules(self, left: float, y: float, room: float) -> Decoration:
        """The tint behind the heads, and the rules over, between and under the rows."""
        top = y + self.height
        made = []
        if heads := sum(row.height for row in self.rows if row.is_head):
            made.append(Rectangle(left, top - heads, room, heads, TINT))
        made.append(Rectangle(left, top, room, 0.9, INK))
        for row in self.rows:
            top -= row.height
            made.append(Rectangle(left, top, room, 0.4, RULE))
        return Decoration((*made, Rectangle(left, y, room, 0.9, INK)))


def _torn(row: RowBlock, room: float) -> tuple[RowBlock, RowBlock] | None:
    """A row cut between lines so that its beginning fits into `room`; None where not one line would."""
    firsts: list[Paragraph] = []
    rests: list[Paragraph] = []
    for cell in row.cells:
        count = int((room - 2 * ROW_PADDING + FUZZ) // cell.look.leading)
        if count < 1:
            return None
        first, rest = cell.parts(min(count, len(cell.lines)))
        firsts.append(first)
        rests.append(rest)
    if not any(cell.lines for cell in rests):
        return None
    return RowBlock(firsts, row.is_head), RowBlock(rests, row.is_head)


def bands(rows: Sequence[RowBlock], context: LayoutContext, indent: float) -> list[TableBlock]:
    """A table as blocks: one, or several bands of columns where there are more columns than fit side by side.

    The structure tree still reads row by row, since the cells' elements were made so.
    """
    count = max((len(row.cells) for row in rows), default=0)
    if not count:
        return []
    most = max(1, int((context.page.column - indent) // LEAST_COLUMN))
    blocks = []
    for start in range(0, count, most):
        part = [RowBlock(row.cells[start : start + most], row.is_head) for row in rows]
        blocks.append(TableBlock([row for row in part if row.cells], context, indent))
    return blocks
