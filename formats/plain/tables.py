"""Tables that are typed: cells parted by tabs, by upright strokes, or by the signs that draw boxes. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from formats.plain.list_and_heading_markers import marker_of

_UPRIGHT = "│┃║┆┇┊┋╎╏"
_ACROSS = "─━═┄┅┈┉╌╍"
_BOX = str.maketrans(
    {**dict.fromkeys(_UPRIGHT, "|"), **dict.fromkeys(_ACROSS, "-")}
    | {chr(code): "+" for code in range(0x250C, 0x256D) if chr(code) not in _UPRIGHT + _ACROSS}
    | dict.fromkeys("╭╮╯╰", "+")
)
_RULE = re.compile(r"[|+](?=[^-=]*[-=])[-=+:| ]+[|+]|:?[-=]+:? *(?:[|+] *:?[-=]+:? *)+")
_FRAME = re.compile(r"\+[-=+:]+\+")
_STROKES = re.compile(rf"[|+{_UPRIGHT}\u250c-\u256c\u256d-\u2570]")
_STROKE = re.compile(r"(?<!\\)\|")
FRAME_RULES = 3  # above and below a table and below its head; with more, each row has one


@dataclass(frozen=True, slots=True)
class TypedTable:
    """lines: how many it takes. rows: of one width. sure: whether the table itself says which rows are its head."""

    lines: int
    rows: list[list[str]]
    header_rows: int
    sure: bool
    header_column: bool = False


def table_at(lines: Sequence[str], start: int = 0, *, each_row_ruled: bool = False) -> TypedTable | None:
    """The table that begins with this one of the lines, none of which is empty.

    each_row_ruled: whether a frame has a rule below each row, as Markdown has it; else its rules are counted.
    """
    first = lines[start]
    if "\t" in first.strip():
        return _of_tabs(first, lines, start)
    return (
        _of_strokes(first, (lines[place] for place in range(start, len(lines))), each_row_ruled)
        if _STROKES.search(first)
        else None
    )


def _of_tabs(begin: str, lines: Sequence[str], start: int) -> TypedTable | None:
    for between in (r"\t", r"\t+"):
        first = _parted(begin, between)
        if len([cell for cell in first if cell]) < 2 or (len(first) == 2 and marker_of(begin) is not None):
            continue
        rows = [first]
        for place in range(start + 1, len(lines)):
            cells = _parted(lines[place], between)
            if len(cells) != len(first):
                break
            rows.append(cells)
        if len(rows) > 1:
            return _guessed(len(rows), rows)
    return None


def _guessed(lines: int, rows: list[list[str]]) -> TypedTable:
    """The first row is the head, unless it begins with a number, or each row with a name and a colon."""
    named = all(row[0].endswith((":", "：")) for row in rows)
    headless = named or bool(re.fullmatch(r"\W*\d[\d.,)]*\W*", rows[0][0]))
    return TypedTable(lines, rows, 0 if headless else 1, False, named)


def _parted(line: str, between: str) -> list[str]:
    return [cell.strip() for cell in re.split(between, line.strip(" \r\n"))]


def _of_strokes(first: str, lines: Iterable[str], each_row_ruled: bool) -> TypedTable | None:
    framed = bool(_FRAME.fullmatch(first.translate(_BOX).strip()))
    regions: list[list[list[str]]] = [[]]
    rules = taken = width = 0
    heads = 0  # regions above a double rule
    for line in lines:
        line = line.translate(_BOX).strip()
        if _RULE.fullmatch(line):
            if "=" in line and not heads:
                heads = len([region for region in regions if region])
            if regions[-1]:
                regions.append([])
            rules += 1
        else:
            cells = _cells(line)
            if len(cells) < 2 and not (framed and line.startswith("|")):
                break
            if not framed and width and len(cells) != width:
                break
            width = max(width, len(cells))
            regions[-1].append(cells)
        taken += 1
    found = [region for region in regions if region]
    if sum(map(len, found)) < 2 or (framed and rules < 2):
        return None
    grid = framed and (each_row_ruled or rules > FRAME_RULES)
    told = [[_as_row(region)] if grid else _with_ends(region) for region in found]
    header_rows = sum(len(region) for region in told[:heads]) if heads else (len(told[0]) if len(told) > 1 else 1)
    sure = bool(heads) or (len(told) == 2 and not grid)
    rows = [[*row, *[""] * (width - len(row))] for region in told for row in region]
    if not any(rows[0]):
        rows, header_rows = rows[1:], max(header_rows - 1, 0)
    if not rows or not rules:
        return _guessed(taken, rows) if rows else None
    return TypedTable(taken, rows, min(header_rows, len(rows)), sure)


def _cells(line: str) -> list[str]:
    if line.startswith("|"):
        line = line[1:]
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _STROKE.split(line)]


def _as_row(lines: list[list[str]]) -> list[str]:
    width = max(map(len, lines))
    return [" ".join(line[place] for line in lines if place < len(line) and line[place]) for place in range(width)]


def _with_ends(lines: list[list[str]]) -> list[list[str]]:
    """A line that begins with an empty cell goes on with the row above it."""
    rows: list[list[list[str]]] = []
    for line in lines:
        if rows and not line[0] and any(line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_as_row(row) for row in rows]
