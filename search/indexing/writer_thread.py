"""Write rows into the index beside the requests that made them, in a thread that lives while rows come in.

No answer waits for an index. What comes after a quiet time is written at once. A commit costs nearly the same whatever
it holds, and so many commits one merging of files: what follows closely is gathered until the oldest row has waited for
half a second, rows of other processes with it, and written together. A process that ends waits for its thread; one that
is killed leaves rows, which the next writer of any process takes, or the next tick (docs/adr/0027).
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import OperationalError, connections
from django.utils import timezone

from search.indexing import tasks, writer
from search.indexing.models import IndexChange
from search.meaning import tasks as meaning_tasks

logger = logging.getLogger(__name__)

GATHER_S = 0.5  # a publication is to be found within a second, and a writing takes about a tenth of one


class WriterThread:
    """write: writes whatever waits; may take its time, and raise."""

    def __init__(self, write: Callable[[], None]) -> None:
        self._write = write
        self._forget()
        os.register_at_fork(after_in_child=self._forget)  # a child has no other thread, but would take its lock along

    def _forget(self) -> None:
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._asked = False

    def ask(self) -> None:
        """Rows were committed: write them soon. Costs next to nothing; never raises what writing raises."""
        with self._guard:
            self._asked = True
            if self._thread is None:
                # Not a daemon: an interpreter that ends waits for it, and stops no commit of an index half way.
                self._thread = threading.Thread(target=self._run, name="search-index-writer", daemon=False)
                self._thread.start()

    def join(self, timeout_s: float) -> bool:
        """Wait until nothing is asked for any more. False: it took longer."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout_s)
        return thread is None or not thread.is_alive()

    def _run(self) -> None:
        try:
            while self._goes_on():
                try:
                    self._write()
                except OperationalError as error:  # another holds the write lock, or the database is away
                    logger.warning("index writer: the rows wait for the next tick: %s", error)
                except Exception:
                    logger.exception("index writer: the rows wait for the next tick")
        finally:
            connections.close_all()  # those of this thread

    def _goes_on(self) -> bool:
        """Whether anything was asked since the last writing began. If not, the thread ends, and the next call of `ask`
        starts another: both are decided under one lock, so that no call falls between."""
        with self._guard:
            if not self._asked:
                self._thread = None
            asked, self._asked = self._asked, False
            return asked


def write_soon() -> None:
    tasks.tell_worker()
    meaning_tasks.tell_worker()
    if here := [engine.name for engine in writer.readable_here()]:
        time.sleep(_until_due(here))
        writer.drain_here()


def write_at_once() -> None:
    """What was withdrawn has left the search when the answer comes: its answer waits for that, `writer.WAIT_S` at most.

    Never rebuilds, never raises EngineError.
    """
    tasks.tell_worker()
    writer.drain_here(writer.WAIT_S)


def _until_due(here: list[str]) -> float:
    """Seconds until the oldest row that waits has waited for GATHER_S, whichever process wrote it; none where no
    process has written any for as long. here: names of engines."""
    rows, now = IndexChange.objects.filter(engine__in=here), timezone.now()
    lately = rows.filter(done_at__gt=now - timedelta(seconds=GATHER_S)).exists()
    oldest = rows.waiting().order_by("created_at").first() if lately else None
    if oldest is None:
        return 0.0
    waited = (now - oldest.created_at).total_seconds()
    return min(max(0.0, GATHER_S - waited), GATHER_S)  # the clock of another host may be wrong


index_writer = WriterThread(write_soon)
