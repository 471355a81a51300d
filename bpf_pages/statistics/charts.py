"""Counts by row and column as bars or circles beside their numbers: what the templates of the statistics draw. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from core.bar_segments import stretches

RADIUS = 10
"""Units of the largest circle; the areas of circles are as their counts."""
LEAST = 2
"""Units of the smallest: what is there is seen."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a row or a column stands for. value: as the data name it; address: where a reader finds it, or "".

    is_theme: the words are the editors' own, and the reader's language may have others.
    """

    value: str
    words: str
    address: str = ""
    is_theme: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """start, width: of its part of the bar, in thousandths of the longest bar. radius: of its circle, 0 for none."""

    column: Label
    count: int
    start: int
    width: int
    radius: int


@dataclass(frozen=True, slots=True)
class Row:
    label: Label
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Chart:
    columns: tuple[Label, ...]
    rows: tuple[Row, ...]
    totals: tuple[int, ...]
    total: int


def chart(rows: Sequence[Label], columns: Sequence[Label], counts: Mapping[tuple[str, str], int]) -> Chart:
    """counts: (value of a row, value of a column) to a number. Rows and columns that are empty are left out."""
    kept = [row for row in rows if any(counts.get((row.value, column.value)) for column in columns)]
    seen = tuple(column for column in columns if any(counts.get((row.value, column.value)) for row in rows))
    table = [[counts.get((row.value, column.value), 0) for column in seen] for row in kept]
    longest = max((sum(line) for line in table), default=0)
    largest = max((count for line in table for count in line), default=0)
    return Chart(
        seen,
        tuple(_row(label, seen, line, longest, largest) for label, line in zip(kept, table, strict=True)),
        tuple(sum(line[place] for line in table) for place in range(len(seen))),
        sum(map(sum, table)),
    )


def _row(label: Label, columns: Sequence[Label], line: Sequence[int], longest: int, largest: int) -> Row:
    cells = tuple(
        Cell(column, count, start, width, max(LEAST, round(RADIUS * sqrt(count / largest))) if count else 0)
        for column, count, (start, width) in zip(columns, line, stretches(line, longest), strict=True)
    )
    return Row(label, cells, sum(line))
