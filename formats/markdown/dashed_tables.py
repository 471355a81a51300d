"""Tables whose columns stand below dashes, as pandoc writes and reads them. Pure.

Year   Reports            The dashes tell where columns begin; without a line above them the table has no head.
------ --------           With dashes over its whole width above and below, rows are parted by empty lines.
  2097    1,204
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

_COLUMNS = re.compile(r" *-{2,}(?: +-{2,})+ *")
_WHOLE = re.compile(r" *-{5,} *")
MOST_HEAD_LINES = 8
MOST_LINES = 5_000


@dataclass(frozen=True, slots=True)
class DashedTable:
    """lines: how many it takes. rows: of one width; the first is the head, empty where it has none."""

    lines: int
    rows: list[list[str]]


def dashed_table_at(lines: Sequence[str], start: int) -> DashedTable | None:
    """The table that begins with a line that follows an empty one."""
    if not lines[start].strip() or (start and lines[start - 1].strip()):
        return None
    if _WHOLE.fullmatch(lines[start]):
        return _of_several_lines(lines, start)
    if _COLUMNS.fullmatch(lines[start]):
        return _without_head(lines, start)
    if start + 1 < len(lines) and _COLUMNS.fullmatch(lines[start + 1]):
        return _simple(lines, start)
    return None


def _simple(lines: Sequence[str], start: int) -> DashedTable | None:
    begins = _begins(lines[start + 1])
    end = start + 2
    while end < len(lines) and lines[end].strip() and not _is_dashes(lines[end]):
        end += 1
    rows = _rows([lines[start], *lines[start + 2 : end]], begins)
    closed = end < len(lines) and _is_dashes(lines[end])
    return DashedTable(end + closed - start, rows) if rows is not None and len(rows) > 1 else None


def _without_head(lines: Sequence[str], start: int) -> DashedTable | None:
    end = start + 1
    while end < len(lines) and lines[end].strip() and not _is_dashes(lines[end]):
        end += 1
    if end == len(lines) or not _COLUMNS.fullmatch(lines[end]):
        return None
    rows = _rows(lines[start + 1 : end], _begins(lines[start]))
    return DashedTable(end + 1 - start, [[""] * len(rows[0]), *rows]) if rows else None


def _of_several_lines(lines: Sequence[str], start: int) -> DashedTable | None:
    ruler = start + 1
    while ruler < min(len(lines), start + MOST_HEAD_LINES) and lines[ruler].strip() and not _is_dashes(lines[ruler]):
        ruler += 1
    if ruler >= len(lines) or ruler == start + 1 or not _COLUMNS.fullmatch(lines[ruler]):
        return None
    end = next(
        (place for place in range(ruler + 1, min(len(lines), ruler + MOST_LINES)) if _WHOLE.fullmatch(lines[place])), 0
    )
    if not end:
        return None
    begins = _begins(lines[ruler])
    told: list[list[str]] = []
    inside = lines[ruler + 1 : end]
    groups = [lines[start + 1 : ruler]]
    groups += [list(group) for said, group in itertools.groupby(inside, lambda line: bool(line.strip())) if said]
    for group in groups:
        rows = _rows(group, begins)
        if rows is None:
            return None
        told.append([" ".join(filter(None, column)) for column in zip(*rows, strict=True)])
    return DashedTable(end + 1 - start, told) if len(told) > 1 else None


def _is_dashes(line: str) -> bool:
    return bool(_COLUMNS.fullmatch(line) or _WHOLE.fullmatch(line))


def _begins(ruler: str) -> list[int]:
    return [found.start() for found in re.finditer("-+", ruler)]


def _rows(lines: Sequence[str], begins: list[int]) -> list[list[str]] | None:
    """The cells of each line; None where words stand across the beginning of a column."""
    ends = [*begins[1:], None]
    rows: list[list[str]] = []
    for line in lines:
        line = line.expandtabs(4)
        if any(begin <= len(line) and line[begin - 1 : begin].strip() for begin in begins[1:]):
            return None
        rows.append([line[0 if not place else begin : end].strip() for place, (begin, end) in
                     enumerate(zip(begins, ends, strict=True))])  # fmt: skip
    return rows
