"""Answer comments: drafts, in bulk, published as a set, and what the commenter says of the answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from consultation.answers.occasions import DISPOSED
from consultation.comments.anchor_mapping import touched_keys, touches_target
from consultation.comments.models import Comment, Disposition
from consultation.comments.near_duplicates import clusters
from consultation.consensus.models import Objection
from consultation.vocabulary import TAKEN_UP, Decision, Outcome, Verdict, Work
from core.spreadsheets import RowProblem
from editions.models import Edition
from mail import outbox
from workflow.transitions.models import Process

WAIT_FOR_REPLY = timedelta(days=14)
"""After that long a commenter who said nothing of the answer counts as not having replied; they still may."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be written about one comment. addressed_in and duplicate_of: numbers, as an editor types them."""

    comment: int
    outcome: str
    response: str = ""
    addressed_in: int | None = None
    duplicate_of: int | None = None
    decided_by: str = ""
    decided_where: str = ""


class NotTaken(Exception):
    """Some rows are wrong, so none was taken. `problems` lists all of them."""

    def __init__(self, problems: list[RowProblem]) -> None:
        super().__init__("; ".join(f"{problem.row}: {problem.reason}" for problem in problems))
        self.problems = problems


@transaction.atomic
def write_answers(process: Process, answers: list[Answer], user: Any, now: datetime) -> list[Disposition]:
    """Write or replace the drafts of the answers to these comments: all of them, or none. Raises NotTaken."""
    comments = {comment.number: comment for comment in Comment.objects.filter(series=process.series)}
    editions = {edition.number: edition for edition in Edition.objects.filter(series=process.series).defer("document")}
    problems = [
        RowProblem(row, str(answer.comment), reason)
        for row, answer in enumerate(answers, start=1)
        for reason in _faults(answer, comments, editions)
    ]
    numbers = [answer.comment for answer in answers]
    problems += [
        RowProblem(row, str(number), _("This comment is answered twice in the sheet."))
        for row, number in enumerate(numbers, start=1)
        if number in numbers[: row - 1]
    ]
    if problems:
        raise NotTaken(sorted(problems, key=lambda problem: problem.row))
    return [_write(answer, comments, editions, user, now) for answer in answers]


def near_duplicates(comment: Comment) -> list[int]:
    """Numbers of the comments that need an answer and say nearly the same, as a campaign's do; without this one."""
    candidates = Comment.objects.filter(series=comment.series).needing_answer()
    texts = {row.number: f"{row.body} {row.proposed}" for row in candidates.only("number", "body", "proposed")}
    for group in clusters(texts):
        if comment.number in group:
            return [number for number in group if number != comment.number]
    return []


def _faults(answer: Answer, comments: Mapping[int, Comment], editions: Mapping[int, Edition]) -> Iterable[str]:
    comment = comments.get(answer.comment)
    if comment is None:
        yield _("There is no comment of this number.")
        return
    if answer.outcome not in Outcome.values:
        yield _("“%s” is not an outcome.") % answer.outcome[:40]
        return
    if answer.outcome != Outcome.ACCEPTED and not answer.response.strip():
        yield _("A response is needed for every outcome but “accepted”.")
    if answer.addressed_in is not None and answer.addressed_in not in editions:
        yield _("There is no edition %d.") % answer.addressed_in
    if answer.outcome == Outcome.DUPLICATE and answer.duplicate_of not in comments:
        yield _("Name the comment that this one repeats.")
    if answer.duplicate_of == answer.comment:
        yield _("A comment cannot repeat itself.")


def _write(
    answer: Answer, comments: Mapping[int, Comment], editions: Mapping[int, Edition], user: Any, now: datetime
) -> Disposition:
    comment = comments[answer.comment]
    duplicate = comments[answer.duplicate_of] if answer.duplicate_of else None
    last = comment.dispositions.aggregate(last=Max("version"))["last"] or 0
    draft = comment.dispositions.drafts().first() or Disposition(comment=comment, version=last + 1)
    draft.outcome = answer.outcome
    draft.response = answer.response.strip()
    draft.addressed_in = editions[answer.addressed_in] if answer.addressed_in else None
    draft.duplicate_of = duplicate if answer.outcome == Outcome.DUPLICATE else None
    draft.decided_by = answer.decided_by
    draft.decided_where = answer.decided_where
    draft.drafted_by = user
    draft.drafted_at = now
    draft.save()
    return draft


def traceability_fault(disposition: Disposition) -> str:
    """Why an accepted comment cannot be traced to its change, or "": no edition named, or one that left it alone."""
    if disposition.outcome not in TAKEN_UP:
        return ""
    later = disposition.addressed_in
    former = disposition.comment.submission.period.edition
    if later is None:
        return _("No edition is named that carries the change.")
    if later.number <= former.number:
        return _("%s is not later than the edition that was commented on.") % later.identifier
    targets = disposition.comment.targets.select_related("passage")
    if touches_target(targets, former, later, touched_keys(former, later)):
        return ""
    return _("%s did not change anything at the paragraphs of this comment.") % later.identifier


def carrying_edition(disposition: Disposition, editions: Iterable[Edition]) -> Edition | None:
    """The first edition with a wording that was accepted from the comment; where nothing was, the first after the one
    commented on that changed what the comment is about. editions: public ones of its series.
    """
    carriers = {row.edition_id for row in _accepted_from(disposition)}
    if carriers:
        return next((each for each in sorted(editions, key=lambda each: each.number) if each.pk in carriers), None)
    former = disposition.comment.submission.period.edition
    targets = list(disposition.comment.targets.select_related("passage"))
    for later in sorted(editions, key=lambda edition: edition.number):
        if later.number > former.number and touches_target(targets, former, later, touched_keys(former, later)):
            return later
    return None


def _accepted_from(disposition: Disposition) -> list[Any]:
    """The suggestions that the comment proposed and that were written into the working text."""
    rows = disposition.comment.suggestions.all()  # type: ignore[attr-defined]  # a concept above this one has them
    return [row for row in rows if row.decision == Decision.ACCEPTED]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft of an answer that cannot be published yet, and why."""

    disposition: Disposition
    reason: str


def drafts_of(process: Process, *, only: Iterable[int] | None = None) -> tuple[list[Disposition], list[Waiting]]:
    """(drafts of answers that can be published, those that wait), each by number of its comment. Writes nothing.

    An accepted comment for which nobody named an edition is answered by the first edition that changed its paragraph.
    """
    drafts = Disposition.objects.drafts().filter(comment__series=process.series)
    if only is not None:
        drafts = drafts.filter(comment__number__in=list(only))
    editions = list(Edition.objects.filter(series=process.series).public().defer("document"))
    ready, waiting = [], []
    for disposition in (
        drafts.select_related("comment__submission__period__edition", "addressed_in")
        .defer("comment__submission__period__edition__document", "addressed_in__document")
        .prefetch_related("comment__suggestions")
        .order_by("comment__number")
    ):
        if disposition.addressed_in is None and disposition.outcome in TAKEN_UP:
            found = disposition.addressed_in = carrying_edition(disposition, editions)
            reason = "" if found else _why_not_carried(disposition)
        else:
            reason = traceability_fault(disposition)
        if reason:
            waiting.append(Waiting(disposition, reason))
        else:
            ready.append(disposition)
    return ready, waiting


def _why_not_carried(disposition: Disposition) -> str:
    if _accepted_from(disposition):
        return _(
            "The accepted wording is in the working text; once the next edition is public, this answer can be "
            "published."
        )
    return _("No later edition has changed anything at the paragraphs of this comment yet.")


@transaction.atomic
def publish_ready(process: Process, now: datetime) -> tuple[list[Disposition], list[Waiting]]:
    """Publish every draft that is ready; answers those, and what waits. What waits keeps nobody else's answer back."""
    ready, waiting = drafts_of(process)
    _publish(ready, now)
    return ready, waiting


@transaction.atomic
def publish_set(process: Process, now: datetime, *, only: Iterable[int] | None = None) -> list[Disposition]:
    """Publish the drafts of answers together, or none of them. only: comment numbers. Raises NotTaken.

    An accepted comment must name the edition that carries the change; whether that edition did change something at
    its target is asked again when the outcome is adopted.
    """
    ready, waiting = drafts_of(process, only=only)
    if waiting:
        raise NotTaken(
            [
                RowProblem(row, str(each.disposition.comment.number), each.reason)
                for row, each in enumerate(waiting, start=1)
            ]
        )
    _publish(ready, now)
    return ready


def _publish(chosen: Iterable[Disposition], now: datetime) -> None:
    for disposition in chosen:
        disposition.published_at = now
        disposition.decided_at = disposition.decided_at or now
        disposition.save(update_fields=["published_at", "decided_at", "addressed_in"])
        comment = disposition.comment
        comment.work = Work.APPLIED if disposition.outcome in TAKEN_UP else Work.RESOLVED
        comment.save(update_fields=["work"])
        key = f"disposed:{comment.pk}:{disposition.version}"
        facts = {"comment": comment.number, "disposition": disposition.pk}
        outbox.write(DISPOSED, key, now, comment.submission, facts)


@transaction.atomic
def take_verdict(disposition: Disposition, verdict: str, text: str, now: datetime) -> Disposition:
    """The commenter is satisfied with the answer, or not. The latter becomes a candidate objection."""
    disposition = Disposition.objects.select_for_update(of=("self",)).select_related("comment").get(pk=disposition.pk)
    disposition.verdict = Verdict(verdict)
    disposition.verdict_text = text.strip()
    disposition.verdict_at = now
    disposition.save(update_fields=["verdict", "verdict_text", "verdict_at"])
    comment = disposition.comment
    if disposition.verdict == Verdict.NOT_SATISFIED and not comment.objections.exists():
        process = Process.objects.get(periods=comment.submission.period_id)
        objection = Objection.objects.create(
            process=process, statement=disposition.verdict_text or comment.body, raised_at=now
        )
        objection.comments.add(comment)
    return disposition


def stop_waiting(now: datetime) -> int:
    """Whoever was told of an answer and did not say what they think of it is counted as such."""
    silent = Disposition.objects.filter(published_at__lte=now - WAIT_FOR_REPLY, verdict=Verdict.PENDING)
    return silent.update(verdict=Verdict.NO_REPLY)
