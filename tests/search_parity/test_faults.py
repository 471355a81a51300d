"""Servers that stop, come back and die while people search and editors publish. Each test has servers of its own.

LOAD=full sends as many questions as docs/scaling.md reports; without it the same happens in fewer.
"""

import os
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from editions.models import Edition
from search.engines import registry as engines
from search.engines.base import WHOLE, EngineError, Request
from search.engines.elasticsearch import circuit_breaker
from search.engines.elasticsearch.connection import ASKING_S
from search.indexing import rebuild, verification
from search.indexing import services as indexing
from search.indexing.models import IndexChange
from search.query.tree import Everything
from tests.search.library import publish
from tests.search_parity.conftest import free_ports

pytestmark = [pytest.mark.elasticsearch, pytest.mark.load, pytest.mark.django_db(transaction=True)]

SCRIPTS = Path(__file__).parents[1] / "elasticsearch"
FULL = os.environ.get("LOAD") == "full"
SEARCHES, PUBLICATIONS, ASKERS = (2000, 100, 4) if FULL else (400, 30, 4)


class Servers:
    """Nodes of the test's own, on ports of their own."""

    def __init__(self, data: Path, count: int) -> None:
        self.environment = os.environ | {"ES_PORT": str(free_ports(count)), "ES_DATA": str(data), "NODES": str(count)}

    def start(self) -> str:
        return self._run("start").strip()

    def stop(self, **options: str) -> None:
        self._run("stop", **options)

    def send(self, number: signal.Signals, node: int = 1) -> None:
        os.kill(int((Path(self.environment["ES_DATA"]) / f"node-{node}.pid").read_text()), number)

    def _run(self, script: str, **options: str) -> str:
        command = [str(SCRIPTS / script)]
        done = subprocess.run(command, env=self.environment | options, check=True, capture_output=True, text=True)
        return done.stdout


@pytest.fixture
def servers(node_url: str, tmp_path: Path) -> Iterator[Callable[[int], Servers]]:
    """Only where a node is asked for at all: starting some takes a while."""
    started: list[Servers] = []

    def of(count: int) -> Servers:
        started.append(Servers(tmp_path / "nodes", count))
        return started[-1]

    yield of
    for each in started:
        each.stop(PURGE="1")


@pytest.fixture
def installation(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    monkeypatch.setattr(circuit_breaker, "PAUSE_S", 2.0)  # half a minute in production

    def at(urls: str) -> None:
        settings.SEARCH_INDEX_DIR = tmp_path / "index"
        settings.ELASTICSEARCH_URL = urls
        settings.ELASTICSEARCH_INDEX = "faults"
        for year in (2098, 2099):
            publish("Lamps", "The lamps of the harbour.", year=year)
        rebuild.rebuild()

    yield at
    engines.get("elasticsearch").close()


@dataclass
class Tally:
    statuses: Counter[int] = field(default_factory=Counter)
    engines: Counter[str] = field(default_factory=Counter)
    wrong: list[Any] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __str__(self) -> str:
        return f"{dict(self.statuses)}, answered by {dict(self.engines)}; {PUBLICATIONS} publications found"

    def add(self, response: Any) -> None:
        answer = response.json() if response.status_code == 200 else {}
        with self.lock:
            self.statuses[response.status_code] += 1
            self.engines[answer.get("engine", "")] += 1
            if answer.get("total", 0) < 2 or answer["degraded"] != (answer["engine"] != "elasticsearch"):
                self.wrong.append(answer)


@contextmanager
def asking(tally: Tally, searches: int) -> Iterator[Callable[[], int]]:
    """People who search so often while the body runs, and on at leisure to its end; it is given how many questions were
    answered so far."""
    over = threading.Event()

    def ask_on() -> None:
        try:
            client, left = Client(), searches // ASKERS
            while left > 0 or not over.wait(0.1):
                tally.add(client.get("/api/v1/search", {"q": "lamps"}))
                left -= 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask_on) for _ in range(ASKERS)]
    for thread in threads:
        thread.start()
    try:
        yield lambda: sum(tally.statuses.values())
    finally:
        over.set()
        for thread in threads:
            thread.join()


def publish_and_tick(number: int) -> None:
    publish("Sluices", f"The sluices of 2099, number {number}.", code=f"S{number}")
    with suppress(EngineError):  # the rows wait, as they do for the next tick
        indexing.drain()


def settle(turns: int = 60) -> None:
    """Tick until no row waits."""
    for _ in range(turns):
        try:
            indexing.drain()
        except EngineError:
            threading.Event().wait(0.5)
            continue
        if not IndexChange.objects.waiting().exists():
            return
    raise AssertionError(list(IndexChange.objects.waiting().values_list("engine", "last_error")[:3]))


def assert_nothing_is_lost() -> None:
    settle()
    assert not list(verification.findings())
    for name in ("elasticsearch", "tantivy"):
        total = engines.get(name).search(Request(Everything(), {"level": (WHOLE,)})).total
        assert total == Edition.objects.public().count()
    answer = Client().get("/api/v1/search", {"q": "sluices"}).json()
    assert (answer["total"], answer["engine"], answer["degraded"]) == (PUBLICATIONS, "elasticsearch", False)


def test_a_server_stopped_and_started_again__costs_no_answer_and_no_publication(
    servers: Callable[[int], Servers], installation: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    server = servers(1)
    installation(server.start())
    tally = Tally()
    with asking(tally, SEARCHES):
        for number in range(PUBLICATIONS):
            if number == PUBLICATIONS // 3:
                server.stop()
            publish_and_tick(number)
        server.start()
    assert_nothing_is_lost()
    assert set(tally.statuses) == {200}
    assert tally.statuses[200] >= SEARCHES
    assert not tally.wrong
    assert tally.engines["tantivy"] > 0
    assert tally.engines["elasticsearch"] > 0
    say(capsys, f"stopped and started: {tally}")


def test_one_of_three_nodes_killed__searches_go_on_and_changes_complete(
    servers: Callable[[int], Servers], installation: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    three = servers(3)
    installation(three.start())
    wait_for_copies()
    tally = Tally()
    with asking(tally, SEARCHES):
        for number in range(PUBLICATIONS):
            if number == PUBLICATIONS // 3:
                three.stop(NODE="1", SIGNAL="KILL")
            publish_and_tick(number)
    assert_nothing_is_lost()
    assert set(tally.statuses) == {200}
    assert tally.statuses[200] >= SEARCHES
    assert not tally.wrong
    assert tally.engines["elasticsearch"] > SEARCHES / 2
    say(capsys, f"one of three killed: {tally}")


def test_a_server_that_hangs__keeps_nobody_waiting_for_longer_than_its_second(
    servers: Callable[[int], Servers], installation: Callable[[str], None], capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    """It takes connections and does not answer: the process is stopped, as one without memory or disk would be."""
    server = servers(1)
    installation(server.start())
    client = Client()
    asked = ("lamps", "lamp*", "lampz", '"the harbour" lamps')[: 4 if FULL else 2]

    def ask(text: str) -> tuple[str, float]:
        begun = time.monotonic()
        answer = client.get("/api/v1/search", {"q": text})
        assert answer.status_code == 200
        assert answer.json()["total"] >= 2
        assert answer.json()["degraded"] == (answer.json()["engine"] != "elasticsearch")
        return answer.json()["engine"], time.monotonic() - begun

    assert {ask(text)[0] for text in asked} == {"elasticsearch"}
    waited = []
    caplog.clear()
    for text in asked:  # the breaker is closed at each: what the process keeps of the index may be used up or not
        engine: Any = engines.get("elasticsearch")
        engine.connection.breaker = circuit_breaker.Breaker()
        server.send(signal.SIGSTOP)
        try:
            begun = time.monotonic()
            publish("Sluices", f"The sluices of 2099, number {len(waited)}.", code=f"S{len(waited)}")
            assert time.monotonic() - begun < ASKING_S  # who publishes waits for no server at all
            answers = [ask(text) for _ in range(circuit_breaker.FAILURES + 1)]
        finally:
            server.send(signal.SIGCONT)
        assert {name for name, _ in answers} == {"tantivy"}
        waited += [took_s for _, took_s in answers]
        assert answers[-1][1] < ASKING_S  # left alone by then
    unanswered = [record for record in caplog.records if record.name == "elastic_transport.node_pool"]
    assert len(unanswered) == len(asked) * circuit_breaker.FAILURES  # no reader's question is put to it twice
    assert max(waited) < 4 * ASKING_S  # a second to connect, a second to read, and a machine that is busy with others
    time.sleep(circuit_breaker.PAUSE_S)
    assert ask("lamps")[0] == "elasticsearch"
    settle()
    assert not list(verification.findings())
    say(capsys, f"hung: {len(waited)} answers, after {max(waited):.1f} s at most")


def say(capsys: pytest.CaptureFixture[str], text: str) -> None:
    """The figures of docs/scaling.md."""
    with capsys.disabled():
        print(f"\n{text}")  # noqa: T201


def wait_for_copies() -> None:
    engine: Any = engines.get("elasticsearch")
    with engine.connection.client(60) as client:
        health = client.cluster.health(index="faults-*", wait_for_status="green", timeout="60s")
    assert health["active_shards"] == 2 * health["active_primary_shards"]
