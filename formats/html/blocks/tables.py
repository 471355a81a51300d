"""Tables of an HTML file; those that only lay out a page are read cell by cell. Pure."""

from dataclasses import replace

from editions.document.model import Block, Row, Runs, Table
from formats.draft import Doubt
from formats.html.blocks.reader import BlockReader
from formats.html.styles import style_in
from formats.html.tables import Cell, Grid, grid_of
from formats.html.tree import Node
from formats.web.runs import Style
from formats.web.structure import heading_runs


def table(reader: BlockReader, node: Node, style: Style) -> None:
    reader.end_line()
    grid = grid_of(node)
    width = max(map(len, grid.rows), default=0)
    is_layout = node.attributes.get("role") in ("presentation", "none") or (width <= 1 and not grid.head_rows)
    if is_layout or _is_layout(reader, node, grid.rows):
        _side_by_side(reader, grid, style)
        return
    key = reader.drafting.new_key()
    after: list[Block] = []
    caption, more = reader.as_line([inner for found in grid.captions for inner in found.children], style, key)
    after += more
    if grid.loose:
        after += reader.within(grid.loose, style)
    rows: list[Row] = []
    for cells in grid.rows:
        row, more = _row(reader, cells, style)
        after += more
        if any(row.cells):
            rows.append(row)
    heads = min(grid.head_rows, len(rows))
    if rows and not heads:
        heads = 1
        reader.drafting.find(Doubt.HEADINGS_FROM_FIRST_ROW, key=key)
    if grid.merged:
        reader.drafting.find(Doubt.MERGED_CELLS, grid.merged.strip(), key)
    row_heads = bool(grid.head_rows) and _has_row_heads(grid.rows[grid.head_rows :])
    told = tuple(_with_plain_heads(row, place < heads, row_heads) for place, row in enumerate(rows))
    reader.out.append(Table(key, caption, told, heads, row_heads))
    reader.out.extend(after)


def _side_by_side(reader: BlockReader, grid: Grid, style: Style) -> None:
    """The cells of a table that is none, one after the other."""
    for child in grid.captions:
        reader.visit(child.children, style)
        reader.end_line()
    reader.visit(grid.loose, style)
    for cell in (cell for line in grid.rows for cell in line):
        if cell.node is not None:
            reader.end_line()
            reader.visit(cell.node.children, style_in(cell.node, style))
            reader.end_line()


def _row(reader: BlockReader, line: list[Cell], style: Style) -> tuple[Row, list[Block]]:
    key = reader.drafting.new_key()
    cells: list[Runs] = []
    after: list[Block] = []
    for cell in line:
        runs: Runs = ()
        if cell.node is not None:
            own = style_in(cell.node, style)
            runs, more = reader.as_line(cell.node.children, own, key)
            after += more
        cells.append(runs)
    return Row(key, tuple(cells)), after


def _is_layout(reader: BlockReader, node: Node, rows: list[list[Cell]]) -> bool:
    """A table that only puts parts of a page side by side: headings or tables stand in it."""
    inner = {found.tag for row in rows for cell in row if cell.node is not None for found in cell.node.walk()}
    return bool(inner & {"h1", "h2", "h3", "main", "article", "section"}) or (
        "table" in inner and not any(cell.is_head for row in rows for cell in row) and len(rows) <= 2
    )


def _has_row_heads(body: list[list[Cell]]) -> bool:
    lines = [line for line in body if line]
    return any(line[0].is_head for line in lines) and all(line[0].is_head or line[0].node is None for line in lines)


def _with_plain_heads(row: Row, is_head: bool, row_heads: bool) -> Row:
    """Bold says nothing in a cell that is a head."""
    heads = len(row.cells) if is_head else int(row_heads)
    return replace(row, cells=(*map(heading_runs, row.cells[:heads]), *row.cells[heads:]))
