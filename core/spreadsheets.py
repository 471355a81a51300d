"""Spreadsheets: CSV and XLSX written so that no program runs a cell, and read as text within limits."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters by which spreadsheet programs take a cell for a formula (OWASP, "CSV Injection"), the full-width
forms included."""


def cell(value: Any) -> str:
    """A value as text. Moments are ISO 8601 in UTC; text that would run as a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value, timezone.get_fixed_timezone(0)).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def as_csv(headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> str:
    return "".join(csv_lines(headings, rows))


def csv_lines(headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The rows below their headings, with the byte order mark by which spreadsheet programs know UTF-8."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow([cell(heading) for heading in headings])
    yield out.getvalue()
    for row in rows:
        out.seek(0)
        out.truncate()
        writer.writerow([cell(value) for value in row])
        yield out.getvalue()


MOST_ROWS = 5_000
MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why one row cannot be taken. row: from 1. comment: what names the row, or what stood in its place."""

    row: int
    comment: str
    reason: str


class SheetError(Exception):
    """A file is no sheet, is too large, or holds rows that cannot be taken. `problems` lists each."""

    def __init__(self, problems: list[RowProblem]) -> None:
        super().__init__("; ".join(problem.reason for problem in problems))
        self.problems = problems


def plain_cell(value: Any) -> str:
    """The text of a cell that `core.spreadsheets.cell` wrote."""
    text = "" if value is None else str(value)
    return text[1:] if text[:1] == "'" and text[1:].startswith(STARTS_A_FORMULA) else text


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    return as_csv(columns, rows).encode()


def to_xlsx(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Every cell a string of its own type: it is never a formula, a date or a link."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for row in (columns, *rows):
        sheet.append([_string_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _string_cell(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=_xml_safe("" if value is None else str(value)))
    cell.data_type = "s"
    return cell


def _xml_safe(text: str) -> str:
    """Without the controls that XML 1.0 cannot hold; 32,767 signs is what a cell holds."""
    return "".join(sign for sign in text if sign in "\t\n\r" or sign >= " ")[:32_767]


def read_rows(name: str, content: bytes) -> list[list[str]]:
    """The cells of a CSV or XLSX file as text, formulas as they are written and never computed. Raises SheetError."""
    if len(content) > MOST_BYTES:
        raise SheetError([RowProblem(0, name[:60], _("The file is larger than 10 MB."))])
    try:
        rows = _xlsx_rows(content) if content[:2] == b"PK" else _csv_rows(content)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, csv.Error, OSError, SyntaxError) as error:
        raise SheetError([RowProblem(0, name[:60], _("This is not a sheet that can be read."))]) from error
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if len(rows) > MOST_ROWS:
        raise SheetError([RowProblem(0, name[:60], _("The sheet has more than %d rows.") % MOST_ROWS)])
    return rows


def _xlsx_rows(content: bytes) -> list[list[str]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    sheet = book.worksheets[0]
    rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=40, values_only=True)
    return [["" if value is None else str(value) for value in row] for row in rows]


def _csv_rows(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig", errors="strict")
    if "\x00" in text:
        raise ValueError("binary")
    try:
        dialect: Any = csv.Sniffer().sniff(text[:4096], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    return [list(row) for row in csv.reader(io.StringIO(text), dialect)]
