"""Lay a declared state machine out as a picture. Pure: states and moves in, boxes and lines in user units out.

The states stand in one column, so that the picture fits a narrow screen. A move to the next state down is a straight
arrow; every other move is a lane beside the column, downward ones at the right, upward ones at the left, and the
sources of one move share its lane. A number on each line refers to the table of moves, which says everything in words.
"""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BOX_WIDTH, BOX_HEIGHT = 160, 64
ROW_HEIGHT = 118  # box and the gap below it, which holds the number of a straight arrow
LANE_WIDTH = 26  # two number badges side by side do not touch
BADGE_RADIUS = 11
MARGIN = 14
ARROW = 7
LINE_HEIGHT = 17
CHARACTERS_A_LINE = 14  # a bold letter at the 15 units of the style sheet takes up to 11, in Cyrillic too


@dataclass(frozen=True, slots=True)
class Step:
    """A move as the picture needs it. number: as in the table beside the picture."""

    number: int
    name: str
    label: str
    sources: frozenset[str]
    target: str


@dataclass(frozen=True, slots=True)
class Box:
    """x, y: the upper corner at the left. lines: (text, y of its middle)."""

    name: str
    x: float
    y: float
    lines: tuple[tuple[str, float], ...]

    @property
    def middle(self) -> float:
        return self.x + BOX_WIDTH / 2


@dataclass(frozen=True, slots=True)
class Line:
    """The drawn form of the edges `source -> step.target` for each of `sources`. path, arrow: SVG path data."""

    step: Step
    sources: tuple[str, ...]
    path: str
    arrow: str
    badge: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Diagram:
    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]

    def edges(self) -> set[tuple[str, str, str]]:
        """(move, source, target) of everything drawn."""
        return {(line.step.name, source, line.step.target) for line in self.lines for source in line.sources}


@dataclass(frozen=True, slots=True)
class _Lane:
    """The sources of one step on one side of the column, by row. depth: 0 is next to the boxes."""

    step: Step
    rows: tuple[int, ...]
    target: int
    depth: int = 0

    @property
    def top(self) -> int:
        return min(*self.rows, self.target)

    @property
    def bottom(self) -> int:
        return max(*self.rows, self.target)

    def ends(self) -> list[tuple[int, bool]]:
        """(row, is the target) of every place where the lane meets the column. A loop meets one box twice."""
        return [(row, False) for row in self.rows] + [(self.target, True)]


def draw(states: Sequence[tuple[str, str]], steps: Iterable[Step]) -> Diagram:
    """states: (name, label) in the order of the column."""
    steps = list(steps)
    row_of = {name: row for row, (name, _label) in enumerate(states)}
    left = _assign_depths(_lanes(steps, row_of, upward=True))
    right = _assign_depths(_lanes(steps, row_of, upward=False))
    left_width = MARGIN + LANE_WIDTH * (1 + max((lane.depth for lane in left), default=-1))
    right_width = MARGIN + LANE_WIDTH * (1 + max((lane.depth for lane in right), default=-1))
    boxes = tuple(_box(name, label, left_width, row) for row, (name, label) in enumerate(states))
    lines = [_straight(step, source, row_of, boxes) for step in steps for source in _next_above(step, row_of)]
    lines += _side(left, boxes, direction=-1) + _side(right, boxes, direction=1)
    lines.sort(key=lambda line: line.step.number)
    height = MARGIN * 2 + ROW_HEIGHT * (len(states) - 1) + BOX_HEIGHT
    return Diagram(left_width + BOX_WIDTH + right_width, height, boxes, tuple(lines))


def _next_above(step: Step, row_of: dict[str, int]) -> list[str]:
    return [source for source in step.sources if row_of[source] == row_of[step.target] - 1]


def _lanes(steps: list[Step], row_of: dict[str, int], *, upward: bool) -> list[_Lane]:
    found = []
    for step in steps:
        target = row_of[step.target]
        rows = sorted(row_of[source] for source in step.sources)
        rows = [row for row in rows if (row > target if upward else row < target - 1 or row == target)]
        if rows:
            found.append(_Lane(step, tuple(rows), target))
    return found


def _assign_depths(lanes: list[_Lane]) -> list[_Lane]:
    """Shorter lanes lie further in; two lanes share a depth where they lie above each other."""
    placed: list[_Lane] = []
    for lane in sorted(lanes, key=lambda lane: (lane.bottom - lane.top, lane.step.number)):
        depth = 0
        while any(other.depth == depth and other.top <= lane.bottom and lane.top <= other.bottom for other in placed):
            depth += 1
        placed.append(_Lane(lane.step, lane.rows, lane.target, depth))
    return placed


def _box(name: str, label: str, x: float, row: int) -> Box:
    y = MARGIN + row * ROW_HEIGHT
    words = textwrap.wrap(label, CHARACTERS_A_LINE, break_long_words=False, break_on_hyphens=False) or [""]
    first = y + BOX_HEIGHT / 2 - LINE_HEIGHT * (len(words) - 1) / 2
    return Box(name, x, y, tuple((line, first + index * LINE_HEIGHT) for index, line in enumerate(words)))


def _straight(step: Step, source: str, row_of: dict[str, int], boxes: Sequence[Box]) -> Line:
    above, below = boxes[row_of[source]], boxes[row_of[step.target]]
    x, start, end = above.middle, above.y + BOX_HEIGHT, below.y
    arrow = f"M{x:g} {end:g}l{-ARROW / 2:g} {-ARROW:g}h{ARROW:g}z"
    return Line(step, (source,), f"M{x:g} {start:g}V{end - ARROW:g}", arrow, (x, (start + end) / 2 - ARROW / 2))


def _side(lanes: list[_Lane], boxes: Sequence[Box], *, direction: int) -> list[Line]:
    """direction: 1 for the right side of the column, -1 for the left."""
    ports = _ports(lanes, boxes)
    return [_lane_line(lane, boxes, ports, direction) for lane in lanes]


def _ports(lanes: list[_Lane], boxes: Sequence[Box]) -> dict[tuple[str, int, bool], float]:
    """Height at which each lane meets each box.

    At one box, lanes that leave upward come first, inner before outer, then those that leave downward, outer before
    inner: so no lane crosses another one at the box they share.
    """
    meetings: dict[int, list[tuple[tuple[int, int], tuple[str, int, bool]]]] = {}
    for lane in lanes:
        for row, is_target in lane.ends():
            downward = row == lane.top and not (lane.top == lane.bottom and is_target)
            order = (1, -lane.depth) if downward else (0, lane.depth)
            if lane.top == lane.bottom:  # a loop: its two ends lie together below the others
                order = (2, int(is_target))
            meetings.setdefault(row, []).append((order, (lane.step.name, row, is_target)))
    ports = {}
    for row, found in meetings.items():
        found.sort()
        gap = BOX_HEIGHT / (len(found) + 1)
        for index, (_order, key) in enumerate(found, start=1):
            ports[key] = boxes[row].y + gap * index
    return ports


def _lane_line(lane: _Lane, boxes: Sequence[Box], ports: dict[tuple[str, int, bool], float], direction: int) -> Line:
    edge = boxes[0].x + (BOX_WIDTH if direction > 0 else 0)
    x = edge + direction * LANE_WIDTH * (lane.depth + 0.75)
    end = ports[lane.step.name, lane.target, True]
    tip = edge + direction * ARROW
    starts = [ports[lane.step.name, row, False] for row in lane.rows]
    path = "".join(f"M{edge:g} {start:g}H{x:g}V{end:g}" for start in starts) + f"H{tip:g}"
    arrow = f"M{edge:g} {end:g}l{direction * ARROW:g} {-ARROW / 2:g}v{ARROW:g}z"
    sources = tuple(boxes[row].name for row in lane.rows)
    return Line(lane.step, sources, path, arrow, (x, _badge_height(lane, [*starts, end])))


def _badge_height(lane: _Lane, heights: list[float]) -> float:
    """In the gap between two boxes that is nearest to the middle of the lane, where no other line meets the column."""
    if lane.top == lane.bottom:
        return sum(heights) / len(heights)
    middle = sum((min(heights), max(heights))) / 2
    gaps = [MARGIN + row * ROW_HEIGHT + (ROW_HEIGHT + BOX_HEIGHT) / 2 for row in range(lane.top, lane.bottom)]
    return min(gaps, key=lambda gap: abs(gap - middle))
