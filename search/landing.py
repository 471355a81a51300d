"""Land rows beside the requests that wrote them, in a thread that lives while rows come in.

No answer waits for an index. What comes after a quiet time is landed at once. A commit costs nearly the same whatever
it holds, and so many commits one merging of files: what follows closely is gathered until the oldest row has waited for
half a second, rows of other processes with it, and landed together. A process that ends waits for its thread; one that
is killed leaves rows, which the next landing of any process takes, or the next tick (docs/adr/0027).
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import connections
from django.utils import timezone

from search import indexing
from search.models import IndexChange

logger = logging.getLogger(__name__)

GATHER_S = 0.5  # a publication is to be found within a second, and a landing takes about a tenth of one


class Lander:
    """land: lands whatever waits; may take its time, and raise."""

    def __init__(self, land: Callable[[], None]) -> None:
        self._land = land
        self._forget()
        os.register_at_fork(after_in_child=self._forget)  # a child has no other thread, but would take its lock along

    def _forget(self) -> None:
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._asked = False

    def ask(self) -> None:
        """Rows were committed: land them soon. Costs next to nothing; never raises what landing raises."""
        with self._guard:
            self._asked = True
            if self._thread is None:
                # Not a daemon: an interpreter that ends waits for it, and stops no commit of an index half way.
                self._thread = threading.Thread(target=self._run, name="search-landing", daemon=False)
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
                    self._land()
                except Exception:
                    logger.exception("landing: the rows wait for the next tick")
        finally:
            connections.close_all()  # those of this thread

    def _goes_on(self) -> bool:
        """Whether anything was asked since the last landing began. If not, the thread ends, and the next call of `ask`
        starts another: both are decided under one lock, so that no call falls between."""
        with self._guard:
            if not self._asked:
                self._thread = None
            asked, self._asked = self._asked, False
            return asked


def land() -> None:
    indexing.tell_worker()
    if here := [engine.name for engine in indexing.readable_here()]:
        time.sleep(_until_due(here))
        indexing.drain_here()


def _until_due(here: list[str]) -> float:
    """Seconds until the oldest row that waits has waited for GATHER_S, whichever process wrote it; none where no
    process has landed any for as long. here: names of engines."""
    rows, now = IndexChange.objects.filter(engine__in=here), timezone.now()
    lately = rows.filter(done_at__gt=now - timedelta(seconds=GATHER_S)).exists()
    oldest = rows.waiting().order_by("created_at").first() if lately else None
    if oldest is None:
        return 0.0
    waited = (now - oldest.created_at).total_seconds()
    return min(max(0.0, GATHER_S - waited), GATHER_S)  # the clock of another host may be wrong


lander = Lander(land)
