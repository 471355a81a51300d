"""A table of a page: words in cells. Pure."""

from dataclasses import dataclass, field

from formats.html.tree import Node
from formats.pdf.over_pages import EDGES
from formats.pdf.page.model import Word
from formats.pdf.text_nodes import text_nodes
from formats.web.joining import Vocabulary

Place = tuple[int, int]  # row and column


@dataclass(slots=True)
class Grid:
    """xs: edges from left to right; ys: from top to bottom. cells: words by row and column.

    owners: where cells are joined, the cell a place belongs to, its first from the top and left.
    """

    xs: list[float]
    ys: list[float]
    cells: dict[Place, list[Word]] = field(default_factory=dict)
    owners: dict[Place, Place] = field(default_factory=dict)

    @property
    def x0(self) -> float:
        return self.xs[0]

    @property
    def x1(self) -> float:
        return self.xs[-1]

    @property
    def y0(self) -> float:
        return self.ys[-1]

    @property
    def y1(self) -> float:
        return self.ys[0]

    def holds(self, x: float, y: float) -> bool:
        return self.x0 - 1 <= x <= self.x1 + 1 and self.y0 - 1 <= y <= self.y1 + 1

    def put(self, word: Word) -> None:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        column = max(0, min(sum(edge <= x for edge in self.xs) - 1, len(self.xs) - 2))
        row = max(0, min(sum(edge >= y for edge in self.ys) - 1, len(self.ys) - 2))
        self.cells.setdefault(self.owners.get((row, column), (row, column)), []).append(word)

    def node(self, vocabulary: Vocabulary, *, right_to_left: bool) -> Node:
        """right_to_left: whether its first column is the one at the right."""
        edges = " ".join(f"{x:.1f}" for x in self.xs)
        table = Node("table", "", {EDGES: edges}, holds_blocks=True)
        spans = self._spans()
        columns = list(range(len(self.xs) - 1))
        if right_to_left:
            columns.reverse()
        for row in range(len(self.ys) - 1):
            places = [(row, column) for column in columns if (row, column) in spans]
            said = [words for place in places if (words := self.cells.get(place))]
            heads = row == 0 and bool(said) and all(word.style.bold for words in said for word in words)
            line = Node("tr", holds_blocks=True)
            for place in places:
                cell = Node("th" if heads else "td", "", spans[place])
                cell.adopt(text_nodes(self._words(place), vocabulary, heading=heads))
                line.adopt([cell])
            if said:
                table.adopt([line])
        return table

    def _spans(self) -> dict[Place, dict[str, str]]:
        """By the first place of each cell: how many rows and columns it spans, as attributes."""
        places: dict[Place, list[Place]] = {}
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                places.setdefault(self.owners.get((row, column), (row, column)), []).append((row, column))
        spans: dict[Place, dict[str, str]] = {}
        empty = {row for row in range(len(self.ys) - 1) if not any(place[0] == row for place in self.cells)}
        for owner, covered in places.items():
            down = len({row for row, _ in covered} - empty)
            across = len({column for _, column in covered})
            spans[owner] = {"rowspan": str(down)} if down > 1 else {}
            spans[owner] |= {"colspan": str(across)} if across > 1 else {}
        return spans

    def _words(self, place: Place) -> list[Word]:
        words = self.cells.get(place, [])
        for number, word in enumerate(words):
            last = words[number - 1] if number else None
            word.line_break = last is not None and min(word.y1, last.y1) - max(word.y0, last.y0) <= 0.3 * (
                word.y1 - word.y0
            )
            word.space = word.space or word.line_break
        return words
