"""The cells of an OpenDocument sheet as a person sees them: of the first sheet that is shown and says something.

In a child on a budget, as `sheet_job` calls it. No Django. Cells and rows that are the same are written once, with how
often: LibreOffice ends a sheet of ten rows with a million empty ones.
"""

import contextlib
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree

from core.budgets import archives
from core.budgets.budgeted_child import No
from core.budgets.xlsx_cells import MOST_COLUMNS, as_typed

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT, STYLE = (f"{_OASIS}{name}:1.0}}" for name in ("office", "table", "text", "style"))
PART = "content.xml"
_NUMBERS = frozenset({"float", "percentage", "currency"})
_CELLS = frozenset({f"{TABLE}table-cell", f"{TABLE}covered-table-cell"})
_GROUPS = frozenset({f"{TABLE}table-row-group", f"{TABLE}table-header-rows", f"{TABLE}table-rows"})
_BESIDE = frozenset({f"{OFFICE}annotation", f"{TEXT}note", f"{TEXT}ruby-text"})

Element = ElementTree.Element


def ods_rows(content: bytes, most: int) -> Iterator[list[str]]:
    """Rows from the first, as far as cells hold something; repeated ones `most` times and one at the most.

    What was merged over several rows stands in each that says something else too. Hidden sheets are not read, hidden
    rows and columns are. content: checked by `archives.check`. Raises No.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ElementTree.fromstring(archive.read(PART))  # noqa: S314 (`check` refused what declares)
    sheets = root.findall(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")
    hidden = {
        style.get(f"{STYLE}name")
        for style in root.iterfind(f"{OFFICE}automatic-styles/{STYLE}style")
        for one in style.iterfind(f"{STYLE}table-properties")
        if one.get(f"{TABLE}display") == "false"
    }
    shown = [sheet for sheet in sheets if sheet.get(f"{TABLE}style-name") not in hidden] or sheets
    if not shown:
        raise No(archives.BROKEN)
    saying = (sheet for sheet in shown if next(_rows(sheet, 1), None) is not None)
    yield from _rows(next(saying, shown[0]), most)


def _rows(sheet: Element, most: int) -> Iterator[list[str]]:
    """Those that say something."""
    merged: dict[int, tuple[int, str]] = {}  # by column how many rows below go on with a cell, and what it says
    for row in _in_groups(sheet):
        times = _count(row, "number-rows-repeated")
        cells = list(_cells(row))
        said = [_said(cell) if cell.tag == f"{TABLE}table-cell" else "" for cell in cells]
        says = any(one.strip() for one in said)
        for column, (left, above) in list(merged.items()):
            if says and column < len(said) and not said[column]:
                said[column] = above
            merged[column] = (left - times, above)
        for column, cell in enumerate(cells):
            below = _count(cell, "number-rows-spanned") - 1
            if below > 0:
                merged[column] = (below, said[column])
        merged = {column: one for column, one in merged.items() if one[0] > 0}
        if says:
            for _ in range(min(times, most + 1)):
                yield list(said)


def _in_groups(holder: Element) -> Iterator[Element]:
    """The rows of a sheet, those that are grouped or repeated on each page of paper among them."""
    for one in holder:
        if one.tag == f"{TABLE}table-row":
            yield one
        elif one.tag in _GROUPS:
            yield from _in_groups(one)


def _cells(row: Element) -> Iterator[Element]:
    """One for each column, MOST_COLUMNS at the most."""
    room = MOST_COLUMNS
    for cell in row:
        if cell.tag in _CELLS:
            times = min(_count(cell, "number-columns-repeated"), room)
            room -= times
            yield from [cell] * times


def _count(one: Element, name: str) -> int:
    said = one.get(f"{TABLE}{name}", "1")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 1


def _said(cell: Element) -> str:
    """What a cell says as a person would type it: days and numbers as they are meant, not as they are shown."""
    kind = cell.get(f"{OFFICE}value-type", "")
    with contextlib.suppress(ValueError):
        if kind in _NUMBERS:
            return as_typed(float(cell.get(f"{OFFICE}value", "")))
        if kind == "date":
            return as_typed(datetime.fromisoformat(cell.get(f"{OFFICE}date-value", "")))
        if kind == "boolean":
            return as_typed(cell.get(f"{OFFICE}boolean-value") == "true")
    said = "\n".join("".join(_letters(one)) for one in cell.findall(f"{TEXT}p"))
    return said or cell.get(f"{OFFICE}string-value", "") or cell.get(f"{TABLE}formula", "").partition(":")[2]


def _letters(one: Element) -> Iterator[str]:
    match one.tag.removeprefix(TEXT):
        case "s":
            said = one.get(f"{TEXT}c", "1")
            yield " " * min(int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 1, 100)
        case "tab":
            yield "\t"
        case "line-break":
            yield "\n"
    yield one.text or ""
    for child in one:
        if child.tag not in _BESIDE:
            yield from _letters(child)
        yield child.tail or ""
