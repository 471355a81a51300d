"""Tables that are ruled: cells between lines across and down. Pure."""

from formats.pdf.page.content import Page, Rule
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
