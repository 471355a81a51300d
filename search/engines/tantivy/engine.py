"""The embedded engine. Local disk only; on more than one host use Elasticsearch (docs/adr/0020).

The rules it is written by, each with its test, are in docs/search.md.
"""

import dataclasses
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import tantivy

from search.engines.base import (
    LEVELS,
    SORTS,
    WHOLE,
    Answer,
    Changes,
    Found,
    Health,
    Hit,
    NoIndex,
    Request,
    Unavailable,
)
from search.engines.tantivy.building import Folder, TantivyBuilding
from search.engines.tantivy.index_files import (
    HEAP_BYTES,
    Indexes,
    boundary,
    open_indexes,
    orphan_files,
    segments,
    write,
)
from search.engines.tantivy.query_translation import Translator
from search.engines.tantivy.schema import schema
from search.engines.tantivy.top_hits import EQUAL, Ranked, foremost, lifted, ordered, rounded, sifted, ties_of
from search.engines.tantivy.word_pairs import chosen
from search.query.tree import Node, matching, without_places

MOST_RANKED = 1000  # passages of one page: ranked in one go, and counted by looking at them
TOTAL = "total"  # besides the facets in one count
decoder = json.JSONDecoder()
ALL_BUCKETS = 100_000  # facets are never cut silently: tantivy's own default is ten values


class Opened(NamedTuple):
    """frequent: words whose pairs are terms of the index of documents."""

    name: str
    indexes: Indexes
    frequent: frozenset[str]


class TantivyEngine:
    """root: the folder of this engine. Holds indexes by name, the file `current` that names one, and the lock."""

    remote = False

    def __init__(self, root: Path, name: str = "tantivy") -> None:
        self.root = root
        self.name = name
        self.folder = Folder(root)
        self._open: Opened | None = None
        self._loaded: dict[str, tuple[object, ...]] = {}

    @cached_property
    def schema(self) -> tantivy.Schema:
        return schema()

    def close(self) -> None:
        self._open = None

    # --- asking ---------------------------------------------------------------------------------------------------

    def search(self, request: Request) -> Answer:
        with self._translating(request.level) as translate:
            searcher = translate.searcher
            rows = self._rows(translate, request)
            total, facets = self._counts(translate, request) if request.counted else (0, {})
            if request.lifts:
                rows = lifted(translate, rows[: request.window], request.lift)
            page = rows[request.offset : request.offset + request.limit]
            return Answer(total, [self._hit(searcher, row) for row in page], facets)

    def answers(self, requests: Sequence[Request]) -> list[Answer]:
        return [self.search(request) for request in requests]

    @staticmethod
    def _rows(translate: Translator, request: Request) -> list[Ranked]:
        """The foremost, down to the end of the page or of the window."""

        def limited(tree: Node) -> tantivy.Query:
            return translate.within(translate.within(translate.node(tree), request.scope), request.selected)

        wanted = max(request.offset + request.limit, request.window if request.lifts else 0)
        loose = without_places(request.tree)
        if loose != request.tree and request.sort not in SORTS and request.level == WHOLE:
            rows = sifted(translate, limited(loose), request.tree, wanted)
            if rows is not None:
                return rows
        return foremost(translate.searcher, limited(request.tree), request.sort, wanted)

    def places(self, request: Request, each: int) -> dict[str, Found]:
        """Ranks all of them where they are few enough, and fetches those that are shown."""
        with self._translating(request.level) as translate:
            query = translate.within(translate.node(request.tree), request.scope)
            result: Any = translate.searcher.search(query, MOST_RANKED, count=True)
            if result.count <= MOST_RANKED:
                return self._grouped(translate.searcher, result.hits, each)
        return self._places_of_many(request, each)

    def all_places(self, requests: Sequence[Request], each: int) -> list[dict[str, Found]]:
        return [self.places(request, each) for request in requests]

    def _grouped(
        self, searcher: tantivy.Searcher, hits: list[tuple[float, tantivy.DocAddress]], each: int
    ) -> dict[str, Found]:
        addresses = [address for _, address in hits]
        groups: defaultdict[float | None, list[tuple[float, int, tantivy.DocAddress]]] = defaultdict(list)
        owners = searcher.fast_field_values("owner", addresses)
        for (score, address), owner, tie in zip(hits, owners, ties_of(searcher, addresses), strict=True):
            groups[owner].append((score, tie, address))
        found = {}
        for group in groups.values():
            least = group[:each][-1][0] * (1 - EQUAL)  # best first: what is below is not shown, whatever its tie
            rows = [Ranked(rounded(score), tie, score, address) for score, tie, address in group if score >= least]
            best = [self._hit(searcher, row) for row in ordered(rows, True)[:each]]
            found[best[0].card["edition"]] = Found(len(group), best)
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
        with self._translating(request.level) as translate:
            searcher = translate.searcher
            query = translate.within(translate.within(translate.node(request.tree), request.scope), request.selected)
            counted: Any = searcher.search(query, 1, count=True)
            result: Any = searcher.search(query, max(1, counted.count), order_by_field="tie", order=tantivy.Order.Asc)
            for _, address in result.hits:
                yield self._hit(searcher, Ranked(0, 0, 0.0, address))

    def doc_freqs(self, terms: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        with self._reading(WHOLE) as searcher:
            return {(field, term): int(searcher.doc_freq(field, term)) for field, term in terms}

    def vocabulary(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        with self._reading(WHOLE) as searcher:
            return list(searcher.terms_with_prefix(field, prefix, limit=limit))

    @contextmanager
    def _reading(self, level: str) -> Iterator[tantivy.Searcher]:
        """A searcher on what was written last, by whatever process."""
        name = self.folder.current()
        try:
            with boundary():
                if self._open is None or self._open.name != name:
                    self._open = Opened(name, open_indexes(self.root / name), chosen(self.root / name))
                searcher = self._fresh(name, level, self._open.indexes[level]).searcher()
        except Unavailable as error:
            self._give_up(error)
        try:
            with boundary():
                yield searcher
        except Unavailable:
            self._open = None
            raise

    @contextmanager
    def _translating(self, level: str) -> Iterator[Translator]:
        with self._reading(level) as searcher:
            frequent = self._open.frequent if self._open and level == WHOLE else frozenset()
            yield Translator(self.schema, searcher, frequent)

    def _fresh(self, name: str, level: str, index: tantivy.Index) -> tantivy.Index:
        """Reloaded if anybody has committed since: a commit replaces meta.json by another file.

        tantivy's own watcher is late, and dead after a fork. A reload costs 0.3 ms, a look at the file next to nothing.
        """
        state = os.stat(f"{self.root}/{name}/{level}/meta.json")
        stamp = (name, state.st_ino, state.st_mtime_ns, state.st_size)
        if self._loaded.get(level) != stamp:
            index.reload()
            self._loaded[level] = stamp
        return index

    def _give_up(self, error: Unavailable) -> None:
        """What cannot be opened will not mend itself: leave a mark for the next tick."""
        self._open = None
        if self.root.exists():
            self.folder.broken_mark.touch()
        raise NoIndex(error.reason) from error

    @staticmethod
    def _hit(searcher: tantivy.Searcher, row: Ranked) -> Hit:
        stored: Any = searcher.doc(row.address).get_first("card")
        card, _end = decoder.raw_decode(stored.decode())
        return Hit(card["key"], float(row.score), card)

    def _counts(self, translate: Translator, request: Request) -> tuple[int, dict[str, dict[str, int]]]:
        """The total, and the facets: those nothing is chosen in at once with it, each other by itself."""
        searcher = translate.searcher
        limited = translate.within(translate.unscored().node(matching(request.tree)), request.scope)
        free = [name for name in request.facets if name not in request.selected]
        total, counts = self._count(searcher, translate.within(limited, request.selected), free)
        for name in set(request.facets) - set(free):
            others = {facet: values for facet, values in request.selected.items() if facet != name}
            counts |= self._count(searcher, translate.within(limited, others), [name])[1]
        return total, counts

    @staticmethod
    def _count(
        searcher: tantivy.Searcher, query: tantivy.Query, names: Iterable[str]
    ) -> tuple[int, dict[str, dict[str, int]]]:
        asked: dict[str, Any] = {name: {"terms": {"field": name, "size": ALL_BUCKETS}} for name in names}
        answer = searcher.aggregate(query, asked | {TOTAL: {"value_count": {"field": "tie"}}})
        counts = {
            name: {str(bucket["key"]): bucket["doc_count"] for bucket in answer[name]["buckets"]} for name in asked
        }
        return int(answer[TOTAL]["value"]), counts

    # --- writing --------------------------------------------------------------------------------------------------

    def apply(self, changes: Changes) -> None:
        path = self.root / self.folder.current()
        with boundary():
            write(path, changes, HEAP_BYTES)

    def exclusive(self, wait_s: float) -> AbstractContextManager[None]:
        return self.folder.exclusive(wait_s)

    def begin(self, since: int, *, resume: bool = True) -> TantivyBuilding:
        return self.folder.begin(since, resume=resume)

    # --- standing -------------------------------------------------------------------------------------------------

    def needs_rebuild(self) -> bool:
        if self.folder.broken_mark.exists():
            return True
        try:
            self.search(Request(Translator.EVERYTHING, {}, limit=1))
        except Unavailable:
            return True
        return False

    def generation(self) -> str:
        name = self.folder.current()
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
        folders = [self.root / self.folder.current() / level for level in LEVELS]
        orphans = sum(len(orphan_files(folder)) for folder in folders)
        notes = (f"{sum(segments(folder) for folder in folders)} segments, {orphans} orphan files",)
        return Health(self.name, True, answer.total, notes)
