"""Spreadsheets: CSV and XLSX written so that no program runs a cell, and read as text within limits."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.budgets import archives, budgeted, sheet_job

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters by which spreadsheet programs take a cell for a formula (OWASP, "CSV Injection"), the full-width
forms included."""


ENDS_A_CELL = re.compile("([;\t\r\n])")
"""Where half the world's spreadsheet programs end a cell: they take a comma for a decimal sign, a semicolon for the
end, and a quotation mark behind a comma for a letter. What follows is a cell of its own, and may be a formula."""
ALWAYS, WITH_A_CALL = ("=", "@", "＝", "＠"), ("+", "-", "＋", "－")
"""How such a rest begins. One with a sign of arithmetic is an item of a list, unless it calls something: with a
bracket, or with the strokes by which another program is asked."""


def cell(value: Any) -> str:
    """A value for a cell of CSV: text that would run as a formula gets an apostrophe before it, and so does what
    follows a sign by which another program ends the cell."""
    text = plain_text(value)
    if isinstance(value, int | date):
        return text
    first, *rest = ENDS_A_CELL.split(text)
    text = first + "".join(f"'{part}" if _runs(part.lstrip("'")) else part for part in rest)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def _runs(part: str) -> bool:
    return part.startswith(ALWAYS) or (part.startswith(WITH_A_CALL) and any(sign in part for sign in "(|!"))


def plain_text(value: Any) -> str:
    """A value as text. Moments are ISO 8601 in UTC."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value, UTC).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    return str(value).replace("\x00", "")


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
BUDGET = budgeted.Budget(cpu=5, memory=512 * budgeted.MIB, wall=30.0, answer=32 * budgeted.MIB)


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
    text = text[1:] if text[:1] == "'" and text[1:].startswith(STARTS_A_FORMULA) else text
    first, *rest = ENDS_A_CELL.split(text)
    return first + "".join(part[1:] if part[:1] == "'" and _runs(part.lstrip("'")) else part for part in rest)


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    return as_csv(columns, rows).encode()


DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
"""How a program of spreadsheets shows a cell; it sorts and counts by the value."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a book. widths: of its columns, in letters; () for those of the program that opens it."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()


def to_xlsx(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    return book_of(Table(title, columns, rows))


def book_of(*tables: Table) -> bytes:
    """XLSX. Numbers, dates and moments are cells of their own kind; moments stand in UTC, as a cell knows no zone, and
    the name of their column says so. A text is a string whatever it begins with: never a formula or a link. The row of
    names stays in sight."""
    from openpyxl import Workbook  # here, not above: every command would wait for it

    book = Workbook(write_only=True)
    for table in tables:
        _add_sheet(book, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _add_sheet(book: Any, table: Table) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(table.title[:31])
    sheet.freeze_panes = "A2"
    for place, width in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    rows = [list(row) for row in table.rows]
    moments = {place for row in rows for place, value in enumerate(row) if isinstance(value, datetime)}
    heads = [f"{name} (UTC)" if place in moments else name for place, name in enumerate(table.columns)]
    for row in (heads, *rows):
        sheet.append([_cell_of(sheet, value) for value in row])


def _cell_of(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, datetime):
        made = WriteOnlyCell(sheet, value=timezone.localtime(value, UTC).replace(microsecond=0, tzinfo=None))
        made.number_format = MOMENT
    elif isinstance(value, date):
        made = WriteOnlyCell(sheet, value=value)
        made.number_format = DAY
    elif isinstance(value, int) and not isinstance(value, bool):
        made = WriteOnlyCell(sheet, value=value)
    else:
        made = WriteOnlyCell(sheet, value=_xml_safe("" if value is None else str(value)))
        made.data_type = "s"
    return made


def _xml_safe(text: str) -> str:
    """Without the controls that XML 1.0 cannot hold; 32,767 signs is what a cell holds."""
    return "".join(sign for sign in text if sign in "\t\n\r" or sign >= " ")[:32_767]


def read_rows(name: str, content: bytes, *, job: str = "core.budgets.sheet_job:rows") -> list[list[str]]:
    """The cells of a CSV or XLSX file as text, of a formula what its program kept of it, never computed. Read in a
    child process on a budget. job: of another room, which reads more kinds. Raises SheetError."""

    def refused(reason: str) -> SheetError:
        return SheetError([RowProblem(0, name[:60], reason)])

    no_sheet = _("This is not a sheet that can be read. Save it as XLSX or CSV.")
    if len(content) > MOST_BYTES:
        raise refused(_("The file is larger than 10 MB."))
    try:
        rows, _nothing = budgeted.run(job, content, {"most": MOST_ROWS}, BUDGET)
    except budgeted.Refused as error:
        if error.reason == archives.BROKEN:
            raise refused(no_sheet) from error
        if error.reason == sheet_job.UNCLOSED:
            said = _("Row %s opens a quotation mark that nothing closes, so the rows behind it cannot be told apart.")
            raise refused(said % error.detail) from error
        raise refused(_("The file unpacks to far more than a sheet holds, so it was not read.")) from error
    except budgeted.Crashed as error:
        raise refused(no_sheet) from error
    except budgeted.OverBudget as error:
        raise refused(_("Reading the sheet takes too much time or memory, so it was given up.")) from error
    if len(rows) > MOST_ROWS:
        raise refused(_("The sheet has more than %d rows.") % MOST_ROWS)
    return [[str(cell) for cell in row] for row in rows]
