"""The two engines side by side on the same made texts: the figures of docs/scaling.md.

Times are of the clock, seen by the one who asks, over the whole answer: reading, ranking, facets, cards, marked places.
"""

import multiprocessing
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from search.engines.base import Changes, Engine, Unavailable, batches
from search.evaluation.made import PASSAGES_A_DOCUMENT, questions, records, texts
from search.finding import Question, ask
from search.synonyms import Thesaurus

DOCUMENTS_A_BATCH = 50
CLIENTS = (1, 4, 16)
ASKED = 20  # times each class is asked by each client

Maker = Callable[[], Engine]
"""Clients are processes of their own: each must get an engine object of its own, with connections of its own."""


@dataclass(frozen=True, slots=True)
class Load:
    """clients: how many ask at once. failed: answers that did not come within the engine's patience."""

    clients: int
    kind: str
    median_ms: float
    p95_ms: float
    failed: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """index_s: writing the records. switch_s: merging and moving. bytes: on disk, of one copy. asking_mb: what one
    asking process takes of memory for itself, read parts of an embedded index among it. heap_mb: of the server."""

    name: str
    index_s: float
    switch_s: float
    bytes: int
    asking_mb: float
    heap_mb: float
    loads: tuple[Load, ...]
    answers_a_second: dict[int, float]


def prepare(passages: int) -> list[tuple[Any, ...]]:
    """The records of all documents, in batches: analysis is the same for both engines and is not timed."""
    made = (tuple(records(number, text)) for number, text in texts(passages // PASSAGES_A_DOCUMENT))
    return [tuple(record for one in batch for record in one) for batch in batches(made, DOCUMENTS_A_BATCH)]


def measure(make: Maker, prepared: list[tuple[Any, ...]], size: Callable[[Any], int]) -> Outcome:
    engine = make()
    building = engine.begin(0, resume=False)
    start = time.perf_counter()
    for number, batch in enumerate(prepared, start=1):
        building.add(Changes(batch, version=1), after=number)
    index_s = time.perf_counter() - start
    start = time.perf_counter()
    building.switch()
    switch_s = time.perf_counter() - start
    building.close()
    loads: list[Load] = []
    speed: dict[int, float] = {}
    for clients in CLIENTS:
        rows, speed[clients] = under_load(make, clients)
        loads += rows
    return Outcome(engine.name, index_s, switch_s, size(engine), asking_mb(make), heap_mb(engine), tuple(loads), speed)


def asking_mb(make: Maker) -> float:
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return float(pool.apply(_growth_mb, [make]))


def _growth_mb(make: Maker) -> float:
    before = _private_mb()
    warm_up(make)
    ask_all(make, 0)
    return _private_mb() - before


def _private_mb() -> float:
    rows = Path("/proc/self/smaps_rollup").read_text()
    return sum(int(kb) for kb in re.findall(r"^Private_\w+:\s+(\d+) kB", rows, re.MULTILINE)) / 1000


def heap_mb(engine: Any) -> float:
    """Of all nodes behind an engine, after the questions; none for the embedded one."""
    if not engine.remote:
        return 0.0
    with engine.connection.client(30) as client:
        nodes = client.nodes.stats(metric="jvm")["nodes"].values()
    return sum(float(node["jvm"]["mem"]["heap_used_in_bytes"]) for node in nodes) / 1e6


def under_load(make: Maker, clients: int) -> tuple[list[Load], float]:
    """Every client asks all classes, beginning at another one; answers per second over all of them."""
    context = multiprocessing.get_context("fork")
    with context.Pool(clients) as pool:
        pool.map(warm_up, [make] * clients)
        start = time.perf_counter()
        answers = pool.starmap(ask_all, [(make, client) for client in range(clients)], chunksize=1)
        took_s = time.perf_counter() - start
    times: dict[str, list[float]] = {kind: [] for kind in questions()}
    failed: Counter[str] = Counter()
    for kind, took_ms in (pair for client in answers for pair in client):
        if took_ms is None:
            failed[kind] += 1
        else:
            times[kind].append(took_ms)
    rows = [Load(clients, kind, median(each), quantiles(each, n=20)[-1], failed[kind])
            for kind, each in times.items() if len(each) > 1]  # fmt: skip
    return rows, sum(map(len, times.values())) / took_s


_ENGINES: dict[Maker, Engine] = {}  # of this process


def warm_up(make: Maker) -> None:
    _ENGINES[make] = make()
    for asked in questions().values():
        _timed(_ENGINES[make], asked[0], {})


def ask_all(make: Maker, client: int) -> list[tuple[str, float | None]]:
    engine = _ENGINES.get(make) or make()
    kinds = list(questions().items())
    turned = kinds[client % len(kinds) :] + kinds[: client % len(kinds)]
    return [(kind, _timed(engine, text, _selected(kind))) for kind, asked in turned for text in _rounds(asked)]


def _rounds(asked: list[str]) -> Iterator[str]:
    for turn in range(ASKED):
        yield asked[turn % len(asked)]


def _selected(kind: str) -> dict[str, tuple[str, ...]]:
    return {"year": ("2015", "2016"), "language": ("en",)} if "filters" in kind else {}


def _timed(engine: Engine, text: str, selected: dict[str, tuple[str, ...]]) -> float | None:
    start = time.perf_counter()
    try:
        ask(engine, Question(text, selected), Thesaurus())
    except Unavailable:
        return None
    return (time.perf_counter() - start) * 1000


def size_of_folder(engine: Any) -> int:
    return sum(path.stat().st_size for path in Path(engine.root).rglob("*") if path.is_file())


def size_on_server(engine: Any) -> int:
    with engine.connection.client(30) as client:
        stats = client.indices.stats(index=f"{engine.prefix}-*", metric="store")
    return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])


def remove_indexes(engine: Any) -> None:
    """Every index of an engine's prefix on the server."""
    with engine.connection.client(60) as client:
        if names := list(client.indices.get(index=f"{engine.prefix}-*")):
            client.indices.delete(index=names)
