"""How fast the answers come, beside the raw engine and SQLite's own full-text search on the same texts.

The texts are made: words of a Zipf distribution, the same at every run. Times are of the processor, not of the clock:
what else the machine does is left out.
"""

import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import tantivy

from search.analysis import analyse
from search.engines.base import FACET_FIELDS, PASSAGE, WHOLE, Changes, Record, Request, batches
from search.engines.tantivy import TantivyEngine
from search.engines.tantivy_files import open_index
from search.finding import Question, ask
from search.records import exacts, stems, tie
from search.synonyms import Thesaurus
from search.telling import telling
from search.tree import Everything

PASSAGES_A_DOCUMENT = 50
WORDS_A_PASSAGE = 60
VOCABULARY = 30_000
ASKED = 40  # times each question is asked
SEED = 2099


@dataclass(frozen=True, slots=True)
class Timing:
    """Of one class of question: median and 95th percentile, in milliseconds, and how many documents it finds."""

    name: str
    median_ms: float
    p95_ms: float
    found: int


@dataclass(frozen=True, slots=True)
class Size:
    passages: int
    build_s: float
    analysis_s: float
    timings: tuple[Timing, ...]


def words() -> tuple[list[str], list[float]]:
    """Made words, and the running sums of their frequencies: the n-th is n times rarer than the first."""
    chance = random.Random(SEED)  # noqa: S311
    letters = "etaoinshrdlucmfwypvbgk"
    names = list(dict.fromkeys("".join(chance.choices(letters, k=chance.randint(4, 9))) for _ in range(VOCABULARY)))
    return names, list(accumulate(1 / rank for rank in range(1, len(names) + 1)))


def texts(documents: int) -> Iterator[tuple[int, list[str]]]:
    """(number, passages) of each document."""
    names, sums = words()
    chance = random.Random(SEED + 1)  # noqa: S311
    for number in range(documents):
        yield (
            number,
            [" ".join(chance.choices(names, cum_weights=sums, k=WORDS_A_PASSAGE)) for _ in range(PASSAGES_A_DOCUMENT)],
        )


def records(number: int, passages: list[str]) -> Iterator[Record]:
    key = f"D{number}"
    analysed = [analyse(text, "en") for text in passages]
    raw = {
        "document": (key,), "current": ("yes",), "year": (str(2014 + number % 12),), "theme": (f"theme{number % 11}",),
        "stage": (("final", "comment")[number % 7 == 0],), "language": ("en",), "meeting": (f"city{number % 12}",),
    }  # fmt: skip
    numbers = {
        "year_number": 2014 + number % 12,
        "newest": number,
        "stage_order": 0,
        "tie": tie(key),
        "owner": tie(key),
    }
    title = passages[0][:60]
    card: dict[str, Any] = {
        "key": key,
        "edition": key,
        "title": title,
        "summary": "",
        "language": "en",
        "url": f"/{key}/",
    }
    head = analyse(title, "en")
    card["telling"] = telling([head, *analysed])
    terms = {"title": stems([head]), "body": stems([head, *analysed]), "exact": exacts([head, *analysed])}
    yield Record(key, key, terms, raw | {"level": (WHOLE,)}, numbers, title, card)
    for place, (text, tokens) in enumerate(zip(passages, analysed, strict=True), start=1):
        anchor = f"p{place}"
        shown = {"anchor": anchor, "number": place, "path": [], "section": "", "text": text, "language": "en"}
        yield Record(
            f"{key}#{anchor}", key, {"body": stems([tokens]), "exact": exacts([tokens])},
            raw | {"level": (PASSAGE,)}, numbers | {"tie": place}, "",
            {"key": f"{key}#{anchor}", "edition": key, **shown},
        )  # fmt: skip


def measure(passages: int, say: Callable[[str], None]) -> Size:
    documents = passages // PASSAGES_A_DOCUMENT
    with tempfile.TemporaryDirectory() as folder:
        engine = TantivyEngine(Path(folder))
        start = time.process_time()
        analysis_s = _build(engine, documents)
        build_s = time.process_time() - start
        say(f"{passages} passages: built in {build_s:.1f} s, {passages / build_s:.0f} passages/s on one core")
        rows = _asked(engine)
        rows += _raw(engine)
        rows += _fts5(Path(folder) / "fts5.sqlite3", documents)
        return Size(passages, build_s, analysis_s, tuple(rows))


def _build(engine: TantivyEngine, documents: int) -> float:
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

    return _timed("search page, HTML", asked, once)


def visibility(passages: int) -> tuple[float, float]:
    """Seconds of the clock until a new document of 50 passages is found in an index of that size: median and worst of
    ten."""
    with tempfile.TemporaryDirectory() as folder:
        engine = TantivyEngine(Path(folder))
        documents = passages // PASSAGES_A_DOCUMENT
        _build(engine, documents)
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


def questions() -> dict[str, list[str]]:
    """By how many documents hold the words: nearly all, many, few."""
    names, _sums = words()
    return {
        "common word": names[5:15],
        "middle word": names[300:310],
        "rare word": names[15_000:15_010],
        "two common words": [f"{a} {b}" for a, b in zip(names[5:15], names[20:30], strict=True)],
        "common word, two filters": names[5:15],
        "phrase": [f'"{a} {b}"' for a, b in pairwise(names[1:12])],
        "prefix": [f"{name[:4]}*" for name in names[50:60]],
        "misspelt word": [name[0] + name[2:] + "x" for name in names[100:110]],
    }


def _asked(engine: TantivyEngine) -> list[Timing]:
    """The whole answer: reading, ranking, six facets, ten cards, up to thirty places, marked."""
    rows = []
    for name, asked in questions().items():
        selected = {"year": ("2015", "2016"), "language": ("en",)} if "filters" in name else {}
        rows.append(_timed(name, asked, partial(_total, engine, selected)))
    return rows


def _total(engine: TantivyEngine, selected: dict[str, tuple[str, ...]], text: str) -> int:
    return ask(engine, Question(text, selected), Thesaurus()).total


def _raw(engine: TantivyEngine) -> list[Timing]:
    """tantivy alone for the same hits: top ten, count, facets, ten cards and the thirty best of their passages.

    No reading of the question, no grouping, no marks.
    """
    folder = engine.root / engine.folder.current()
    index, places = open_index(folder / WHOLE), open_index(folder / PASSAGE)
    schema = engine.schema
    facets = {name: {"terms": {"field": name, "size": 1000}} for name in FACET_FIELDS}

    def once(text: str) -> int:
        searcher = index.searcher()
        stem = analyse(text, "en")[0].stem
        query = tantivy.Query.term_query(schema, "body", stem)
        result: Any = searcher.search(query, 10)
        cards = [searcher.doc(address) for _score, address in result.hits]
        searcher.aggregate(query, facets)
        editions = [json.loads(bytes(card["card"][0]))["key"] for card in cards]
        among = tantivy.Query.const_score_query(tantivy.Query.term_set_query(schema, "edition", editions), 0.0)
        both = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, among)])
        inside = places.searcher()
        found: Any = inside.search(both, 30)
        for _score, address in found.hits:
            inside.doc(address)
        return int(result.count)

    return [_timed("raw tantivy, common word", questions()["common word"], once)]


def _fts5(path: Path, documents: int) -> list[Timing]:
    """SQLite FTS5 over the passages: top ten with snippets, and the documents counted by year."""
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript(
        "PRAGMA synchronous=OFF; CREATE TABLE meta(id INTEGER PRIMARY KEY, document INT, year INT);"
        "CREATE VIRTUAL TABLE passages USING fts5(body, tokenize='porter unicode61'); BEGIN;"
    )
    for number, passages in texts(documents):
        for text in passages:
            row = database.execute("INSERT INTO passages(body) VALUES (?)", (text,)).lastrowid
            database.execute("INSERT INTO meta VALUES (?, ?, ?)", (row, number, 2014 + number % 12))
    database.execute("COMMIT")
    top = (
        "SELECT rowid, snippet(passages, 0, '<', '>', '', 32) FROM passages "
        "WHERE passages MATCH ? ORDER BY rank LIMIT 10"
    )
    years = (
        "SELECT year, count(DISTINCT document) FROM passages JOIN meta ON meta.id = passages.rowid "
        "WHERE passages MATCH ? GROUP BY year"
    )

    def once(text: str) -> int:
        database.execute(top, (text,)).fetchall()
        return sum(count for _year, count in database.execute(years, (text,)))

    rows = [_timed("SQLite FTS5, common word", questions()["common word"], once)]
    database.close()
    return rows


def _timed(name: str, asked: list[str], once: Callable[[str], int]) -> Timing:
    found = [once(text) for text in asked]  # also warms up
    times = []
    for turn in range(ASKED):
        start = time.process_time()
        once(asked[turn % len(asked)])
        times.append((time.process_time() - start) * 1000)
    return Timing(name, median(times), quantiles(times, n=20)[-1], round(median(found)))
