"""Index writing that the worker does: engines behind a network."""

import logging

from django_tasks import task

from search.engines import registry as engines
from search.engines.base import EngineError
from search.indexing import writer

logger = logging.getLogger(__name__)


@task()
def land() -> int:
    """Write the waiting rows of engines behind a network; answers how many. What fails waits for the next tick."""
    written = 0
    for engine in engines.all_engines():
        if engine.remote:
            try:
                written += writer.drain_engine(engine)
            except EngineError as error:
                logger.warning("index %s: rows wait for the next tick: %s", engine.name, error.reason)
    return written


def tell_worker() -> None:
    """What stands behind a network is written by the worker."""

    for engine in engines.all_engines():
        if engine.remote:
            land.enqueue()
