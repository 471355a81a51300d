"""A table of a page: words in cells. Pure."""

from dataclasses import dataclass, field

from formats.html.tree import Node
from formats.pdf.over_pages import EDGES
from formats.pdf.page.content import Word
from formats.pdf.text_nodes import text_nodes
from formats.web.joining import Vocabulary


@dataclass(slots=True)
class Grid:
    """xs: edges from left to right; ys: from top to bottom. cells: by row and column."""

    xs: list[float]
    ys: list[float]
    cells: dict[tuple[int, int], list[Word]] = field(default_factory=dict)

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
        self.cells.setdefault((row, column), []).append(word)

    def node(self, vocabulary: Vocabulary) -> Node:
        table = Node("table", "", {EDGES: " ".join(f"{x:.1f}" for x in self.xs)}, holds_blocks=True)
        columns = range(len(self.xs) - 1)
        arabic = sum(
            any("\u0590" <= letter <= "\u08ff" for letter in word.text)
            for words in self.cells.values()
            for word in words
        )
        order = reversed(columns) if arabic * 2 > sum(map(len, self.cells.values())) else columns
        wanted = list(order)
        for row in range(len(self.ys) - 1):
            line = Node("tr", holds_blocks=True)
            bold = [all(word.style.bold for word in self.cells.get((row, column), [])) for column in wanted]
            said = [bool(self.cells.get((row, column))) for column in wanted]
            heads = row == 0 and any(said) and all(bold)
            for column in wanted:
                cell = Node("th" if heads else "td")
                cell.adopt(text_nodes(self._words(row, column), vocabulary, heading=heads))
                line.adopt([cell])
            if any(said):
                table.adopt([line])
        return table

    def _words(self, row: int, column: int) -> list[Word]:
        words = self.cells.get((row, column), [])
        for place, word in enumerate(words):
            last = words[place - 1] if place else None
            word.line_break = last is not None and min(word.y1, last.y1) - max(word.y0, last.y0) <= 0.3 * (
                word.y1 - word.y0
            )
            word.space = word.space or word.line_break
        return words
