"""Write waiting rows into the index of an engine, a batch a commit.

The database is the truth. Nothing is lost when a process is killed: rows stay until an engine has committed them.
"""

import logging
from collections.abc import Iterable

from django.utils import timezone

from editions.models import Edition
from search.engines import registry as engines
from search.engines.base import Busy, Changes, Engine, EngineError
from search.facets.labels import name_facet_values
from search.indexing.models import IndexChange
from search.indexing.records import records_of

logger = logging.getLogger(__name__)
BATCH = 100  # editions a commit: a tantivy commit costs about 40 ms, whatever it holds
WAIT_S = 2.0  # how long a withdrawal waits for another writer


def drain_here(wait_s: float = 0.0) -> None:
    """Write the rows of the embedded engine. Never rebuilds, never raises EngineError.

    wait_s: for another writer; who holds the right to write looks again after letting go, so the rows of whoever finds
    him there are written all the same.
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
    """Write one engine's rows, a batch a commit. The editions are read under the lock: nothing older can follow.

    Looks again after letting go: who found the lock taken had written his rows before that, and left them to us.
    Raises Busy if others hold the lock for `wait_s` seconds and nothing was written.
    """
    written = 0
    rows = IndexChange.objects.for_engine(engine.name).waiting()
    while rows.exists():
        try:
            with engine.exclusive(wait_s):
                while batch := list(rows.in_order()[:BATCH]):
                    _write(engine, batch)
                    written += len(batch)
        except Busy:
            if not written:
                raise
            break  # another writer has come between, and looks again himself
    return written


def _write(engine: Engine, batch: list[IndexChange]) -> None:
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
