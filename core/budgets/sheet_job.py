"""The cells of a sheet, in a child on a budget: what is foreign is parsed here and nowhere else. No Django."""

import csv
import io
from typing import Any
from zipfile import BadZipFile

from core.budgets import archives
from core.budgets.budgeted_child import No

MOST_COLUMNS = 40


def rows(content: bytes, *, most: int) -> tuple[list[list[str]], bytes]:
    """The rows that hold something, one more than `most` at the most. Raises No."""
    try:
        found = _xlsx_rows(content, most) if content[:2] == b"PK" else _csv_rows(content)
        return [row for row in found if any(cell.strip() for cell in row)][: most + 1], b""
    except (BadZipFile, KeyError, ValueError, IndexError, csv.Error, OSError, SyntaxError) as error:
        raise No(archives.BROKEN) from error


def _xlsx_rows(content: bytes, most: int) -> list[list[str]]:
    archives.check(content)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except (InvalidFileException, TypeError, AttributeError) as error:
        raise No(archives.BROKEN) from error
    sheet: Any = book.worksheets[0]
    found = sheet.iter_rows(max_row=most + 2, max_col=MOST_COLUMNS, values_only=True)
    return [["" if value is None else str(value) for value in row] for row in found]


def _csv_rows(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig", errors="strict")
    if "\x00" in text:
        raise ValueError("binary")
    try:
        dialect: Any = csv.Sniffer().sniff(text[:4096], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    return [list(row)[:MOST_COLUMNS] for row in csv.reader(io.StringIO(text), dialect)]
