"""Comments that were sent by mail: read from a mail or a mailbox, each with its sender, its date and its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from consultation.comments.models import Comment
from consultation.intake import mail_job
from consultation.intake.quote_search import find_quote
from consultation.periods.models import Period
from consultation.submissions.services import Arrival, Person, Remark, store
from consultation.vocabulary import MOST_BODY, Channel, Display, Scope
from core.budgets import budgeted
from core.email_addresses import AddressField
from core.plain_text import tidy_line, tidy_text
from core.spreadsheets import RowProblem, SheetError
from editions.models import Passage
from formats.mail.letters import Letter, Said

MOST_MAILS = 500
MOST_REMARKS = 2_000
"""Of all mails of a file. One mail of 10 MB can hold as many remarks as a hundred thousand people write."""
BUDGET = budgeted.Budget(cpu=10, memory=512 * budgeted.MIB, wall=40.0, answer=48 * budgeted.MIB)
MOST_QUOTE = 500


@dataclass(frozen=True, slots=True)
class MailResult:
    """What became of a remark of a mail. row: of the mail, from 1. number: of the comment. doubt: what a person should
    look at before publishing, or ""."""

    row: int
    number: int
    places: str
    doubt: str
    is_new: bool = True


def read(name: str, content: bytes) -> list[Letter]:
    """The mails of a file, read in a child process on a budget. Raises SheetError."""
    if len(content) > settings.ORIGINAL_BYTES:
        raise _refused(name, _("The file is larger than 10 MB."))
    try:
        found, raw = budgeted.run("consultation.intake.mail_job:read", content, {"most": MOST_MAILS}, BUDGET)
    except (budgeted.Refused, budgeted.Crashed) as error:
        raise _refused(name, _("This is no mail and no mailbox that can be read.")) from error
    except budgeted.OverBudget as error:
        raise _refused(name, _("Reading the file takes too much time or memory, so it was given up.")) from error
    if len(found) > MOST_MAILS:
        raise _refused(name, _("The file holds more than %d mails.") % MOST_MAILS)
    letters = mail_job.from_answer(found, raw)
    remarks = sum(len(letter.said) for letter in letters)
    if not remarks:
        raise _refused(name, _("The file holds no words of a sender."))
    if remarks > MOST_REMARKS:
        raise _refused(name, _("The file holds more than %d comments. Divide it, and send each part.") % MOST_REMARKS)
    return letters


def _refused(name: str, reason: str) -> SheetError:
    return SheetError([RowProblem(0, name[:60], reason)])


@dataclass(frozen=True, slots=True)
class _Placed:
    """What a mail said, and where in the text: passage and score, or None."""

    said: Said
    found: tuple[Passage, float] | None


def take(period: Period, letters: Sequence[Letter], *, user: object, now: datetime, language: str) -> list[MailResult]:
    """Store the remarks of each mail as one submission, which waits for moderation. A mail that was taken before is not
    taken again, and words that came another way are told. Raises SheetError where a remark is too long."""
    passages = list(period.edition.passages.all())
    placed = [
        [_Placed(said, find_quote(said.quote, passages) if said.quote else None) for said in letter.said]
        for letter in letters
    ]
    return _taken(period, list(zip(letters, placed, strict=True)), user, now, language)


@transaction.atomic
def _taken(
    period: Period, letters: Sequence[tuple[Letter, list[_Placed]]], user: object, now: datetime, language: str
) -> list[MailResult]:
    results: list[MailResult] = []
    for row, (letter, placed) in enumerate(letters, start=1):
        at, doubt = _written_at(letter, now)
        if known := _known(period, letter, at):
            told = _("This mail was taken before.")
            results += [MailResult(row, number, "", told, is_new=False) for number in known]
        elif letter.said:
            results += _store(period, row, letter, placed, at, doubt, user, language)
    return results


def _written_at(letter: Letter, now: datetime) -> tuple[datetime, str]:
    at = datetime.fromisoformat(letter.at) if letter.at else None
    if at is None:
        return now, _("the date is not that of the mail, which names none")
    if at > now:
        return now, _("the date is not that of the mail, which names a day to come")
    return at, ""


def _known(period: Period, letter: Letter, at: datetime) -> list[int]:
    """The comments of the same mail: same sender, same second, same first words."""
    sent = Comment.objects.filter(
        submission__period=period, submission__received_via=Channel.EMAIL, submission__received_at=at
    )
    bodies = {_body(said) for said in letter.said}
    return list(sent.filter(body__in=bodies).order_by("number").values_list("number", flat=True)) if letter.at else []


def _store(
    period: Period, row: int, letter: Letter, placed: list[_Placed], at: datetime, doubt: str, user: object,
    language: str,
) -> list[MailResult]:  # fmt: skip
    remarks, told = [], []
    for said, found in ((each.said, each.found) for each in placed):
        body = _body(said)
        if len(body) > MOST_BODY:
            raise SheetError([RowProblem(row, letter.name or letter.address, _("The text is too long."))])
        target = (Scope.PASSAGE if found[0].number else Scope.SECTION, found[0]) if found else (Scope.DOCUMENT, None)
        remarks.append(Remark((target,), body, language=language, quote=said.quote[:MOST_QUOTE] if found else ""))
        told.append((_place(found[0]) if found else _("whole document"), _doubts(period, said, body, found, doubt)))
    arrival = Arrival(
        at, via=Channel.EMAIL, entered_by=user, channel_note=tidy_line(letter.subject)[:300], late=at >= period.closes,
        original=ContentFile(letter.content, name="original.eml"), original_name="mail.eml",
    )  # fmt: skip
    person = Person(
        name=tidy_line(letter.name)[:200], email=_address(letter), display=Display.ORGANISATION, language=language
    )
    submission = store(period, person, remarks, arrival)
    numbers = submission.comments.order_by("number").values_list("number", flat=True)
    return [MailResult(row, number, *each) for number, each in zip(numbers, told, strict=True)]


def _place(passage: Passage) -> str:
    return f"¶ {passage.number}" if passage.number else passage.text[:60]


def _doubts(period: Period, said: Said, body: str, found: tuple[Passage, float] | None, doubt: str) -> str:
    doubts = [doubt]
    if found:
        doubts.append(_("found by its words (%.2f)") % found[1])
    elif said.quote:
        doubts.append(_("no place given, or not found"))
    same = Comment.objects.filter(series=period.process.series, body=body).order_by("number").first()
    if same is not None:
        doubts.append(_("says the same words as #%d") % same.number)
    return "; ".join(filter(None, doubts))


def _body(said: Said) -> str:
    return tidy_text(said.words)


def _address(letter: Letter) -> str:
    """The sender's, where mail can be sent to it."""
    try:
        return str(AddressField(required=False, max_length=254).clean(letter.address))
    except ValidationError:
        return ""
