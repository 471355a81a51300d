"""What waits in a consultation, for the work queue and the first page of the admin."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation.adoptions.models import Adoption
from consultation.comments.models import Comment
from consultation.comments.models import Mapping as TargetMapping
from consultation.consensus.models import Challenge, Objection
from consultation.notes.models import Note
from consultation.notes.services import address_of
from consultation.suggestions.models import Suggestion
from consultation.vocabulary import Disposal, Moderation
from core.plain_text import shortened
from workflow.access.role_holders import name_of
from workflow.queue.waiting_tasks import Task, task_source
from workflow.transitions.models import Process

MOST_SIGNS = 80
"""Of a note, in the queue; the board has it whole."""


def _by_series(found: QuerySet[Any], field: str = "series") -> dict[str, int]:
    return dict(found.order_by().values_list(field).annotate(count=Count("pk")))


def _by_process(found: QuerySet[Any], field: str = "process") -> dict[int, int]:
    return dict(found.order_by().values_list(field).annotate(count=Count("pk")))


Words = Callable[[int], str]


@task_source("consultation")
def tasks(processes: Sequence[Process]) -> Mapping[int, Iterable[Task]]:
    """What waits in the consultations of many documents, each with the page where it is done; eight queries in all."""
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
    suggestions = Suggestion.objects.open().filter(process__in=processes)
    per_process.append((_by_process(suggestions), "dispositions", _to_decide))
    found: dict[int, list[Task]] = defaultdict(list)
    for process in processes:
        counted = [(counts.get(process.series, 0), view, words) for counts, view, words in per_series]
        counted += [(counts.get(process.pk, 0), view, words) for counts, view, words in per_process]
        for count, view, words in counted:
            if count:
                found[process.pk].append(Task(words(count), reverse(f"consultation_admin:{view}", args=[process.pk])))
    for note in Note.objects.open().filter(process__in=processes).select_related("assigned_to"):
        found[note.process_id].append(Task(_of_note(note), address_of(note)))
    return found


def _of_note(note: Note) -> str:
    """Whose it is, until when, and what it is about."""
    about = shortened(note.words or note.before or str(_("Whole document")), MOST_SIGNS)
    facts = {"name": name_of(note.assigned_to) if note.assigned_to else note.by_name, "about": about}
    if note.due_on:
        facts["day"] = date_format(note.due_on)
        if note.is_overdue:
            return _("Overdue since %(day)s, %(name)s: %(about)s") % facts
        return _("Due %(day)s, %(name)s: %(about)s") % facts
    return _("Note, %(name)s: %(about)s") % facts


def _to_decide(count: int) -> str:
    return ngettext("%d suggested wording is open.", "%d suggested wordings are open.", count) % count


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
