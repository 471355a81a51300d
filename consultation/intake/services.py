"""Comments that came in elsewhere: entered one by one, or from a sheet in the ISO eight columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from consultation.intake.quote_search import find_quote
from consultation.iso_comment_template import ISO_COLUMNS, KIND_CODES
from consultation.periods.models import Period
from consultation.submissions.drafts import places_of
from consultation.submissions.models import Submission
from consultation.submissions.paragraph_numbers import anchors_in
from consultation.submissions.services import Arrival, Person, Remark, store
from consultation.vocabulary import MOST_BODY, MOST_PROPOSED, Channel, Display, Kind, Scope
from core.plain_text import tidy_line, tidy_text
from core.spreadsheets import RowProblem, SheetError, plain_cell, read_rows
from editions.models import Passage


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row of a sheet. doubt: what a person should look at before publishing, or ""."""

    row: int
    number: int
    places: str
    doubt: str


@dataclass(frozen=True, slots=True)
class _Row:
    row: int
    organisation: str
    remark: Remark
    places: str
    doubt: str


def targets_from(text: str, period: Period) -> tuple[tuple[str, Any], ...]:
    """Targets for paragraph numbers as people write them; the whole document for none. Raises ValidationError."""
    places = places_of(period.edition, anchors_in(text, period.edition))
    return tuple((place.scope, place.passage) for place in places) or ((Scope.DOCUMENT, None),)


def enter(period: Period, person: Person, remark: Remark, arrival: Arrival) -> Submission:
    """Store one comment from elsewhere. It waits for moderation like any other."""
    return store(period, person, [remark], arrival)


def take_sheet(
    period: Period, name: str, content: bytes, *, at: datetime, user: Any, organisation: str = "", language: str = "en"
) -> list[RowResult]:
    """Store every row of a sheet, or none. One submission an organization, the sheet kept as its original.

    Raises SheetError with a problem for every row that cannot be taken.
    """
    rows, problems = [], []
    passages = list(period.edition.passages.all())
    cells = read_rows(name, content)
    if cells and any(cell.strip().casefold() == ISO_COLUMNS[5].casefold() for cell in cells[0]):
        cells = cells[1:]
    for place, row in enumerate(cells, start=1):
        try:
            rows.append(_read(place, row, period, passages, organisation, language))
        except ValidationError as error:
            problems.append(RowProblem(place, (row[1] if len(row) > 1 else "")[:30], " ".join(error.messages)))
    if not rows and not problems:
        problems.append(RowProblem(0, name[:60], _("The sheet holds no comment.")))
    if problems:
        raise SheetError(problems)
    return _store_rows(period, rows, name, content, at, user, language)


def _read(
    place: int, row: Sequence[str], period: Period, passages: Sequence[Passage], organisation: str, language: str
) -> _Row:
    owner, line, clause, where, kind, body, proposed, _answer = [plain_cell(cell) for cell in [*row, *[""] * 8]][:8]
    body, proposed = tidy_text(body), tidy_text(proposed)
    if not body and not proposed:
        raise ValidationError(_("Neither a comment nor a proposed change."))
    if len(body) > MOST_BODY or len(proposed) > MOST_PROPOSED:
        raise ValidationError(_("The text is too long."))
    numbers = " ".join(re.findall(r"¶?\s*\d+(?:\s*[-–]\s*\d+)?", line)) or _named_paragraph(where)
    quote, doubt = "", ""
    if numbers:
        targets = targets_from(numbers, period)
    elif found := find_quote(where, passages):
        targets = ((Scope.PASSAGE if found[0].number else Scope.SECTION, found[0]),)
        quote = where[:500]
        doubt = _("found by its words (%.2f)") % found[1]
    elif clause and (heading := _heading(clause, passages)):
        targets = ((Scope.SECTION, heading),)
    else:
        targets = ((Scope.DOCUMENT, None),)
        doubt = _("no place given, or not found") if line or clause or where else ""
    code = kind.strip().casefold()[:2]
    remark = Remark(targets, body, proposed, kind=KIND_CODES.get(code, Kind.GENERAL), language=language, quote=quote)
    labels = ", ".join(f"¶ {passage.number}" if passage else _("whole document") for _scope, passage in targets)
    return _Row(place, tidy_line(owner)[:200] or organisation, remark, labels, doubt)


def _named_paragraph(text: str) -> str:
    """`paragraph 5`, `¶ 5` or a bare number in the column that may also hold a quotation."""
    match = re.fullmatch(r"(?:paragraph|para\.?|¶)?\s*(\d{1,5})", text.strip(), re.IGNORECASE)
    return match[1] if match else ""


def _heading(clause: str, passages: Sequence[Passage]) -> Passage | None:
    wanted = clause.strip().casefold()
    found = [passage for passage in passages if not passage.number and passage.text.casefold() == wanted]
    return found[0] if len(found) == 1 else None


@transaction.atomic
def _store_rows(
    period: Period, rows: list[_Row], name: str, content: bytes, at: datetime, user: Any, language: str
) -> list[RowResult]:
    results = []
    of_owner: dict[str, list[_Row]] = {}
    for row in rows:
        of_owner.setdefault(row.organisation, []).append(row)
    kept = ""  # the sheet once: a copy for each organization would be thousands of times its size
    for owner, own in of_owner.items():
        arrival = Arrival(
            at,
            via=Channel.IMPORT,
            entered_by=user,
            late=at >= period.closes,
            original=kept or ContentFile(content, name="sheet"),
            original_name=tidy_line(name)[:120],
        )
        person = Person(organisation=owner, display=Display.ORGANISATION, language=language)
        submission = store(period, person, [row.remark for row in own], arrival)
        kept = str(submission.original.name)
        numbers = submission.comments.order_by("number").values_list("number", flat=True)
        results += [RowResult(row.row, number, row.places, row.doubt) for row, number in zip(own, numbers, strict=True)]
    return sorted(results, key=lambda result: result.row)
