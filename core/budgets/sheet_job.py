"""The cells of a sheet, in a child on a budget: what is foreign is parsed here and nowhere else. No Django."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from zipfile import BadZipFile

from core.budgets import archives
from core.budgets.budgeted_child import No
from core.budgets.ods_cells import PART, ods_rows
from core.budgets.xlsx_cells import MOST_COLUMNS, xlsx_rows
from core.charset import decoded

DELIMITERS = ("\t", ";", ",")
"""Excel writes tabs for "Unicode text", semicolons where the comma parts a number's decimals, else commas."""
WORKBOOK = "xl/workbook.xml"
LOOKED_AT = 100  # rows by which the delimiter is told
_NAMED = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)  # a first line by which Excel is told the delimiter
UNCLOSED = "unclosed"
"""Reason: a quotation mark that nothing closes; with the number of its row."""
_END = "\x1e"
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")


def rows(content: bytes, *, most: int) -> tuple[list[list[str]], bytes]:
    """The rows that hold something, one more than `most` at the most. Raises No."""
    try:
        found = _packed_rows(content, most) if content[:2] == b"PK" else _text_rows(content)
        filled = (row for row in found if any(cell.strip() for cell in row))
        return list(islice(filled, most + 1)), b""
    except (BadZipFile, KeyError, ValueError, IndexError, csv.Error, OSError, SyntaxError) as error:
        raise No(archives.BROKEN) from error


def _packed_rows(content: bytes, most: int) -> Iterator[list[str]]:
    """Of an office document, by what is in it: programs send sheets under other names than their own. Raises No."""
    names = archives.check(content)
    return (ods_rows if PART in names and WORKBOOK not in names else xlsx_rows)(content, most)


def _text_rows(content: bytes) -> Iterator[list[str]]:
    """In whatever charset and with whatever delimiter a program of the office saves its sheet."""
    text = decoded(content).text
    if _NO_TEXT.search(text):
        raise ValueError("no text")
    named = _NAMED.match(text)
    text = text[named.end() :] if named else text.removeprefix("\ufeff")
    delimiter = named[1] if named else _delimiter(text)
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    return _until_the_end(
        csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=delimiter, skipinitialspace=True)
    )


def _until_the_end(reader: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows before _END. Raises No where a quotation mark that nothing closes took the end into its cell."""
    for number, row in enumerate(reader, 1):
        if row and row[-1].endswith(_END) and row != [_END]:
            raise No(UNCLOSED, str(number))
        if row != [_END]:
            yield row[:MOST_COLUMNS]


def _delimiter(text: str) -> str:
    """The one by which most rows have the same number of cells, more than one; with which they have most cells."""

    def fitness(delimiter: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
        try:
            widths = Counter(len(row) for row in islice(reader, LOOKED_AT) if row)
        except csv.Error:
            return 0.0, 0
        width, rows = max(widths.items(), key=lambda found: found[::-1], default=(1, 0))
        return (rows / widths.total(), width) if width > 1 else (0.0, 0)

    return max(DELIMITERS, key=fitness) if any(fitness(each)[1] for each in DELIMITERS) else ","
