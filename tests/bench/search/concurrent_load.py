"""Many who ask one engine at once: processes, each with an engine object and connections of its own."""

import multiprocessing
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles

from search.answering.answer import ask
from search.engines.base import Engine, Unavailable
from search.query.question import Question
from search.tuning.synonyms import Thesaurus
from tests.bench.search.made_texts import questions
from tests.bench.search.outcomes import Load

Maker = Callable[[], Engine]
"""Must give every process an engine object of its own, and one process always the same."""


def asking_mb(make: Maker) -> float:
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return float(pool.apply(_growth_mb, [make]))


def _growth_mb(make: Maker) -> float:
    before = _private_mb()
    _warm_up(make)
    _ask_all(make, 0, 20)
    return _private_mb() - before


def _private_mb() -> float:
    rows = Path("/proc/self/smaps_rollup").read_text()
    return sum(int(kb) for kb in re.findall(r"^Private_\w+:\s+(\d+) kB", rows, re.MULTILINE)) / 1000


def under_load(make: Maker, clients: int, asked: int) -> tuple[list[Load], float]:
    """Every client asks all classes `asked` times, beginning at another one; answers per second over all of them."""
    context = multiprocessing.get_context("fork")
    with context.Pool(clients) as pool:
        pool.map(_warm_up, [make] * clients)
        start = time.perf_counter()
        answers = pool.starmap(_ask_all, [(make, client, asked) for client in range(clients)], chunksize=1)
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


def _warm_up(make: Maker) -> None:
    engine = make()
    for asked in questions().values():
        _timed(engine, asked[0], {})


def _ask_all(make: Maker, client: int, times: int) -> list[tuple[str, float | None]]:
    engine = make()
    kinds = list(questions().items())
    turned = kinds[client % len(kinds) :] + kinds[: client % len(kinds)]
    return [(kind, _timed(engine, text, _selected(kind))) for kind, asked in turned for text in _rounds(asked, times)]


def _rounds(asked: list[str], times: int) -> Iterator[str]:
    for turn in range(times):
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
