"""Whether the library can be searched and no change is overdue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from editions.models import Edition
from search.engines import registry as engines
from search.engines.base import Health
from search.indexing.models import IndexChange
from search.meaning import query_vector

OVERDUE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Standing:
    """sound: the library can be searched and no change is overdue. problems: one sentence each."""

    sound: bool
    engines: tuple[Health, ...]
    waiting: int
    problems: tuple[str, ...]


def warnings() -> Iterator[str]:
    """What fails while questions are answered all the same: an engine that another stands in for, the model of meaning.

    One sentence each.
    """
    reports = [engine.health() for engine in engines.all_engines()]
    if any(report.sound for report in reports):
        yield from (
            f"{report.name} does not answer, another engine does: {'; '.join(report.notes)}"
            for report in reports
            if not report.sound
        )
    if trouble := query_vector.trouble():
        yield f"only words are searched, not meaning: {trouble}"


def stood_in_for() -> bool:
    """Whether the first engine does not answer at this moment, so that another one does."""
    return not engines.all_engines()[0].health().sound


def health() -> Standing:
    """Never raises."""
    reports = tuple(engine.health() for engine in engines.all_engines())
    public = Edition.objects.public().count()
    waiting = IndexChange.objects.waiting().filter(engine__in=engines.here())
    overdue = waiting.older_than(timezone.now() - OVERDUE).count()
    stood_in_for = any(report.sound for report in reports)  # one that is away for a while
    problems = [f"{report.name}: {'; '.join(report.notes)}" for report in reports if report.refused or not stood_in_for]
    if not waiting.exists():
        problems += [
            f"{report.name} holds {report.editions} of {public} public editions"
            for report in reports
            if report.sound and report.editions != public
        ]
    if overdue:
        problems.append(f"{overdue} changes have waited for more than {int(OVERDUE.total_seconds() // 60)} minutes")
    return Standing(not problems, reports, waiting.count(), tuple(problems))
