"""Tables that are ruled: cells between lines across and down. Pure."""

from dataclasses import dataclass, field

from formats.html.tree import Node
from formats.pdf.content import Page, Rule, Word
from formats.pdf.text_nodes import text_nodes
from formats.web.joining import Vocabulary

NEAR = 3.0  # points
MOST_RULES = 6000  # on a page; more is a drawing


@dataclass(slots=True)
class Grid:
    """xs: from left to right; ys: from top to bottom."""

    xs: list[float]
    ys: list[float]
    right_to_left: bool = False
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
        table = Node("table", holds_blocks=True)
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


def grids_of(page: Page) -> list[Grid]:
    """At least two cells side by side or one above the other, both directions ruled."""
    rules = page.rules
    if not rules or len(rules) > MOST_RULES:
        return []
    found = []
    for group in _touching(rules):
        xs = _places([(rule.x0 + rule.x1) / 2 for rule in group if not rule.across])
        ys = _places([(rule.y0 + rule.y1) / 2 for rule in group if rule.across])
        if len(xs) >= 3 and len(ys) >= 2 and len(xs) < 40 and len(ys) < 300:
            found.append(Grid(xs, ys[::-1]))
    return [
        grid
        for grid in found
        if not any(
            other is not grid
            and other.x0 <= grid.x0
            and other.x1 >= grid.x1
            and other.y0 <= grid.y0
            and other.y1 >= grid.y1
            for other in found
        )
    ]


def _touching(rules: list[Rule]) -> list[list[Rule]]:
    """Groups of rules that touch each other: found by a sweep from top to bottom."""
    parents = list(range(len(rules)))

    def top(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    order = sorted(range(len(rules)), key=lambda place: -rules[place].y1)
    active: list[int] = []
    for place in order:
        rule = rules[place]
        active = [other for other in active if rules[other].y0 <= rule.y1 + NEAR]
        for other in active:
            if rules[other].x0 <= rule.x1 + NEAR and rule.x0 <= rules[other].x1 + NEAR:
                parents[top(place)] = top(other)
        active.append(place)
    groups: dict[int, list[Rule]] = {}
    for place, rule in enumerate(rules):
        groups.setdefault(top(place), []).append(rule)
    return list(groups.values())


def _places(values: list[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
        else:
            places[-1] = (places[-1] + value) / 2
    return places
