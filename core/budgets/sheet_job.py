"""The cells of a sheet, in a child on a budget: what is foreign is parsed here and nowhere else. No Django."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from zipfile import BadZipFile

from core.budgets import archives
from core.budgets.budgeted_child import No
from core.charset import decoded

MOST_COLUMNS = 40
DELIMITERS = ("\t", ";", ",")
"""Excel writes tabs for "Unicode text", semicolons where the comma parts a number's decimals, else commas."""
LOOKED_AT = 100  # rows by which the delimiter is told
_NAMED = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)  # a first line by which Excel is told the delimiter
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")


def rows(content: bytes, *, most: int) -> tuple[list[list[str]], bytes]:
    """The rows that hold something, one more than `most` at the most. Raises No."""
    try:
        found = _xlsx_rows(content, most) if content[:2] == b"PK" else _text_rows(content)
        filled = (row for row in found if any(cell.strip() for cell in row))
        return list(islice(filled, most + 1)), b""
    except (BadZipFile, KeyError, ValueError, IndexError, csv.Error, OSError, SyntaxError) as error:
        raise No(archives.BROKEN) from error


def _xlsx_rows(content: bytes, most: int) -> Iterator[list[str]]:
    archives.check(content)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except (InvalidFileException, TypeError, AttributeError) as error:
        raise No(archives.BROKEN) from error
    sheet: Any = book.worksheets[0]
    found = sheet.iter_rows(max_row=most + 2, max_col=MOST_COLUMNS, values_only=True)
    return ([as_typed(value) for value in row] for row in found)


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


def _text_rows(content: bytes) -> Iterator[list[str]]:
    """In whatever charset and with whatever delimiter a program of the office saves its sheet."""
    text = decoded(content).text
    if _NO_TEXT.search(text):
        raise ValueError("no text")
    named = _NAMED.match(text)
    text = text[named.end() :] if named else text.removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=named[1] if named else _delimiter(text))
    return ([*row][:MOST_COLUMNS] for row in reader)


def _delimiter(text: str) -> str:
    """The one by which most rows have the same number of cells, more than one; with which they have most cells."""

    def fitness(delimiter: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            widths = Counter(len(row) for row in islice(reader, LOOKED_AT) if row)
        except csv.Error:
            return 0.0, 0
        width, rows = max(widths.items(), key=lambda found: found[::-1], default=(1, 0))
        return (rows / widths.total(), width) if width > 1 else (0.0, 0)

    return max(DELIMITERS, key=fitness) if any(fitness(each)[1] for each in DELIMITERS) else ","
