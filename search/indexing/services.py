"""What the scheduler calls: rebuild indexes that cannot be read, write every waiting row, forget the done."""

import logging
from datetime import timedelta

from django.utils import timezone

from search.engines import registry as engines
from search.engines.base import Busy, EngineError
from search.indexing.models import IndexChange
from search.indexing.rebuild import rebuild_engine
from search.indexing.writer import drain_engine

logger = logging.getLogger(__name__)

KEEP_DONE = timedelta(days=2)  # longer than any rebuild takes


def drain() -> int:
    """Write every waiting row, and rebuild what cannot be read. Answers how many rows were written.

    Idempotent and safe in parallel. An engine that is busy or away keeps its rows and is tried at the next call;
    then EngineError is raised after the other engines had their turn.
    """
    written, failed = 0, None
    for engine in engines.all_engines():
        try:
            if engine.needs_rebuild():
                rebuild_engine(engine)
            written += drain_engine(engine)
        except Busy:
            logger.info("index %s is busy: its rows wait for the next tick", engine.name)
        except EngineError as error:
            logger.error("index %s: rows wait for the next tick: %s", engine.name, error.reason)
            failed = error
    IndexChange.objects.filter(done_at__lt=timezone.now() - KEEP_DONE).delete()
    if failed:
        raise failed
    return written
