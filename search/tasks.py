"""Work for the worker beside the server."""

import logging

from django_tasks import task

from search import engines, indexing
from search.engines.base import EngineError

logger = logging.getLogger(__name__)


@task()
def land() -> int:
    """Land the waiting rows of engines behind a network; answers how many. What fails waits for the next tick."""
    landed = 0
    for engine in engines.all_engines():
        if engine.remote:
            try:
                landed += indexing.drain_engine(engine)
            except EngineError as error:
                logger.warning("index %s: rows wait for the next tick: %s", engine.name, error.reason)
    return landed
