"""How fast the answers come, beside the raw engine and SQLite's own full-text search on the same texts."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from search.answering.answer import ask
from search.engines.base import WHOLE, Changes, Request, batches
from search.engines.tantivy.engine import TantivyEngine
from search.query.question import Question
from search.query.tree import Everything
from search.tuning.synonyms import Thesaurus
from tests.bench.search.made_texts import PASSAGES_A_DOCUMENT, questions, records, texts
from tests.bench.search.peers import bare, fts5, own_means
from tests.bench.search.timing import Timing, timed

BARE, OWN_MEANS, FTS5 = PEERS = ("tantivy, found only", "tantivy, the same answer", "SQLite FTS5")


@dataclass(frozen=True, slots=True)
class Size:
    """Every class of question in an index of one size, the peers' last."""

    passages: int
    timings: tuple[Timing, ...]

    def of(self, name: str) -> Timing:
        return next(timing for timing in self.timings if timing.name == name)


def measure(passages: int, folder: Path, say: Callable[[str], None]) -> Size:
    """folder: where the indexes are built, or stay from an earlier run."""
    documents = passages // PASSAGES_A_DOCUMENT
    engine = TantivyEngine(folder / "ours")
    if engine.needs_rebuild():
        start = time.process_time()
        analysis_s = build(engine, documents)
        build_s = time.process_time() - start
        say(f"{passages} passages: built in {build_s:.1f} s, {passages / build_s:.0f} passages/s on one core")
        say(f"of that, analysis {analysis_s:.1f} s")
    else:
        say(f"{passages} passages: built before")
    rows = _asked(engine)
    rows += [
        timed(name, questions()["common word"], once)
        for name, once in (
            (BARE, bare(engine)),
            (OWN_MEANS, own_means(folder / "peer", documents)),
            (FTS5, fts5(folder / "fts5.sqlite3", documents)),
        )
    ]
    return Size(passages, tuple(rows))


def build(engine: TantivyEngine, documents: int) -> float:
    """Seconds that the analysis took of it."""
    analysis_s = 0.0
    building = engine.begin(0, resume=False)
    for batch in batches(texts(documents), 200):
        start = time.process_time()
        made = tuple(record for number, passages in batch for record in records(number, passages))
        analysis_s += time.process_time() - start
        building.add(Changes(made), after=1)
    building.switch()
    building.close()
    return analysis_s


def page_costs(asked: list[str]) -> Timing:
    """The whole HTML page over the library that is loaded, middleware and templates with it."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})

    def once(text: str) -> int:
        return len(client.get("/search/", {"q": text}).content)

    return timed("search page, HTML", asked, once)


def visibility(passages: int) -> tuple[float, float]:
    """Seconds of the clock until a new document of 50 passages is found in an index of that size: median and worst of
    ten."""
    with tempfile.TemporaryDirectory() as folder:
        engine = TantivyEngine(Path(folder))
        documents = passages // PASSAGES_A_DOCUMENT
        build(engine, documents)
        waits = []
        for number, text in list(texts(documents + 10))[documents:]:
            start = time.perf_counter()
            with engine.exclusive(1.0):
                engine.apply(Changes(tuple(records(number, text))))
            scope = {"level": (WHOLE,), "edition": (f"D{number}",)}
            if engine.search(Request(Everything(), scope)).total != 1:
                raise AssertionError("written and not found")
            waits.append(time.perf_counter() - start)
        return median(waits), max(waits)


def _asked(engine: TantivyEngine) -> list[Timing]:
    """The whole answer: reading, ranking, seven facets, ten cards, up to thirty places, marked."""
    rows = []
    for name, asked in questions().items():
        selected = {"year": ("2015", "2016"), "language": ("en",)} if "filters" in name else {}
        rows.append(timed(name, asked, partial(_total, engine, selected)))
    return rows


def _total(engine: TantivyEngine, selected: dict[str, tuple[str, ...]], text: str) -> int:
    return ask(engine, Question(text, selected), Thesaurus()).total
