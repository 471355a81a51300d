"""One process of an instance that ends is started again, later each time, and stops no other."""

import os
import sys
import time

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
