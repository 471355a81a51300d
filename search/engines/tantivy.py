"""The embedded engine. Local disk only; on more than one host use Elasticsearch (docs/adr/0020).

The rules it is written by, each with a test in tests/search/test_tantivy.py, are in docs/search.md.
"""

import dataclasses
import fcntl
import json
import os
import shutil
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO, Any, NamedTuple

import tantivy

from search import analysis
from search.engines.base import (
    FACET_FIELDS,
    LEVELS,
    NUMBER_FIELDS,
    RAW_FIELDS,
    SCHEMA,
    SORT_TEXT,
    SORTS,
    TEXT_FIELDS,
    WHOLE,
    Answer,
    Busy,
    Changes,
    Found,
    Health,
    Hit,
    NoIndex,
    Record,
    Request,
    Unavailable,
)
from search.engines.tantivy_query import Translator

FORMAT = f"s{SCHEMA}-a{analysis.VERSION}-t0.27"
"""First part of a folder's name. An index of another format is not read but rebuilt."""

HEAP_BYTES = 15_000_000  # the least tantivy takes for one thread; a document is far smaller
BUILD_HEAP_BYTES = 100_000_000
MOST_RANKED = 1000  # passages of one page: ranked in one go, and counted by looking at them
ALL_BUCKETS = 100_000  # facets are never cut silently: tantivy's own default is ten values


class Ranked(NamedTuple):
    """A hit before it is fetched. rank: what is sorted by; value: as tantivy gave it."""

    rank: Any
    tie: float
    value: Any
    address: tantivy.DocAddress


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="spaces")
    for name in (*RAW_FIELDS, *FACET_FIELDS, SORT_TEXT):  # ids are raw text: deleting by a number deletes nothing
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in NUMBER_FIELDS:
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_bytes_field("card", stored=True)
    return builder.build()


Indexes = dict[str, tantivy.Index]
"""One index a level, in a folder of that name."""


def open_indexes(path: Path) -> Indexes:
    return {level: open_index(path / level) for level in LEVELS}


def open_index(path: Path) -> tantivy.Index:
    """An index does not remember its analysers: they are registered at every opening."""
    index = tantivy.Index.open(str(path))
    # Its own watcher would reload in the background, and may put an older state back after our reload.
    index.config_reader(reload_policy="manual")
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("spaces", spaces)
    return index


def to_document(record: Record) -> tantivy.Document:
    document = tantivy.Document()
    for name, text in record.texts().items():
        document.add_text(name, text)
    for name, values in record.raw.items():
        for value in values:
            document.add_text(name, value)
    for name, number in record.numbers.items():
        document.add_integer(name, number)
    document.add_text("key", record.key)
    document.add_text("edition", record.edition)
    document.add_text(SORT_TEXT, record.title_order)
    document.add_bytes("card", json.dumps(record.card, ensure_ascii=False).encode())
    return document


def write(path: Path, changes: Changes, heap_bytes: int) -> None:
    """One commit a level. An index is opened afresh: a writer on an old one leaves files behind that nobody removes."""
    replaced = sorted(changes.removed | {record.edition for record in changes.records})
    for level in LEVELS:
        writer = open_index(path / level).writer(heap_bytes, 1)
        for edition in replaced:
            writer.delete_documents_by_term("edition", edition)
        for record in changes.records:
            if record.level == level:
                writer.add_document(to_document(record))
        writer.commit()
        writer.wait_merging_threads()


@contextmanager
def boundary() -> Iterator[None]:
    """Turn whatever tantivy raises into Unavailable. Its panics derive from BaseException and carry no public type."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, Unavailable | Busy | KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise Unavailable(f"tantivy: {type(error).__name__}: {error}") from error


class TantivyBuilding:
    """A folder beside the others, with a file that says how far it got."""

    def __init__(self, engine: "TantivyEngine", path: Path, after: int, since: int) -> None:
        self.engine = engine
        self.path = path
        self.after = after
        self.since = since
        self.lock: IO[str] | None = None  # held while the object lives: one build at a time

    @property
    def _state(self) -> Path:
        return self.path.with_name(f"{self.path.name}.building")

    def add(self, changes: Changes, after: int) -> None:
        with boundary():
            write(self.path, changes, BUILD_HEAP_BYTES)
        self.after = after
        self.save()

    def editions(self) -> int:
        with boundary():
            searcher = open_index(self.path / WHOLE).searcher()
            return int(searcher.num_docs)

    def save(self) -> None:
        replace(self._state, json.dumps({"after": self.after, "since": self.since}))

    def switch(self) -> None:
        replace(self.engine.pointer, self.path.name)
        self._state.unlink(missing_ok=True)
        self.engine.broken_mark.unlink(missing_ok=True)
        self.engine.remove_other_folders(self.path)

    def close(self) -> None:
        if self.lock:
            self.lock.close()


def replace(path: Path, text: str) -> None:
    """Write a file so that a reader sees either the former text or this one."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with open(beside, "w") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    beside.replace(path)


class TantivyEngine:
    """root: the folder of this engine. Holds indexes by name, the file `current` that names one, and the lock."""

    remote = False

    def __init__(self, root: Path, name: str = "tantivy") -> None:
        self.root = root
        self.name = name
        self.pointer = root / "current"
        self.broken_mark = root / "broken"
        self._open: tuple[str, Indexes] | None = None
        self._loaded: dict[str, tuple[object, ...]] = {}

    @cached_property
    def schema(self) -> tantivy.Schema:
        return schema()

    def close(self) -> None:
        self._open = None

    # --- asking ---------------------------------------------------------------------------------------------------

    def search(self, request: Request) -> Answer:
        with self._reading(request.level) as searcher:
            translate = Translator(self.schema, searcher)
            limited = translate.within(translate.node(request.tree), request.scope)
            query = translate.within(limited, request.selected)
            total, hits = self._hits(searcher, query, request)
            return Answer(total, hits, self._facets(searcher, translate, limited, request))

    def places(self, request: Request, each: int) -> dict[str, Found]:
        """Ranks all of them where they are few enough, and fetches those that are shown."""
        with self._reading(request.level) as searcher:
            translate = Translator(self.schema, searcher)
            query = translate.within(translate.node(request.tree), request.scope)
            result: Any = searcher.search(query, MOST_RANKED, count=True)
            if result.count <= MOST_RANKED:
                return self._grouped(searcher, result.hits, each)
        return self._places_of_many(request, each)

    def _grouped(
        self, searcher: tantivy.Searcher, hits: list[tuple[float, tantivy.DocAddress]], each: int
    ) -> dict[str, Found]:
        addresses = [address for _, address in hits]
        groups: defaultdict[float | None, list[Ranked]] = defaultdict(list)
        owners, ties = (searcher.fast_field_values(name, addresses) for name in ("owner", "tie"))
        for (score, address), owner, tie in zip(hits, owners, ties, strict=True):
            groups[owner].append(Ranked(self._rounded(score), tie or 0, score, address))
        found = {}
        for rows in groups.values():
            best = [self._hit(searcher, row.value, row.address) for row in ordered(rows, True)[:each]]
            found[best[0].card["edition"]] = Found(len(rows), best)
        return found

    def _places_of_many(self, request: Request, each: int) -> dict[str, Found]:
        """Fetches more than are shown and groups them; asks again for an edition that others crowded out."""
        editions = request.scope["edition"]
        crowd = dataclasses.replace(
            request, facets=("edition",), sort="relevance", offset=0, limit=2 * each * len(editions)
        )
        answer = self.search(crowd)
        found = {edition: Found(count, []) for edition, count in answer.facets["edition"].items()}
        for hit in answer.hits:
            found[hit.card["edition"]].hits.append(hit)
        for edition, known in found.items():
            if len(known.hits) < min(each, known.count):
                alone = {**request.scope, "edition": (edition,)}
                known.hits[:] = self.search(dataclasses.replace(crowd, scope=alone, facets=(), limit=each)).hits
            del known.hits[each:]
        return found

    def each(self, request: Request) -> Iterator[Hit]:
        with self._reading(request.level) as searcher:
            translate = Translator(self.schema, searcher)
            query = translate.within(translate.within(translate.node(request.tree), request.scope), request.selected)
            counted: Any = searcher.search(query, 1, count=True)
            result: Any = searcher.search(query, max(1, counted.count), order_by_field="tie", order=tantivy.Order.Asc)
            for _, address in result.hits:
                yield self._hit(searcher, 0.0, address)

    def doc_freqs(self, terms: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        with self._reading(WHOLE) as searcher:
            return {(field, term): int(searcher.doc_freq(field, term)) for field, term in terms}

    def vocabulary(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        with self._reading(WHOLE) as searcher:
            return list(searcher.terms_with_prefix(field, prefix, limit=limit))

    @contextmanager
    def _reading(self, level: str) -> Iterator[tantivy.Searcher]:
        """A searcher on what was written last, by whatever process."""
        name = self._current()
        try:
            with boundary():
                if self._open is None or self._open[0] != name:
                    self._open = (name, open_indexes(self.root / name))
                searcher = self._fresh(name, level, self._open[1][level]).searcher()
        except Unavailable as error:
            self._give_up(error)
        try:
            with boundary():
                yield searcher
        except Unavailable:
            self._open = None
            raise

    def _fresh(self, name: str, level: str, index: tantivy.Index) -> tantivy.Index:
        """Reloaded if anybody has committed since: a commit replaces meta.json by another file.

        tantivy's own watcher is late, and dead after a fork. A reload costs 0.3 ms, a look at the file next to nothing.
        """
        state = (self.root / name / level / "meta.json").stat()
        stamp = (name, state.st_ino, state.st_mtime_ns, state.st_size)
        if self._loaded.get(level) != stamp:
            index.reload()
            self._loaded[level] = stamp
        return index

    def _current(self) -> str:
        try:
            name = self.pointer.read_text()
        except OSError as error:
            raise NoIndex(f"{self.pointer}: {error}") from error
        if not name.startswith(f"{FORMAT}-"):
            raise NoIndex(f"the index {name!r} is not of the format {FORMAT}")
        return name

    def _give_up(self, error: Unavailable) -> None:
        """What cannot be opened will not mend itself: leave a mark for the next tick."""
        self._open = None
        if self.root.exists():
            self.broken_mark.touch()
        raise NoIndex(error.reason) from error

    def _hits(self, searcher: tantivy.Searcher, query: tantivy.Query, request: Request) -> tuple[int, list[Hit]]:
        wanted = request.offset + request.limit
        field, descending = SORTS.get(request.sort, (None, True))
        order = tantivy.Order.Desc if descending else tantivy.Order.Asc
        rank = self._value if field else self._rounded
        limit = wanted + 10
        while True:
            result: Any = searcher.search(query, limit, count=True, order_by_field=field, order=order)
            ranked: list[tuple[Any, tantivy.DocAddress]] = result.hits
            if len(ranked) >= result.count or rank(ranked[-1][0]) != rank(ranked[wanted - 1][0]):
                break
            limit *= 4  # equals reach beyond what was fetched: all of them must be seen to be put in order
        ties = searcher.fast_field_values("tie", [address for _, address in ranked])
        rows = [
            Ranked(rank(value), tie or 0, value, address) for (value, address), tie in zip(ranked, ties, strict=True)
        ]
        rows = ordered(rows, descending)[request.offset : wanted]
        return result.count, [self._hit(searcher, 0.0 if field else row.value, row.address) for row in rows]

    @staticmethod
    def _value(value: Any) -> Any:
        return value

    @staticmethod
    def _rounded(score: float) -> float:
        """The last digits of a sum of 32-bit floats depend on the order of summing, which a rebuild may change."""
        return float(f"{score:.6g}")

    def _hit(self, searcher: tantivy.Searcher, score: float, address: tantivy.DocAddress) -> Hit:
        stored: Any = searcher.doc(address).get_first("card")
        card = json.loads(bytes(stored))
        return Hit(card["key"], float(score), card)

    def _facets(
        self, searcher: tantivy.Searcher, translate: Translator, limited: tantivy.Query, request: Request
    ) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {}
        free = [name for name in request.facets if name not in request.selected]
        if free:
            counts |= self._count(searcher, translate.within(limited, request.selected), free)
        for name in set(request.facets) - set(free):
            others = {facet: values for facet, values in request.selected.items() if facet != name}
            counts |= self._count(searcher, translate.within(limited, others), [name])
        return counts

    @staticmethod
    def _count(searcher: tantivy.Searcher, query: tantivy.Query, names: Iterable[str]) -> dict[str, dict[str, int]]:
        asked = {name: {"terms": {"field": name, "size": ALL_BUCKETS}} for name in names}
        answer = searcher.aggregate(query, asked)
        return {name: {str(bucket["key"]): bucket["doc_count"] for bucket in answer[name]["buckets"]} for name in asked}

    # --- writing --------------------------------------------------------------------------------------------------

    @contextmanager
    def exclusive(self, wait_s: float) -> Iterator[None]:
        """The lock is the operating system's: the file may stay behind, a killed holder lets go."""
        self.root.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + wait_s
        while (handle := self._lock("lock")) is None:
            if time.monotonic() >= deadline:
                raise Busy("the index is being written by another process")
            time.sleep(0.02)
        with handle:
            yield

    def _lock(self, name: str) -> IO[str] | None:
        """An open file that holds the lock until it is closed, or None if another has it."""
        handle = open(self.root / name, "w")  # noqa: SIM115
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            return None
        return handle

    def apply(self, changes: Changes) -> None:
        path = self.root / self._current()
        with boundary():
            write(path, changes, HEAP_BYTES)

    def begin(self, since: int, *, resume: bool = True) -> TantivyBuilding:
        self.root.mkdir(parents=True, exist_ok=True)
        lock = self._lock("build.lock")
        if lock is None:
            raise Busy("the index is being rebuilt by another process")
        building = (resume and self._left_unfinished()) or self._new_building(since)
        building.lock = lock
        return building

    def _new_building(self, since: int) -> TantivyBuilding:
        for state in self.root.glob("*.building"):
            state.unlink()
        path = self.root / f"{FORMAT}-{time.time_ns()}"
        for level in LEVELS:
            (path / level).mkdir(parents=True)
            with boundary():
                tantivy.Index(self.schema, path=str(path / level))
        building = TantivyBuilding(self, path, 0, since)
        building.save()
        return building

    def _left_unfinished(self) -> TantivyBuilding | None:
        for state in sorted(self.root.glob(f"{FORMAT}-*.building"), reverse=True):
            path = state.with_name(state.name.removesuffix(".building"))
            try:
                kept = json.loads(state.read_text())
                open_indexes(path)
                return TantivyBuilding(self, path, int(kept["after"]), int(kept["since"]))
            except (OSError, ValueError, KeyError):
                continue
        return None

    def remove_other_folders(self, keep: Path) -> None:
        """Readers that still have a file of them open keep it: the operating system holds it until they let go."""
        for path in self.root.iterdir():
            if path.is_dir() and path != keep:
                shutil.rmtree(path, ignore_errors=True)
            elif path.suffix == ".building":
                path.unlink(missing_ok=True)

    # --- standing -------------------------------------------------------------------------------------------------

    def needs_rebuild(self) -> bool:
        if self.broken_mark.exists():
            return True
        try:
            self.search(Request(Translator.EVERYTHING, {}, limit=1))
        except Unavailable:
            return True
        return False

    def generation(self) -> str:
        name = self._current()
        try:
            # A batch writes this level last.
            return f"{name}-{(self.root / name / WHOLE / 'meta.json').stat().st_mtime_ns}"
        except OSError as error:
            raise NoIndex(str(error)) from error

    def health(self) -> Health:
        try:
            answer = self.search(Request(Translator.EVERYTHING, {"level": ("whole",)}, limit=1))
        except Unavailable as error:
            return Health(self.name, False, notes=(error.reason,))
        folders = [self.root / self._current() / level for level in LEVELS]
        orphans = sum(len(orphan_files(folder)) for folder in folders)
        notes = (f"{sum(segments(folder) for folder in folders)} segments, {orphans} orphan files",)
        return Health(self.name, True, answer.total, notes)


def ordered(rows: list[Ranked], descending: bool) -> list[Ranked]:
    """By rank, equals by tie, whichever way the rank goes."""
    by_tie = sorted(rows, key=lambda row: row.tie)
    return sorted(by_tie, key=lambda row: row.rank, reverse=descending)


def segments(folder: Path) -> int:
    return len(json.loads((folder / "meta.json").read_text())["segments"])


def orphan_files(folder: Path) -> list[str]:
    """Files of segments that the index no longer names."""
    named = {
        segment["segment_id"].replace("-", "") for segment in json.loads((folder / "meta.json").read_text())["segments"]
    }
    files = [path.name for path in folder.iterdir() if path.name[0] != "." and path.suffix not in {".json", ".lock"}]
    return [name for name in files if name.split(".")[0] not in named]
