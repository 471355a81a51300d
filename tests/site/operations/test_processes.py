"""One process of an instance that ends is started again, later each time, and stops no other."""

import os
import sys
import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError

from bpf_site.management.commands import work
from bpf_site.operations import processes
from bpf_site.operations.processes import Supervised

ENDS = [sys.executable, "-c", "raise SystemExit(3)"]
STAYS = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_process_that_ends__is_started_again_and_later_each_time(monkeypatch) -> None:
    monkeypatch.setattr(processes, "FIRST_PAUSE_S", 0.05)
    said: list[str] = []
    child = Supervised(ENDS, dict(os.environ))
    first = child.process.pid
    until = time.monotonic() + 30
    while len(said) < 3 and time.monotonic() < until:
        child.look(said.append)
        time.sleep(0.02)
    assert len(said) == 3
    assert child.process.pid != first
    assert child.pause_s == 0.05 * 2**3
    assert all("with 3" in words for words in said)
    child.end()


def test_a_process_that_goes_on__is_left_alone_and_ended_at_last() -> None:
    said: list[str] = []
    child = Supervised(STAYS, dict(os.environ))
    child.look(said.append)
    assert said == []
    assert child.process.poll() is None
    child.end()
    assert child.process.poll() is not None


@pytest.fixture
def worker(monkeypatch) -> Any:
    """`worker(what happens, ...)`: the worker meets each in turn; answers how long it waited in between, in seconds.

    What happens is an exception that ends the loop of django-tasks-db, or how long it works before the next one.
    """

    def run(*happens: Exception | SystemExit | float) -> list[float]:
        waited: list[float] = []
        closed: list[None] = []
        clock = SimpleNamespace(now=0.0)
        left = iter(happens)

        def loop(self: Any, words: list[str]) -> None:
            for each in left:
                if not isinstance(each, float):
                    raise each
                clock.now += each

        monkeypatch.setattr(work.DatabaseWorker, "run_from_argv", loop)
        monkeypatch.setattr(work, "time", SimpleNamespace(monotonic=lambda: clock.now, sleep=waited.append))
        monkeypatch.setattr(work, "connection", SimpleNamespace(close=lambda: closed.append(None)))
        work.Command()._work("one")
        assert len(closed) == len(waited)  # each try begins with a connection of its own
        return waited

    return run


GONE = OperationalError("server closed the connection unexpectedly")


def test_worker__whose_database_restarts__waits_longer_each_time_and_goes_on(worker) -> None:
    locked = OperationalError("database is locked")
    happens = (GONE, InterfaceError("connection already closed"), locked, GONE, SystemExit(0))
    assert worker(*happens) == [2.0, 4.0, 1.0, 2.0]
    assert worker(*[GONE] * 7, SystemExit(0))[-3:] == [30.0, 30.0, 30.0]


def test_worker__that_worked_since_the_last_restart__begins_with_a_short_wait_again(worker) -> None:
    assert worker(*[GONE] * 6, 3600.0, GONE, GONE, SystemExit(0))[-3:] == [30.0, 1.0, 2.0]


@pytest.mark.parametrize("end", [SystemExit(1), ValueError("of ours")])
def test_worker__that_fails_by_itself__ends_and_is_missed(worker, end) -> None:
    with pytest.raises(type(end)):
        worker(GONE, end)
