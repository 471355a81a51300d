"""What is new in a consultation, for the people of a forum who follow it: how many of each kind, and where."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from consultation.comments.models import Comment, Disposition
from consultation.consensus.models import Objection
from consultation.notes.models import Note
from consultation.suggestions.models import Suggestion
from consultation.vocabulary import WAITING, Moderation
from workflow.following.news import Event, news_source
from workflow.transitions.models import Process


@dataclass(frozen=True, slots=True)
class Kind:
    """rows: of a series (by the lookup `series`), each of the instant `at`. view: where they are worked on."""

    view: str
    said: Callable[[int], str]
    rows: QuerySet[Any]
    series: str
    at: str


@news_source("consultation")
def news(processes: Sequence[Process], since: datetime, user: Any) -> dict[int, list[Event]]:
    """Comments, answers, wordings, notes and objections; five queries, whatever the number of documents."""
    by_series = {process.series: process.pk for process in processes}
    found: defaultdict[int, list[Event]] = defaultdict(list)
    for kind in _kinds(user):
        rows = kind.rows.filter(**{f"{kind.series}__in": by_series, f"{kind.at}__gt": since}).order_by()
        for series, at in rows.annotate(moment=F(kind.at)).values_list(kind.series, "moment"):
            process = by_series[series]
            address = reverse(f"consultation_admin:{kind.view}", args=[process])
            found[process].append(Event(at, kind.said.__name__, kind.said, address))
    return found


def _kinds(user: Any) -> list[Kind]:
    read = Comment.objects.filter(moderation__in={*WAITING, Moderation.PUBLISHED})
    board = "dispositions"
    return [
        Kind("queue", _comments, read, "series", "created_at"),
        Kind(board, _answers, Disposition.objects.published(), "comment__series", "published_at"),
        Kind(board, _wordings, Suggestion.objects.exclude(by=user), "process__series", "at"),
        Kind(board, _notes, Note.objects.exclude(by=user), "process__series", "at"),
        Kind("consensus", _objections, Objection.objects.all(), "process__series", "raised_at"),
    ]


def _comments(count: int) -> str:
    return ngettext("%d comment came in.", "%d comments came in.", count) % count


def _answers(count: int) -> str:
    return ngettext("%d answer was published.", "%d answers were published.", count) % count


def _wordings(count: int) -> str:
    return ngettext("%d wording was suggested.", "%d wordings were suggested.", count) % count


def _notes(count: int) -> str:
    return ngettext("%d note was written.", "%d notes were written.", count) % count


def _objections(count: int) -> str:
    return ngettext("%d objection was raised.", "%d objections were raised.", count) % count
