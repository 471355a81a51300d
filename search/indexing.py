"""Bring the indexes to what the database says: row by row after each commit, or from scratch.

The database is the truth; an index can be thrown away at any time. Nothing here is lost when a process is killed:
rows stay until an engine has committed them, and a build that was cut short is gone on with.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from editions.models import Edition
from search import engines
from search.engines.base import Building, Busy, Changes, Engine, EngineError, Progress, batches, digest
from search.models import FacetValue, IndexChange
from search.records import facet_labels, records_of

logger = logging.getLogger(__name__)

BATCH = 100  # editions a commit: a tantivy commit costs about 40 ms, whatever it holds
BUILD_BATCH = 200
WAIT_S = 2.0  # how long a withdrawal waits for another writer
SWITCH_WAIT_S = 60.0
SAMPLED = 20  # editions whose hashes are compared before a new index is put in use
KEEP_DONE = timedelta(days=2)  # longer than any rebuild takes
RESUMED_WITHIN = timedelta(days=1)  # later the rows of what happened since a build was cut short may be gone
OVERDUE = timedelta(minutes=10)


def drain() -> int:
    """Land every waiting row, and rebuild what cannot be read. Answers how many rows were landed.

    Idempotent and safe in parallel. An engine that is busy or away keeps its rows and is tried at the next call;
    then EngineError is raised after the other engines had their turn.
    """
    landed, failed = 0, None
    for engine in engines.all_engines():
        try:
            if engine.needs_rebuild():
                rebuild_engine(engine)
            landed += drain_engine(engine)
        except Busy:
            logger.info("index %s is busy: its rows wait for the next tick", engine.name)
        except EngineError as error:
            logger.error("index %s: rows wait for the next tick: %s", engine.name, error.reason)
            failed = error
    IndexChange.objects.filter(done_at__lt=timezone.now() - KEEP_DONE).delete()
    if failed:
        raise failed
    return landed


def drain_once(wait_s: float = 0.0) -> None:
    """After a commit: land the rows where that is possible at once. Never rebuilds, never raises EngineError."""
    tell_worker()
    drain_here(wait_s)


def tell_worker() -> None:
    """What stands behind a network is landed by the worker."""
    from search.tasks import land

    for engine in engines.all_engines():
        if engine.remote:
            land.enqueue()


def drain_here(wait_s: float = 0.0) -> None:
    """Land the rows of the embedded engine. Never rebuilds, never raises EngineError.

    wait_s: for another writer; who holds the right to write looks again after letting go, so the rows of whoever finds
    him there are landed all the same.
    """
    for engine in readable_here():
        try:
            drain_engine(engine, wait_s)
        except Busy:
            logger.debug("index %s: its rows are left to whoever is writing", engine.name)
        except EngineError as error:
            logger.warning("index %s: rows wait for the next tick: %s", engine.name, error.reason)


def readable_here() -> list[Engine]:
    """The embedded engines of which there is an index. Looks at files only: neither a query nor an edition is read."""
    found = []
    for engine in engines.all_engines():
        if engine.remote:
            continue
        try:
            engine.generation()
        except EngineError:
            logger.info("index %s is not built yet: its rows wait for the next tick", engine.name)
        else:
            found.append(engine)
    return found


def drain_engine(engine: Engine, wait_s: float = WAIT_S) -> int:
    """Land one engine's rows, a batch a commit. The editions are read under the lock: nothing older can follow.

    Looks again after letting go: who found the lock taken had written his rows before that, and left them to us.
    Raises Busy if others hold the lock for `wait_s` seconds and nothing was landed.
    """
    landed = 0
    rows = IndexChange.objects.for_engine(engine.name).waiting()
    while rows.exists():
        try:
            with engine.exclusive(wait_s):
                while batch := list(rows.in_order()[:BATCH]):
                    _land(engine, batch)
                    landed += len(batch)
        except Busy:
            if not landed:
                raise
            break  # another writer has come between, and looks again himself
    return landed


def _land(engine: Engine, batch: list[IndexChange]) -> None:
    chosen = IndexChange.objects.filter(pk__in=[row.pk for row in batch])
    try:
        engine.apply(changes_of({row.edition for row in batch}))
    except EngineError as error:
        for row in batch:
            row.tries += 1
            row.last_error = error.reason[:2000]
        IndexChange.objects.bulk_update(batch, ["tries", "last_error"])
        raise
    chosen.update(done_at=timezone.now(), last_error="")


def changes_of(identifiers: Iterable[str]) -> Changes:
    """What an index has to hold of these editions as they stand now: records of the public ones, nothing of others."""
    identifiers = set(identifiers)
    version = IndexChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0  # before what it dates
    public = list(Edition.objects.public().filter(identifier__in=identifiers).order_by("pk"))
    name_facet_values(public)
    records = tuple(record for edition in public for record in records_of(edition))
    return Changes(records, frozenset(identifiers - {edition.identifier for edition in public}), version)


def name_facet_values(editions: Iterable[Edition]) -> None:
    labels: dict[tuple[str, str], str] = {}
    for edition in editions:
        labels |= facet_labels(edition)
    FacetValue.objects.bulk_create(
        [FacetValue(facet=facet, value=value, label=label[:300]) for (facet, value), label in labels.items()],
        update_conflicts=True,
        unique_fields=["facet", "value"],
        update_fields=["label"],
    )


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
    """Repeat what was landed in the former index since the build began, and what still waits; nobody else writes."""
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
