"""What a consultation adds to the work queue, to a document's story and to the evaluation of a forum."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultation.adoptions.models import Adoption
from consultation.comments.models import Comment, Disposition, ModerationEvent
from consultation.comments.models import Mapping as TargetMapping
from consultation.consensus.models import Challenge, Objection
from consultation.periods.models import PeriodChange
from consultation.reports.models import Report
from consultation.vocabulary import AWAITING, TAKEN_UP, Disposal, Moderation, StakeholderGroup
from workflow.forums.models import Forum
from workflow.forums.services import documents_of, evaluation_source
from workflow.history.timeline import Entry, history_source
from workflow.queue.tasks import Task, task_source
from workflow.transitions.models import Process

# --- tasks --------------------------------------------------------------------------------------------------------


def _by_series(found: QuerySet[Any], field: str = "series") -> dict[str, int]:
    return dict(found.order_by().values_list(field).annotate(count=Count("pk", distinct=True)))


def _by_process(found: QuerySet[Any], field: str = "process") -> dict[int, int]:
    return dict(found.order_by().values_list(field).annotate(count=Count("pk", distinct=True)))


Words = Callable[[int], str]


@task_source("consultation")
def tasks(processes: Sequence[Process]) -> Mapping[int, Iterable[Task]]:
    """What waits in the consultations of many documents, each with the page where it is done; six queries in all."""
    series = [process.series for process in processes]
    comments = Comment.objects.filter(series__in=series)
    per_series: list[tuple[dict[str, int], str, Words]] = [
        (_by_series(comments.waiting()), "queue", _to_moderate),
        (_by_series(comments.unanswered()), "dispositions", _to_answer),
        (
            _by_series(TargetMapping.objects.queue().filter(edition__series__in=series), "edition__series"),
            "mappings",
            _to_find,
        ),
        (
            _by_series(Adoption.objects.filter(series__in=series, moderation=Moderation.PENDING)),
            "adoptions",
            _to_read,
        ),
    ]
    objections = Objection.objects.filter(process__in=processes, disposal=Disposal.OPEN)
    challenges = Challenge.objects.waiting().filter(declaration__process__in=processes)
    per_process: list[tuple[dict[int, int], str, Words]] = [
        (_by_process(objections), "consensus", _to_settle),
        (_by_process(challenges, "declaration__process"), "consensus", _to_hear),
    ]
    found: dict[int, list[Task]] = defaultdict(list)
    for process in processes:
        counted = [(counts.get(process.series, 0), view, words) for counts, view, words in per_series]
        counted += [(counts.get(process.pk, 0), view, words) for counts, view, words in per_process]
        for count, view, words in counted:
            if count:
                found[process.pk].append(Task(words(count), reverse(f"consultation_admin:{view}", args=[process.pk])))
    return found


def _to_moderate(count: int) -> str:
    return ngettext("%d comment waits for moderation.", "%d comments wait for moderation.", count) % count


def _to_answer(count: int) -> str:
    return ngettext("%d comment has no published answer.", "%d comments have no published answer.", count) % count


def _to_find(count: int) -> str:
    return ngettext("%d commented place is to be found by hand.", "%d commented places are to be found by hand.",
                    count) % count  # fmt: skip


def _to_read(count: int) -> str:
    return ngettext("%d declaration of adoption waits.", "%d declarations of adoption wait.", count) % count


def _to_settle(count: int) -> str:
    return ngettext("%d objection is not yet disposed of.", "%d objections are not yet disposed of.", count) % count


def _to_hear(count: int) -> str:
    return ngettext("%d challenge waits for its answer.", "%d challenges wait for their answer.", count) % count


# --- the story of a document --------------------------------------------------------------------------------------


@history_source("consultation", gettext_lazy("Consultation"))
def story(process: Process) -> Iterator[Entry]:
    """Moderation, answers, moved dates, objections, challenges, reports; no commenter is named."""
    yield from _moderated(process)
    yield from _answered(process)
    desk = reverse("consultation_admin:consensus", args=[process.pk])
    for change in PeriodChange.objects.filter(period__process=process):
        what = _("Closing date of comment: %(before)s → %(now)s UTC")
        dates = {"before": f"{change.closed_before:%Y-%m-%d %H:%M}", "now": f"{change.closes_now:%Y-%m-%d %H:%M}"}
        yield Entry(change.at, "consultation", change.by_name, what % dates, change.reason)
    for objection in Objection.objects.filter(process=process):
        yield Entry(objection.raised_at, "consultation", "", _("Objection raised"), objection.statement, desk)
        if objection.decided_at:
            what = _("Objection: %s") % objection.get_disposal_display()
            yield Entry(objection.decided_at, "consultation", objection.decided_by, what, objection.reasons, desk)
    for challenge in Challenge.objects.shown().filter(declaration__process=process):
        yield Entry(challenge.at, "consultation", challenge.by_name, _("Declaration challenged"), challenge.facts, desk)
        if challenge.answered_at:
            what = _("Challenge answered")
            yield Entry(challenge.answered_at, "consultation", challenge.answered_by, what, challenge.answer, desk)
    for report in Report.objects.filter(process=process).select_related("edition").defer("edition__document"):
        address = f"{report.edition.address}comments/reports/{report.number}/"
        what = _("Report %d issued") % report.number
        yield Entry(report.created_at, "consultation", report.created_by, what, report.sha256, address)


def _moderated(process: Process) -> Iterator[Entry]:
    events = ModerationEvent.objects.filter(comment__series=process.series).select_related("comment")
    for event in events:
        what = _("Comment %(number)d: %(standing)s")
        facts = {"number": event.comment.number, "standing": event.get_target_display()}
        address = reverse("consultation_admin:comment", args=[process.pk, event.comment.number])
        yield Entry(event.at, "consultation", event.by_name, what % facts, event.reason, address)


def _answered(process: Process) -> Iterator[Entry]:
    answers = Disposition.objects.published().filter(comment__series=process.series).select_related("comment")
    for answer in answers:
        what = _("Comment %(number)d answered: %(outcome)s")
        facts = {"number": answer.comment.number, "outcome": answer.get_outcome_display()}
        address = reverse("consultation_admin:answer", args=[process.pk, answer.comment.number])
        yield Entry(answer.published_at, "consultation", answer.decided_by, what % facts, answer.response, address)  # type: ignore[arg-type]


# --- figures of a forum -------------------------------------------------------------------------------------------


@evaluation_source
def figures(forum: Forum) -> Iterator[tuple[str, Any]]:
    """Comments, answers and balance, counted over all documents of a forum; objections and declarations of use."""
    processes = documents_of(forum)
    series = list(processes.values_list("series", flat=True))
    received = Comment.objects.counted().filter(series__in=series, parent=None)
    answers = Disposition.objects.filter(comment__in=received, published_at__isnull=False)
    later = answers.filter(comment=OuterRef("comment"), version__gt=OuterRef("version"))
    newest = answers.filter(~Exists(later))
    yield _("Comments received"), received.count()
    yield _("of them answered"), newest.count()
    yield _("of them taken up"), newest.filter(outcome__in=TAKEN_UP).count()
    yield _("Commenters satisfied with the answer"), newest.filter(verdict="satisfied").count()
    yield _("Commenters not satisfied"), newest.filter(verdict="not_satisfied").count()
    yield _("Commenters who did not reply"), newest.filter(verdict__in=AWAITING).count()
    groups = _by_series(received, "submission__group")
    for value, label in StakeholderGroup.choices:
        yield _("Comments, %s") % label, groups.get(value, 0)
    yield _("Objections"), Objection.objects.filter(process__in=processes).count()
    yield _("Standing declarations of adoption"), Adoption.objects.standing().filter(series__in=series).count()
