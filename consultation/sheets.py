"""Comment sheets in the eight columns of the ISO form, and sheets of answers: XLSX and CSV, in and out. Text only.

Columns, as the standards bodies use them: 1 organization (MB/NC), 2 line or paragraph number, 3 clause, 4 paragraph,
figure or table, 5 type of comment (ge, te, ed), 6 comment, 7 proposed change, 8 observations of the secretariat.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from consultation.dispositions import Answer, RowProblem
from consultation.plain_text import tidy_line, tidy_text
from consultation.vocabulary import Kind, Outcome
from workflow.spreadsheet import STARTS_A_FORMULA, as_csv

ISO_COLUMNS = (
    "MB/NC", "Line number", "Clause/Subclause", "Paragraph/Figure/Table", "Type of comment", "Comments",
    "Proposed change", "Observations of the secretariat",
)  # fmt: skip
ANSWER_COLUMNS = (
    "Comment", "Outcome", "Response", "Addressed in edition", "Duplicate of", "Decided by", "Decided where",
)  # fmt: skip
KIND_CODES = {"ge": Kind.GENERAL, "te": Kind.SUBSTANTIVE, "ed": Kind.EDITORIAL}
KIND_NAMES = {kind: code for code, kind in KIND_CODES.items()}
MOST_ROWS = 5_000
MOST_BYTES = 10 * 1024 * 1024


class SheetError(Exception):
    """A file is no sheet, is too large, or holds rows that cannot be taken. `problems` lists each."""

    def __init__(self, problems: list[RowProblem]) -> None:
        super().__init__("; ".join(problem.reason for problem in problems))
        self.problems = problems


def plain_cell(value: Any) -> str:
    """The text of a cell that `workflow.spreadsheet.cell` wrote."""
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


def read_answers(name: str, content: bytes) -> list[Answer]:
    """Answers from a sheet with ANSWER_COLUMNS. Raises SheetError with a problem for every row that is not one."""
    answers, problems = [], []
    for place, row in enumerate(_without_head(read_rows(name, content), ANSWER_COLUMNS), start=1):
        cells = [tidy_text(plain_cell(cell)) for cell in [*row, *[""] * len(ANSWER_COLUMNS)]]
        try:
            number, addressed, duplicate = _number(cells[0]), _number(cells[3]), _number(cells[4])
        except ValueError as error:
            problems.append(RowProblem(place, cells[0][:20], _("“%s” is not a number.") % str(error)[:20]))
            continue
        outcome = _outcome(cells[1])
        if number is None or outcome is None:
            problems.append(RowProblem(place, cells[0][:20], _("Number or outcome is missing or unknown.")))
            continue
        answers.append(
            Answer(number, outcome, cells[2], addressed, duplicate, tidy_line(cells[5]), tidy_line(cells[6]))
        )
    if problems:
        raise SheetError(problems)
    return answers


def _without_head(rows: list[list[str]], columns: Sequence[str]) -> list[list[str]]:
    """Without the row of names, which it recognises by its first and last name."""
    if rows and rows[0][0].strip().casefold() == columns[0].casefold():
        return rows[1:]
    return rows


def _number(text: str) -> int | None:
    text = text.strip().lstrip("#E")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 8:
        raise ValueError(text)
    return int(text)


def _outcome(text: str) -> str | None:
    """An outcome by its slug or by its name in English or the reader's language."""
    known = text.strip().casefold()
    for outcome in Outcome:
        if known in {outcome.value, outcome.value.replace("_", " "), str(outcome.label).casefold()}:
            return outcome.value
    return None
