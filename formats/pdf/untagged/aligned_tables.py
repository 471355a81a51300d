"""Tables without rules: parts of lines that begin in the same places on line after line. Pure.

Where lines are read from the right, all lengths are mirrored first, so that a cell begins at its left.
"""

import itertools
from dataclasses import dataclass
from statistics import median

from formats.pdf.page.model import Word
from formats.pdf.untagged.grid import Grid
from formats.pdf.untagged.lines import BETWEEN_PARTS, LINES_OF_COLUMN, Line

SAME = 4.0  # points between beginnings of cells of one column
BETWEEN_ROWS = 2.4  # of the size of type
FULL = 0.75  # of the longest line of a column: where most are this long,
LETTERS = 18  # and have as many letters, they are a column of text rather than cells
LINES_OF_PARAGRAPHS = 3  # at the least, of most; cells are shorter
JUSTIFIED = 0.4  # of the lines of a column: where as many fill it from edge to edge, it is text
PADDING = 0.9  # of the size of type, between a cell and the next: Word's 5.4 points on both sides, at 12 points
ONE_CELL = 1.15  # of the least step from line to line: lines of one cell,
APART = 1.2  # and rows that stand apart
MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class _Row:
    """Parts of one baseline from the side where they are read, and the mirrored places of their words."""

    lines: list[Line]
    turned: bool

    @property
    def words(self) -> list[Word]:
        return [word for line in self.lines for word in line.words]

    def begin(self, thing: Line | Word) -> float:
        return -thing.x1 if self.turned else thing.x0

    def end(self, thing: Line | Word) -> float:
        return -thing.x0 if self.turned else thing.x1

    @property
    def y0(self) -> float:
        return min(line.y0 for line in self.lines)

    @property
    def y1(self) -> float:
        return max(line.y1 for line in self.lines)


def aligned_tables(lines: list[Line]) -> list[tuple[Grid, list[Line]]]:
    """Tables of a page, each with the lines that are in it."""
    texts = [line for line in lines if line.words]
    turned = sum(line.is_right_to_left for line in texts) * 2 > len(texts) > 0
    rows = _rows(texts, turned=turned)
    found: list[tuple[Grid, list[Line]]] = []
    taken: set[int] = set()
    for whole in reversed(_runs(rows)):  # from the last, since a table takes the lines of its head above it
        free = [row for row in whole if id(row) not in taken]
        if not _is_run(free):
            continue
        run = _with_head(free, rows)
        tables = []
        for part in _parted(run):
            table = _table(part)
            if table is not None:
                tables.append((table, [line for row in part for line in row.lines]))
                taken.update(map(id, part))
        found[:0] = tables
    return found


def _rows(lines: list[Line], *, turned: bool) -> list[_Row]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-line.y0, line.x0)):
        last = rows[-1][0] if rows else None
        if last is not None and min(last.y1, line.y1) - max(last.y0, line.y0) > 0.5 * min(
            last.y1 - last.y0, line.y1 - line.y0
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_Row(sorted(row, key=lambda line: -line.x1 if turned else line.x0), turned) for row in rows]


def _runs(rows: list[_Row]) -> list[list[_Row]]:
    """Rows that follow each other closely, from the first to the last that has several parts; what stands in one part
    between them must stand in one column."""
    runs: list[list[_Row]] = []
    run: list[_Row] = []
    for row in rows:
        if run and (run[-1].y0 - row.y0 > BETWEEN_ROWS * row.lines[0].size or not _joins(run, row)):
            runs.append(run)
            run = []
        if run or len(row.lines) > 1:
            run.append(row)
    if run:
        runs.append(run)
    return list(filter(_is_run, map(_without_text_below, runs)))


def _without_text_below(run: list[_Row]) -> list[_Row]:
    """A run without lines in one part at its end, which are of no cell above them: where rows stand apart, lines of a
    cell are closer."""
    steps = [one.y0 - other.y0 for one, other in itertools.pairwise(run)]
    close = min(steps, default=0.0)
    last = len(run)
    if steps and max(steps) > APART * close:
        while last > 1 and len(run[last - 1].lines) == 1 and steps[last - 2] > ONE_CELL * close:
            last -= 1
    return run[:last]


def _is_run(rows: list[_Row]) -> bool:
    return 2 <= len(rows) <= MOST_ROWS and sum(len(row.lines) > 1 for row in rows) >= 2


def _with_head(run: list[_Row], rows: list[_Row]) -> list[_Row]:
    """A run with the lines above it in which only some cells of its head stand, as where heads stand at the foot of
    their row: they are as close as lines of one cell, and rows stand further apart."""
    step = max(one.y0 - other.y0 for one, other in itertools.pairwise(run))
    begins = _columns(run)
    place = next(at for at, row in enumerate(rows) if row is run[0])
    while place and len(begins) > 1:
        row = rows[place - 1]
        if (row.y0 - run[0].y0) * APART > step or not _is_of_head(row, begins):
            break
        run = [row, *run]
        place -= 1
    return run


def _is_of_head(row: _Row, begins: list[float]) -> bool:
    """Whether its parts begin where columns do, and end before the next."""
    for line in row.lines:
        column = next((at for at, begin in enumerate(begins) if abs(row.begin(line) - begin) <= SAME), None)
        if column is None or (column + 1 < len(begins) and row.end(line) > begins[column + 1]):
            return False
    return len(row.lines) < len(begins)


def _parted(run: list[_Row]) -> list[list[_Row]]:
    """A second table begins where a second head stands: in bold, as the first row is, below others that are not."""
    parts: list[list[_Row]] = [[]]
    bold = [all(line.is_bold for line in row.lines) for row in run]
    for place, row in enumerate(run):
        last = not any(not other for other in bold[place:])
        if place and bold[0] and bold[place] and not bold[place - 1] and len(row.lines) > 1 and not last:
            parts.append([])
        parts[-1].append(row)
    return [part for part in parts if len(part) > 1]


def _joins(run: list[_Row], row: _Row) -> bool:
    """Whether a row can be one of the table: no part of it begins before or runs across the columns there are."""
    begins = [other.begin(word) for other in run if len(other.lines) > 1 for word in other.words]
    if row.begin(row.lines[0]) < min(begins) - SAME:
        return False
    own = [row.begin(line) for line in row.lines]
    if not any(abs(place - other) <= SAME for place in own for other in begins):
        return False
    seconds = [other.begin(other.lines[1]) for other in run if len(other.lines) > 1]
    after_first = min(seconds)
    first = row.lines[0]
    return len(row.lines) > 1 or row.begin(first) >= after_first - SAME or row.end(first) < after_first


def _table(run: list[_Row]) -> Grid | None:
    begins = _columns(run)
    if len(begins) < 2:
        return None
    placed = [_placed(row, begins) for row in run]
    if any(cells is None for cells in placed):
        return None
    rows = [cells for cells in placed if cells is not None]
    widths = [other - one for one, other in itertools.pairwise(begins)]
    right = max(max(row.end(line) for row in run for line in row.lines), begins[-1] + median(widths))
    if _is_text_in_columns(run, rows, [*begins, right]):
        return None
    xs = [*begins, right]
    groups = _cell_rows(run, rows, xs)
    if len(groups) < 2:
        return None
    turned = run[0].turned
    edges = sorted(-x for x in xs) if turned else xs
    grid = Grid(edges, [run[0].y1, *[run[group[0]].y1 for group in groups[1:]], run[-1].y0])
    for number, group in enumerate(groups):
        for place in group:
            for column, words in rows[place].items():
                seen = len(begins) - 1 - column if turned else column
                grid.cells.setdefault((number, seen), []).extend(words)
    return grid


def _columns(run: list[_Row]) -> list[float]:
    """Where columns begin: places at which parts of several rows do, or what stands behind a gap within a part, as
    where a cell is full."""
    places: list[list[float]] = []
    for place in sorted(row.begin(line) for row in run for line in row.lines):
        if places and place - places[-1][0] <= SAME:
            places[-1].append(place)
        else:
            places.append([place])
    wanted = max(2, round(0.25 * len(run)))
    behind = [place for row in run for line in row.lines for place in _behind_gaps(row, line)]

    def count(group: list[float]) -> int:
        return len(group) + sum(abs(place - group[0]) <= SAME for place in behind)

    return [min(group) for group in places if count(group) >= wanted]


def _behind_gaps(row: _Row, line: Line) -> list[float]:
    """Where words of a part begin that stand as far from the word before as cells do."""
    return [
        row.begin(word)
        for before, word in itertools.pairwise(line.words)
        if row.begin(word) - row.end(before) > BETWEEN_PARTS * word.style.size
    ]


def _placed(row: _Row, begins: list[float]) -> dict[int, list[Word]] | None:
    """Words by column; None where some run across a border. A part whose cells touch is cut where a column begins."""
    cells: dict[int, list[Word]] = {}
    for line in row.lines:
        for word in line.words:
            at = row.begin(word)
            if at < begins[0] - SAME:
                return None
            column = sum(begin <= at + SAME for begin in begins) - 1
            if column + 1 < len(begins) and row.end(word) > begins[column + 1] + SAME:
                return None
            cells.setdefault(column, []).append(word)
    return cells


def _is_text_in_columns(run: list[_Row], rows: list[dict[int, list[Word]]], xs: list[float]) -> bool:
    """Columns of a newspaper: lines that fill them, one below the other, and whose paragraphs end where they like. In a
    table the cells of a row begin together, and few are as long as paragraphs."""
    if len(rows) < 4:
        return False
    full: list[list[float]] = []  # of columns that lines fill: how high these stand
    justified = 0
    for column in range(len(xs) - 1):
        parts = [(place, cells[column]) for place, cells in enumerate(rows) if column in cells]
        justified += _is_justified(run, parts)
        widths = [max(run[place].end(word) for word in words) - xs[column] for place, words in parts]
        letters = [sum(len(word.text) for word in words) for _, words in parts]
        if parts and median(widths) > FULL * max(widths) and median(letters) >= LETTERS:
            full.append([words[0].y0 for _, words in parts])
    if justified > 1:
        return True
    if len(full) < 2:
        return False
    gaps = [_gaps(heights) for heights in full]
    together = [gap for gap in gaps[0] if all(any(abs(gap - other) <= SAME for other in each) for each in gaps[1:])]
    if max(map(len, gaps)) >= 2 * len(together) + 1:
        return True
    fills = sum(map(len, full)) >= FULL * sum(map(len, rows))
    return (not together or fills) and min(map(len, full)) >= LINES_OF_PARAGRAPHS * (len(together) + 1)


def _is_justified(run: list[_Row], parts: list[tuple[int, list[Word]]]) -> bool:
    """Whether lines of several words begin and end at the same places, and do not all say the same."""
    spans: dict[tuple[int, int], list[str]] = {}
    for place, words in parts:
        if len(words) > 1:
            span = round(min(map(run[place].begin, words))), round(max(map(run[place].end, words)))
            spans.setdefault(span, []).append(" ".join(word.text for word in words))
    most = max(spans.values(), key=len, default=[])
    return len(set(most)) >= LINES_OF_COLUMN and len(most) >= JUSTIFIED * len(parts)


def _gaps(heights: list[float]) -> list[float]:
    """Where lines stand further apart than most."""
    steps = [one - other for one, other in itertools.pairwise(heights)]
    usual = median(steps) if steps else 0.0
    return [height for height, step in zip(heights[1:], steps, strict=True) if step > 1.25 * usual]


def _cell_rows(run: list[_Row], rows: list[dict[int, list[Word]]], xs: list[float]) -> list[list[int]]:
    """Which lines are of one row: those whose first words had no room on the line before, in every cell; or, where
    rows stand apart, those that are close."""
    steps = [round(one.y0 - other.y0, 1) for one, other in itertools.pairwise(run)]
    close = min(steps)
    parted = max(steps) > APART * close
    groups = [[0]]
    for place in range(1, len(rows)):
        last, cells = rows[place - 1], rows[place]
        wraps = _had_no_room(run[place], last, cells, xs)
        if parted:
            near = run[place - 1].y0 - run[place].y0 <= ONE_CELL * close
            at_foot = len(groups) == 1 and set(last) < set(cells)  # of a head whose cells end on one line
            goes_on = near and (wraps or at_foot or len(cells) < len(xs) - 1)
        else:
            goes_on = wraps and len(cells) < len(xs) - 1
        if goes_on:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _had_no_room(row: _Row, last: dict[int, list[Word]], cells: dict[int, list[Word]], xs: list[float]) -> bool:
    for column, words in cells.items():
        if column not in last:
            return False
        end = max(row.end(word) for word in last[column])
        space = 0.25 * words[0].style.size
        if end + space + (words[0].x1 - words[0].x0) < xs[column + 1] - PADDING * words[0].style.size:
            return False
    return True
