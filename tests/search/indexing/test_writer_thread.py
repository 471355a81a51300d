"""Rows are landed beside the requests that wrote them: soon, together, by whoever is there, and none is left lying."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from search import services
from search.engines import registry as engines
from search.engines.base import WHOLE, Busy, Request
from search.engines.tantivy.engine import TantivyEngine
from search.indexing import writer, writer_thread
from search.indexing.models import IndexChange
from search.indexing.verification import findings
from search.indexing.writer_thread import WriterThread
from search.query.tree import Everything
from search.services import Question, rebuild
from tests.load.server import ROOT, database_url
from tests.search.library import publish, withdraw

LONG_S = 20


def total(text: str) -> int:
    return services.search(Question(text)).total


# --- the thread -----------------------------------------------------------------------------------------------------


def test_a_call__does_not_wait_for_the_landing() -> None:
    may_end, landed = threading.Event(), []

    def land() -> None:
        may_end.wait(LONG_S)
        landed.append(threading.current_thread())

    lander = WriterThread(land)
    lander.ask()
    assert landed == []
    may_end.set()
    assert lander.join(LONG_S)
    assert len(landed) == 1
    assert landed[0] is not threading.current_thread()


def test_what_is_asked_during_a_landing__is_landed_by_one_more() -> None:
    begun, may_end, landings = threading.Event(), threading.Event(), []

    def land() -> None:
        landings.append(1)
        begun.set()
        may_end.wait(LONG_S)

    lander = WriterThread(land)
    lander.ask()
    assert begun.wait(LONG_S)
    for _ in range(10):
        lander.ask()
    may_end.set()
    assert lander.join(LONG_S)
    assert len(landings) == 2


def test_no_call__falls_between_the_end_of_a_thread_and_the_start_of_the_next() -> None:
    """Many callers: every number given before a call has been seen by a landing when all is quiet."""
    given: list[int] = []
    seen = 0

    def land() -> None:
        nonlocal seen
        seen = len(given)

    lander = WriterThread(land)

    def call(number: int) -> None:
        given.append(number)
        lander.ask()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(call, range(2000)))
    assert lander.join(LONG_S)
    assert seen == len(given) == 2000


def test_a_landing_that_fails__is_logged_and_the_next_call_lands(caplog: pytest.LogCaptureFixture) -> None:
    tries: list[int] = []

    def land() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("fictitious")

    lander = WriterThread(land)
    lander.ask()
    assert lander.join(LONG_S)
    assert "the rows wait for the next tick" in caplog.text
    lander.ask()
    assert lander.join(LONG_S)
    assert len(tries) == 2


def test_a_forked_process__starts_a_thread_of_its_own() -> None:
    """The child of a process whose thread is at work, and whose guard is taken, has neither."""
    script = """
import os, threading
from search.indexing.writer_thread import WriterThread
go, landed = threading.Event(), []
lander = WriterThread(lambda: (go.wait(20), landed.append(os.getpid())))
lander.ask()
lander._guard.acquire()
if child := os.fork():
    status = os.waitpid(child, 0)[1]
    lander._guard.release()
    go.set()
    print(os.waitstatus_to_exitcode(status))
else:
    go.set()
    lander.ask()
    done = lander.join(20) and landed == [os.getpid()]
    os._exit(0 if done else 1)
"""
    assert _run(script, DJANGO_SETTINGS_MODULE="bpf_site.settings.test") == "0"


def _run(script: str, **environment: str) -> str:
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", script]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# --- the rows -------------------------------------------------------------------------------------------------------


@pytest.fixture
def beside(settings: Any, index_folder: Path, transactional_db: None) -> Iterator[WriterThread]:
    """An index, and rows landed as in production."""
    settings.SEARCH_LANDS_BESIDE = True
    rebuild()
    yield writer_thread.index_writer
    assert writer_thread.index_writer.join(LONG_S)
    engines.get("tantivy").close()


def test_a_publication__is_found_within_a_second_and_its_answer_did_not_wait(
    beside: WriterThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_this_thread: list[bool] = []
    apply = TantivyEngine.apply

    def noted(self: TantivyEngine, changes: Any) -> None:
        in_this_thread.append(threading.current_thread() is threading.main_thread())
        apply(self, changes)

    monkeypatch.setattr(TantivyEngine, "apply", noted)
    publish("Lamps", "Oil.")
    committed = time.monotonic()
    while not total("oil"):
        assert time.monotonic() - committed < 5  # tests/load prints the time of a quiet machine
        time.sleep(0.01)
    assert in_this_thread == [False]


def test_rows__are_gathered_for_half_a_second_where_others_were_landed_just_before(beside: WriterThread) -> None:
    rows = [IndexChange.objects.create(engine="tantivy", edition=name) for name in ("DONE", "OLD", "NEW")]
    set_row = [IndexChange.objects.filter(pk=row.pk).update for row in rows]
    assert writer_thread._until_due(["tantivy"]) == 0  # the first after a quiet time
    set_row[0](done_at=timezone.now())
    assert 0.3 < writer_thread._until_due(["tantivy"]) <= writer_thread.GATHER_S
    set_row[1](created_at=timezone.now() - timedelta(seconds=0.3))
    assert writer_thread._until_due(["tantivy"]) <= 0.2
    set_row[1](created_at=timezone.now() - timedelta(hours=1))
    assert writer_thread._until_due(["tantivy"]) == 0
    rows[2].delete()
    set_row[0](done_at=timezone.now())
    set_row[1](created_at=timezone.now() + timedelta(hours=1))  # of a host whose clock is wrong
    assert writer_thread._until_due(["tantivy"]) == writer_thread.GATHER_S
    set_row[0](done_at=timezone.now() - timedelta(seconds=1))
    assert writer_thread._until_due(["tantivy"]) == 0


def test_a_withdrawal__has_left_the_search_when_its_answer_comes(
    beside: WriterThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = publish("Lamps", "Oil.")
    assert beside.join(LONG_S)
    assert total("oil") == 1
    monkeypatch.setattr(writer_thread.index_writer, "ask", lambda: None)  # nobody beside may come first
    withdraw(edition)
    assert total("oil") == 0


def test_rows_left_to_a_writer_at_work__are_landed_by_him_after_his_own(
    beside: WriterThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    """He has looked for the last time and still holds the lock: the moment in which a row could be left lying."""
    ours, theirs = engines.get("tantivy"), TantivyEngine(engines.get("tantivy").root)
    exclusive = ours.exclusive
    late: list[str] = []

    class LateGuest:
        """The lock; before it is let go, somebody else writes a row and finds it taken."""

        def __init__(self, wait_s: float) -> None:
            self.held = exclusive(wait_s)

        def __enter__(self) -> None:
            self.held.__enter__()

        def __exit__(self, *error: Any) -> None:
            if not late:
                with transaction.atomic():
                    monkeypatch.setattr(writer_thread.index_writer, "ask", lambda: late.append("asked"))
                    publish("Late lamps", "Wicks.")
                with pytest.raises(Busy):
                    writer.drain_engine(theirs, 0)
            self.held.__exit__(*error)

    with monkeypatch.context() as patched:
        patched.setattr(writer_thread.index_writer, "ask", lambda: None)
        publish("Lamps", "Oil.")
    monkeypatch.setattr(ours, "exclusive", LateGuest, raising=False)
    writer_thread.write_at_once()
    assert late == ["asked"]
    assert not IndexChange.objects.waiting().exists()
    assert total("wicks") == 1


def test_rows_written_while_an_index_is_switched__are_landed_by_who_switched_it(
    beside: WriterThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.engines.tantivy.building import TantivyBuilding

    switch = TantivyBuilding.switch

    def switched(self: TantivyBuilding) -> None:
        publish("Late lamps", "Wicks.")
        assert beside.join(LONG_S)  # found the lock taken
        switch(self)

    monkeypatch.setattr(TantivyBuilding, "switch", switched)
    rebuild()
    assert total("wicks") == 1
    assert not IndexChange.objects.waiting().exists()


def test_parallel_publications__share_commits_and_all_are_found(
    beside: WriterThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits: list[int] = []
    apply = TantivyEngine.apply
    monkeypatch.setattr(TantivyEngine, "apply", lambda self, changes: (commits.append(1), apply(self, changes))[1])

    def one(number: int) -> None:
        publish("Lamps", f"The lanterns of the pier, the {number}th.", code=f"L{number}")
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(24)))
    assert beside.join(LONG_S)
    assert not IndexChange.objects.waiting().exists()
    assert total("lanterns") == 24
    assert len(commits) < 24
    assert list(findings()) == []


def test_a_process_that_ends__has_landed_what_it_published(beside: WriterThread, tmp_path: Path) -> None:
    script = 'from tests.search.library import publish; publish("Lamps", "Oil.")'
    _run(
        script, BPF_DATA=str(tmp_path), DATABASE_URL=database_url(), SECRET_KEY="only for tests",
        DJANGO_SETTINGS_MODULE="bpf_site.settings.dev", ELASTICSEARCH_URL="",
    )  # fmt: skip
    assert not IndexChange.objects.waiting().exists()
    hits = engines.get("tantivy").each(Request(Everything(), {"level": (WHOLE,)}))
    assert [hit.card["title"] for hit in hits] == ["Lamps"]
