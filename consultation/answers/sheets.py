"""Comment sheets in the eight columns of the ISO form, and sheets of answers: XLSX and CSV, in and out. Text only.

Columns, as the standards bodies use them: 1 organization (MB/NC), 2 line or paragraph number, 3 clause, 4 paragraph,
figure or table, 5 type of comment (ge, te, ed), 6 comment, 7 proposed change, 8 observations of the secretariat.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from consultation.answers.services import Answer
from consultation.vocabulary import Outcome
from core.plain_text import tidy_line, tidy_text
from core.spreadsheets import RowProblem, SheetError, plain_cell, read_rows

ANSWER_COLUMNS = (
    "Comment", "Outcome", "Response", "Addressed in edition", "Duplicate of", "Decided by", "Decided where",
)  # fmt: skip


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
