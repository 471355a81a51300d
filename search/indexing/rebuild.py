"""Build an index anew beside the one that answers, then switch. A build that was cut short is gone on with."""

from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from editions.models import Edition
from search.engines import registry as engines
from search.engines.base import Building, Busy, Engine, EngineError, Progress, batches, digest
from search.indexing.models import IndexChange
from search.indexing.writer import changes_of, drain_engine

BUILD_BATCH = 200
SWITCH_WAIT_S = 60.0
SAMPLED = 20  # editions whose hashes are compared before a new index is put in use
RESUMED_WITHIN = timedelta(days=1)  # later the rows of what happened since a build was cut short may be gone


def rebuild(progress: Progress | None = None, *, resume: bool = True) -> int:
    """Build every engine's index anew beside the one that answers, then switch. Answers how many editions it holds.

    Can be interrupted at any moment: the former index goes on answering, and the next call continues.
    """
    return max(rebuild_engine(engine, progress, resume=resume) for engine in engines.all_engines())


def rebuild_engine(engine: Engine, progress: Progress | None = None, *, resume: bool = True) -> int:
    """Raises Busy if another process is building this index."""
    now = int(timezone.now().timestamp())
    building = engine.begin(now, resume=resume)
    if building.since < now - RESUMED_WITHIN.total_seconds():
        building.close()
        building = engine.begin(now, resume=False)
    with closing(building):
        held = _build(engine, building, progress)
    with suppress(Busy):
        drain_engine(engine)  # rows that others left to us while we held the right to write
    return held


def _build(engine: Engine, building: Building, progress: Progress | None) -> int:
    public = Edition.objects.public().order_by("pk")
    total = public.count()
    done = public.filter(pk__lte=building.after).count()
    for keys in batches(public.filter(pk__gt=building.after).values_list("pk", "identifier"), BUILD_BATCH):
        building.add(changes_of(identifier for _, identifier in keys), after=keys[-1][0])
        done += len(keys)
        if progress:
            progress(done, total)
    _catch_up_and_switch(engine, building)
    return total


def _catch_up_and_switch(engine: Engine, building: Building) -> None:
    """Repeat what was written in the former index since the build began, and what still waits; nobody else writes."""
    began = datetime.fromtimestamp(building.since, tz=UTC)
    rows = IndexChange.objects.for_engine(engine.name).filter(Q(done_at=None) | Q(done_at__gte=began))
    with engine.exclusive(SWITCH_WAIT_S):
        repeated = dict(rows.values_list("pk", "edition"))
        if repeated or not building.after:
            building.add(changes_of(repeated.values()), after=building.after)
        if (held := building.editions()) != (public := Edition.objects.public().count()):
            raise EngineError(f"the new index holds {held} of {public} public editions: it was not put in use")
        if wrong := _sampled_differences(building):
            raise EngineError(f"the new index differs from the database in {', '.join(wrong)}: it was not put in use")
        building.switch()
        IndexChange.objects.waiting().filter(pk__in=list(repeated)).update(done_at=timezone.now())


def _sampled_differences(building: Building) -> list[str]:
    """Identifiers of editions, of SAMPLED spread over all, whose records did not arrive as the database gives them."""
    public = Edition.objects.public().order_by("pk").values_list("identifier", flat=True)
    sample = list(public)[:: max(1, public.count() // SAMPLED)][:SAMPLED]
    cards: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for record in changes_of(sample).records:
        cards[record.edition].append(record.card)
    held = building.digests(sample)
    return [edition for edition in sample if held.get(edition) != digest(cards[edition])]
