"""The comments of many documents, counted as the report of one document counts them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery

from consultation.comments.models import Comment, Disposition
from consultation.reports.services import UNANSWERED
from consultation.vocabulary import Moderation, Outcome
from editions.models import EditionQuerySet


@dataclass(frozen=True, slots=True)
class Tally:
    """So many comments have all of this in common. outcome: of the newest published answer, or UNANSWERED."""

    year: int
    group: str
    region: str
    language: str
    outcome: str
    count: int


def tallies(editions: EditionQuerySet) -> list[Tally]:
    """Received first-level comments on these editions, whoever moderates them: see `Comment.objects.counted`.

    One query; as many rows as there are different combinations. Every value of it stands beside its comment in public.
    """
    newest = Disposition.objects.published().filter(comment=OuterRef("pk")).values("outcome")[:1]
    found = (
        Comment.objects.counted()
        .filter(parent=None, submission__period__edition__in=editions)
        .order_by()
        .annotate(answer=Subquery(newest), year=F("submission__period__edition__year"))
        .values_list("year", "submission__group", "submission__region", "language", "answer", "moderation")
        .annotate(count=Count("pk"))
    )
    return [
        Tally(year, group, region, language, answer or _unanswered(moderation), count)
        for year, group, region, language, answer, moderation, count in found
    ]


def _unanswered(moderation: str) -> str:
    return str(Outcome.WITHDRAWN.value if moderation == Moderation.WITHDRAWN else UNANSWERED)


def summed(found: Sequence[Tally], of: Callable[[Tally], Any]) -> Counter[Any]:
    """How many comments there are of each value."""
    counts: Counter[Any] = Counter()
    for tally in found:
        counts[of(tally)] += tally.count
    return counts
