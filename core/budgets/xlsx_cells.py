"""The cells of an XLSX workbook as a person sees them: of the first sheet that is shown, with what formulas came to.

In a child on a budget, as `sheet_job` calls it. No Django. Of openpyxl's way for large sheets, which knows no merged
cells and no end, the rest is read off the sheet's own XML.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from core.budgets import archives
from core.budgets.budgeted_child import No

MOST_COLUMNS = 40
MOST_MERGED = 10_000  # ranges of merged cells that are looked at
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=\"(\d{1,7})\"")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=\"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})\"")


def xlsx_rows(content: bytes, most: int) -> Iterator[list[str]]:
    """Rows from the first, empty ones included, as far as cells hold something. most: rows of merged cells looked at.

    Of a formula the value that its program kept, else the formula as it was written; nothing is computed. What was
    merged over several rows stands in each that says something else too. Hidden sheets are not read, hidden rows and
    columns are. content: checked by `archives.check`. Raises No.
    """
    shown = _sheets(content, data_only=True)
    saying = ((place, xml) for place, sheet in enumerate(shown) if _VALUE.search(xml := _xml(content, sheet)))
    place, xml = next(saying, None) or (0, _xml(content, shown[0]))
    merged = _merged(xml, most)
    limits = {"max_row": _last_row(xml), "max_col": MOST_COLUMNS, "values_only": True}
    found = shown[place].iter_rows(**limits)
    if _FORMULA.search(xml):
        written = _sheets(content, data_only=False)[place]
        found = map(_with_formulas, found, written.iter_rows(**limits))
    above: dict[int, str] = {}
    for number, values in enumerate(found, 1):
        if number not in merged and values.count(None) == len(values):
            yield []  # at once: a million of them may stand between two rows that say something
            continue
        row = [as_typed(value) for value in values]
        says = any(cell.strip() for cell in row)
        for column, goes_on in merged.get(number, ()):
            if column < len(row):
                if not goes_on:
                    above[column] = row[column]
                elif says and not row[column]:
                    row[column] = above.get(column, "")
        yield row


def _sheets(content: bytes, *, data_only: bool) -> list[Any]:
    """Those that are shown."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    except (InvalidFileException, TypeError, AttributeError) as error:
        raise No(archives.BROKEN) from error
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets[:1]


def _xml(content: bytes, sheet: Any) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(sheet._worksheet_path)


def _last_row(xml: bytes) -> int | None:
    """The last that holds something: programs write as many empty ones below it as were ever coloured. None where
    rows have no numbers."""
    end = max(xml.rfind(b"</v>"), xml.rfind(b":v>"), xml.rfind(b"</is>"), xml.rfind(b":is>"))
    begin = max(xml.rfind(b"<row", 0, max(end, 0)), xml.rfind(b":row ", 0, max(end, 0)) - 10)
    numbers = _ROW.findall(xml, max(begin, 0), max(end, 0))
    return int(numbers[-1]) if numbers else None


def _merged(xml: bytes, most: int) -> dict[int, list[tuple[int, bool]]]:
    """Columns, from 0, with cells merged downwards, by the number of a row; and whether they begin above it."""
    from openpyxl.utils import column_index_from_string

    found: dict[int, list[tuple[int, bool]]] = {}
    for place, match in enumerate(_MERGED.finditer(xml)):
        column, first, last = column_index_from_string(match[1].decode()) - 1, int(match[2]), int(match[3])
        if place == MOST_MERGED:
            break
        if column < MOST_COLUMNS:
            for number in range(first, min(last, first + most) + 1):
                found.setdefault(number, []).append((column, number > first))
    return found


def _with_formulas(values: Sequence[Any], written: Sequence[Any]) -> list[Any]:
    return [other if value is None else value for value, other in zip(values, written, strict=True)]


def as_typed(value: Any) -> str:
    """A cell as a person would type it: a day is its ISO date, a whole number has no decimals."""
    match value:
        case None:
            return ""
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value)
