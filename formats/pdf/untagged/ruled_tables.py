"""Tables that are ruled: cells between lines across and down. Pure."""

from formats.pdf.page.model import Page, Rule
from formats.pdf.untagged.grid import Grid

NEAR = 3.0  # points
MOST_RULES = 6000  # on a page; more is a drawing


def grids_of(page: Page) -> list[Grid]:
    """At least two cells side by side or one above the other, both directions ruled."""
    rules = page.rules
    if not rules or len(rules) > MOST_RULES:
        return []
    found = []
    for group in _touching(rules):
        down, across = [rule for rule in group if not rule.across], [rule for rule in group if rule.across]
        xs = _places([(rule.x0 + rule.x1) / 2 for rule in down])
        ys = _places([(rule.y0 + rule.y1) / 2 for rule in across])
        if len(xs) >= 3 and len(ys) >= 2 and len(xs) < 40 and len(ys) < 300:
            found += _tables(xs, ys[::-1], down, across)
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


def _tables(xs: list[float], ys: list[float], down: list[Rule], across: list[Rule]) -> list[Grid]:
    """Tables that touch each other, parted where the columns of one row are not among those of the next."""
    rows = [_edges(xs, ys[row], ys[row + 1], down) for row in range(len(ys) - 1)]
    grids: list[Grid] = []
    start = 0
    held: set[float] = set()
    for row, edges in enumerate([*rows, set[float]()]):
        fits = edges and (not held or edges <= held or held <= edges)
        if fits:
            held |= edges
            continue
        if len(held) >= 3:
            grids.append(_grid(sorted(held), ys[start : row + 1], rows[start:row], across))
        start, held = row, set(edges)
    return grids


def _edges(xs: list[float], top: float, bottom: float, down: list[Rule]) -> set[float]:
    """Which edges of columns are drawn along the middle of a row."""
    middle = (top + bottom) / 2
    drawn = [(rule.x0 + rule.x1) / 2 for rule in down if rule.y0 <= middle <= rule.y1]
    return {x for x in xs if any(abs(x - place) <= NEAR for place in drawn)}


def _grid(xs: list[float], ys: list[float], rows: list[set[float]], across: list[Rule]) -> Grid:
    grid = Grid(xs, ys)
    for row, edges in enumerate(rows):
        for column in range(len(xs) - 1):
            owner = (row, column)
            if column and xs[column] not in edges:
                owner = grid.owners.get((row, column - 1), (row, column - 1))
            elif row and not _is_drawn(ys[row], (xs[column] + xs[column + 1]) / 2, across):
                owner = grid.owners.get((row - 1, column), (row - 1, column))
            if owner != (row, column):
                grid.owners[row, column] = owner
    return grid


def _is_drawn(y: float, x: float, across: list[Rule]) -> bool:
    return any(abs((rule.y0 + rule.y1) / 2 - y) <= NEAR and rule.x0 <= x <= rule.x1 for rule in across)


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
