"""A table's cells in their places: what spans rows or columns stands in the first, the others are empty. Pure."""

from dataclasses import dataclass

from formats.html.tree import LEFT_OUT, TEXT, Node

MOST_CELLS = 200_000  # of one table with its empty places
_PARTS = frozenset({"thead", "tbody", "tfoot"})


@dataclass(frozen=True, slots=True)
class Cell:
    node: Node | None  # None: covered by another, or missing

    @property
    def is_head(self) -> bool:
        return self.node is not None and (
            self.node.tag == "th" or self.node.attributes.get("role") in ("columnheader", "rowheader")
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """loose: what stands between the rows and in no cell."""

    rows: list[list[Cell]]
    head_rows: int
    merged: str  # words of the first merged cell, a space where it has none; "" without one
    captions: list[Node]
    loose: list[Node]


def grid_of(table: Node) -> Grid:
    captions, loose, rows = [], [], []  # type: list[Node], list[Node], list[tuple[Node, str]]
    for child in table.children:
        if child.tag == "caption":
            captions.append(child)
        elif child.tag == "tr":
            rows.append((child, "tbody"))
        elif child.tag in _PARTS:
            for inner in child.children:
                if inner.tag == "tr":
                    rows.append((inner, child.tag))
                elif _says(inner):
                    loose.append(inner)
        elif _says(child):
            loose.append(child)
    rows.sort(key=lambda row: {"thead": 0, "tbody": 1, "tfoot": 2}[row[1]])
    places, merged, more = _placed([row for row, _ in rows])
    heads = sum(part == "thead" for _, part in rows)
    if not heads:
        heads = _leading_heads(places)
    return Grid(places, min(heads, len(places)), merged, captions, loose + more)


def _says(node: Node) -> bool:
    return node.tag != TEXT or bool(node.text.strip())


def _leading_heads(places: list[list[Cell]]) -> int:
    count = 0
    for row in places:
        said = [cell for cell in row if cell.node is not None]
        if not said or not all(cell.is_head for cell in said):
            break
        count += 1
    return count if count < len(places) else min(count, 1)


def _span(node: Node, name: str, most: int) -> int:
    said = node.attributes.get(name, "").strip()
    return min(int(said), most) if said.isascii() and said.isdigit() and 0 < len(said) < 7 and int(said) else 1


def _placed(rows: list[Node]) -> tuple[list[list[Cell]], str, list[Node]]:
    taken: dict[int, int] = {}  # by column: rows below that a cell still covers
    places: list[list[Cell]] = []
    loose: list[Node] = []
    merged, width, total = "", 0, 0
    for number, row in enumerate(rows):
        line: list[Cell] = []
        covered = {column for column, left in taken.items() if left > 0}
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        for node in row.children:
            if node.tag not in ("td", "th"):
                if _says(node) and (node.tag != LEFT_OUT or node.text):
                    loose.append(node)
                continue
            while len(line) in covered:
                line.append(Cell(None))
            across = _span(node, "colspan", 1000)
            down = min(_span(node, "rowspan", 65534), len(rows) - number)
            if total + across * down > MOST_CELLS:
                across = down = 1
            total += across
            merged = merged or ((node.words() or " ") if across > 1 or down > 1 else "")
            start = len(line)
            line.extend([Cell(node), *[Cell(None)] * (across - 1)])
            if down > 1:
                taken.update(dict.fromkeys(range(start, start + across), down - 1))
        while any(column >= len(line) for column in covered):
            line.append(Cell(None))
        width = max(width, len(line))
        places.append(line)
    if width * len(places) <= MOST_CELLS:
        places = [[*line, *[Cell(None)] * (width - len(line))] for line in places]
    return _without_empty_columns(places), merged, loose


def _without_empty_columns(places: list[list[Cell]]) -> list[list[Cell]]:
    """Columns in which no cell begins, as a colspan over the whole table leaves them behind."""
    width = max(map(len, places), default=0)
    begun = {column for line in places for column, cell in enumerate(line) if cell.node is not None}
    if len(begun) == width:
        return places
    return [[cell for column, cell in enumerate(line) if column in begun] for line in places]
