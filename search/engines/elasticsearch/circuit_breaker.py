"""Leave a server alone that does not answer. Pure, but for the clock it is given."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

FAILURES = 3
PAUSE_S = 30.0


class Open(Exception):
    """The server is left alone for now; `seconds` until it is tried again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"left alone for another {seconds:.0f} s after {FAILURES} failures in a row")
        self.seconds = seconds


class Breaker:
    """After FAILURES failures in a row nothing passes for PAUSE_S; then one probe, which closes it or opens it again.

    One object a process, shared by its threads.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    @contextmanager
    def guarding(
        self, failure: tuple[type[BaseException], ...], answer: tuple[type[BaseException], ...] = ()
    ) -> Iterator[None]:
        """Raises Open where nothing may pass. Exceptions of `failure` count; those of `answer`, and of no failure, show
        that the server is there. Any other says nothing of it. All are passed on."""
        self._enter()
        try:
            yield
        except failure:
            self._failed()
            raise
        except answer:
            self._failures = 0
            raise
        self._failures = 0

    def _enter(self) -> None:
        with self._lock:
            if self._failures < FAILURES:
                return
            left = self._until - self._clock()
            if left > 0:
                raise Open(left)
            self._until = self._clock() + PAUSE_S  # this caller is the probe; the others go on waiting

    def _failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._until = self._clock() + PAUSE_S
