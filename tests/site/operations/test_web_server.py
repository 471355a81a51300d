"""The parent of the web server: which of its processes it counts as serving."""

from typing import Any

import pytest

from bpf_site.operations.web_server import PAUSE_S, Parent


class Process:
    def __init__(self, has_ended: bool) -> None:
        self.ended = has_ended

    def has_ended(self) -> bool:
        return self.ended


@pytest.fixture
def parent(monkeypatch: pytest.MonkeyPatch) -> Any:
    """With `paused`: the seconds of each wait."""
    made: Any = Parent(None)  # type: ignore[arg-type]
    made.paused = []
    monkeypatch.setattr(made, "_wait", made.paused.append)
    return made


def test_a_process_that_ended_by_itself__serves_no_more_and_another_is_begun_after_a_pause(parent: Any) -> None:
    alive = Process(has_ended=False)
    parent.serving = [alive, Process(has_ended=True)]
    parent._count()
    assert parent.serving == [alive]
    assert parent.paused == [PAUSE_S]


def test_processes_that_serve_on__cost_no_pause(parent: Any) -> None:
    parent.serving = [Process(has_ended=False), Process(has_ended=False)]
    parent.leaving = [Process(has_ended=True), Process(has_ended=False)]
    parent._count()
    assert (len(parent.serving), len(parent.leaving), parent.paused) == (2, 1, [])
