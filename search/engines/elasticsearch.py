"""The engine for many hosts. The same terms, trees and scores as the embedded one; docs/scaling.md says when.

Each level has an index of its own behind an alias. A rebuild makes new indexes beside and moves both aliases in one
call; the former pair is kept until the next rebuild, for whoever has to go back.
"""

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.engines import elasticsearch_index as layout
from search.engines import locks
from search.engines.base import (
    LEVELS,
    PASSAGE,
    SORTS,
    WHOLE,
    Answer,
    Changes,
    EngineError,
    Found,
    Health,
    Hit,
    NoIndex,
    Request,
    Unavailable,
)
from search.engines.dsl import A, Query, Search, query
from search.engines.elasticsearch_client import ASKING_S, COUNTING_S, MERGING_S, WRITING_S, Connection
from search.engines.elasticsearch_query import Translator, filters, leaves
from search.tree import Everything

BULK_RECORDS = 500
BULK_BYTES = 10_000_000
SCAN_PAGE = 1000
KEPT_OPEN = "1m"  # how long a point in time survives between two pages
KEPT_S = 60.0  # how long frequencies and vocabulary are taken as unchanged
MOST_KEPT = 50_000  # frequencies
HARMLESS = (404, 409)  # it is gone already; what is there was read later
RENAMED = {"_source": "source", "from": "from_"}


class ElasticsearchEngine:
    """prefix: begins the names of the indexes and aliases, so that several libraries can share a server."""

    name = "elasticsearch"
    remote = True

    def __init__(self, connection: Connection, prefix: str, shards: int = 1) -> None:
        self.connection = connection
        self.prefix = prefix
        self.shards = shards
        self._frequencies: dict[tuple[str, str], int] = {}
        self._kept_until = 0.0

    def close(self) -> None:
        self.connection.close()

    # --- asking ---------------------------------------------------------------------------------------------------

    def search(self, request: Request) -> Answer:
        search = self._limited(self._search(request), request)
        field, descending = SORTS.get(request.sort, ("_score", True))
        search = search.sort({field: {"order": "desc" if descending else "asc"}}, {"tie": {"order": "asc"}})
        search = search.extra(track_total_hits=True, track_scores=field == "_score")
        self._count(search, request)
        answer = self._execute(request.level, search[request.offset : request.offset + request.limit])
        counts = {
            name: {bucket["key"]: bucket["doc_count"] for bucket in counted["values"]["buckets"]}
            for name, counted in answer.get("aggregations", {}).items()
        }
        return Answer(answer["hits"]["total"]["value"], [_hit(hit) for hit in answer["hits"]["hits"]], counts)

    def places(self, request: Request, each: int) -> dict[str, Found]:
        order = [{"_score": {"order": "desc"}}, {"tie": {"order": "asc"}}]
        best = {"name": "best", "size": each, "sort": order, "_source": ["card"]}
        editions = len(request.scope["edition"])
        search = self._limited(self._search(request), request).source(False)
        search = search.extra(collapse={"field": "edition", "inner_hits": best}, track_total_hits=False)
        found = {}
        for group in self._execute(PASSAGE, search[:editions])["hits"]["hits"]:
            inner = group["inner_hits"]["best"]["hits"]
            found[group["fields"]["edition"][0]] = Found(inner["total"]["value"], [_hit(hit) for hit in inner["hits"]])
        return found

    def doc_freqs(self, terms: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        wanted = set(terms)
        if time.monotonic() > self._kept_until or len(self._frequencies) > MOST_KEPT:
            self._frequencies, self._kept_until = {}, time.monotonic() + KEPT_S
        if missing := sorted(wanted - self._frequencies.keys()):
            asked = {str(n): query.Term(**{field: {"value": text}}) for n, (field, text) in enumerate(missing)}
            search = Search()[:0].extra(track_total_hits=False)
            search.aggs.bucket("terms", A("filters", filters=asked))
            buckets = self._execute(WHOLE, search)["aggregations"]["terms"]["buckets"]
            self._frequencies |= {pair: buckets[str(n)]["doc_count"] for n, pair in enumerate(missing)}
        return {pair: self._frequencies.get(pair, 0) for pair in wanted}

    def vocabulary(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        if field != "exact":
            raise ValueError(f"no vocabulary is kept of {field}")
        begins = "".join(f"\\{letter}" if not letter.isalnum() else letter for letter in prefix) + ".*"
        search = Search()[:0].extra(track_total_hits=False)
        size = limit or layout.MOST_TERMS
        terms = A("terms", field=layout.WORDS, include=begins, size=size, order={"_key": "asc"})
        search.aggs.bucket("words", terms)
        buckets = self._execute(WHOLE, search, COUNTING_S)["aggregations"]["words"]["buckets"]
        return [(bucket["key"], bucket["doc_count"]) for bucket in buckets]

    def each(self, request: Request) -> Iterator[Hit]:
        search = self._limited(self._search(request), request).sort({"tie": "asc"}, {"key": "asc"})[:SCAN_PAGE]
        body = search.to_dict()
        with self.connection.client(WRITING_S) as client:
            opened = client.open_point_in_time(index=self._alias(request.level), keep_alive=KEPT_OPEN)
            body["pit"] = {"id": opened["id"], "keep_alive": KEPT_OPEN}
            try:
                while hits := client.search(**_arguments(body))["hits"]["hits"]:
                    yield from (_hit(hit) for hit in hits)
                    body["search_after"] = hits[-1]["sort"]
            finally:
                client.close_point_in_time(id=opened["id"])

    def _search(self, request: Request) -> Search:
        known = self.doc_freqs(leaves(request.tree))
        translate = Translator(lambda field, text: known[field, text] > 0)
        return Search().query(self._asked(translate, request)).source(["card"])

    @staticmethod
    def _asked(translate: Translator, request: Request) -> Query:
        return query.Bool(must=[translate.node(request.tree)], filter=filters(request.scope))

    @staticmethod
    def _limited(search: Search, request: Request) -> Search:
        """What was chosen in facets narrows the hits, not yet the counts."""
        return search.post_filter(query.Bool(filter=filters(request.selected))) if request.selected else search

    @staticmethod
    def _count(search: Search, request: Request) -> None:
        """Each facet is counted over what every other facet leaves. Records are documents: the counts are exact."""
        for name in request.facets:
            others = {facet: values for facet, values in request.selected.items() if facet != name}
            narrowed = query.Bool(filter=filters(others)) if others else query.MatchAll()
            terms = A("terms", field=name, size=layout.MOST_TERMS)
            search.aggs.bucket(name, A("filter", filter=narrowed)).bucket("values", terms)

    def _execute(self, level: str, search: Search, wait_s: float = ASKING_S) -> dict[str, Any]:
        """dfs: every shard scores with the frequencies of all. preference: the same question asks the same copies,
        whose frequencies may differ by deleted texts, so that pages fit together."""
        body = search.to_dict()
        same = hashlib.md5(repr(body.get("query")).encode(), usedforsecurity=False).hexdigest()
        with self.connection.client(wait_s) as client:
            answer = client.search(
                index=self._alias(level), search_type="dfs_query_then_fetch", preference=same, **_arguments(body)
            )
            return dict(answer)

    # --- writing --------------------------------------------------------------------------------------------------

    def exclusive(self, wait_s: float) -> AbstractContextManager[None]:
        return locks.held(f"{self.prefix}-index", wait_s)

    def apply(self, changes: Changes) -> None:
        index_of = self._current()
        with self.connection.client(WRITING_S) as client:
            self._write(client, index_of, changes)
            client.indices.refresh(index=list(index_of.values()))

    def _write(self, client: Elasticsearch, index_of: Mapping[str, str], changes: Changes) -> None:
        """Backs off where the server says that it has too much to do. A newer version there is left as it is."""
        actions = layout.actions(dict(index_of), changes, self._records_of(client, index_of, changes.removed))
        results = streaming_bulk(
            client, actions, chunk_size=BULK_RECORDS, max_chunk_bytes=BULK_BYTES, max_retries=5, initial_backoff=0.5,
            max_backoff=8, raise_on_error=False,
        )  # fmt: skip
        refused = [
            result for well, result in results if not well and next(iter(result.values()))["status"] not in (404, 409)
        ]
        if refused:
            raise EngineError(f"Elasticsearch refused {len(refused)} records, the first: {refused[0]}")

    @staticmethod
    def _records_of(
        client: Elasticsearch, index_of: Mapping[str, str], editions: Iterable[str]
    ) -> dict[str, list[str]]:
        """Level to the ids of what it holds of these editions."""
        found: dict[str, list[str]] = {}
        for level, index in index_of.items():
            if editions := list(editions):
                body = Search().query(query.Terms(edition=editions)).source(False).sort("_doc")[:SCAN_PAGE].to_dict()
                keys: list[str] = []
                while hits := client.search(index=index, **_arguments(body))["hits"]["hits"]:
                    keys += [hit["_id"] for hit in hits]
                    body["search_after"] = hits[-1]["sort"]
                found[level] = keys
        return found

    def begin(self, since: int, *, resume: bool = True) -> "ElasticsearchBuilding":
        held = ExitStack()
        held.enter_context(locks.held(f"{self.prefix}-build", 0))
        try:
            with self.connection.client(WRITING_S) as client:
                building = (resume and self._left_unfinished(client)) or self._new_building(client, since)
        except EngineError:
            held.close()
            raise
        building.held = held
        return building

    def _new_building(self, client: Elasticsearch, since: int) -> "ElasticsearchBuilding":
        stamp = time.time_ns()
        index_of = {level: f"{self.prefix}-{level}-{layout.FORMAT}-{stamp}" for level in LEVELS}
        for level, index in index_of.items():
            client.indices.create(
                index=index, settings=layout.settings_while_loading(self.shards), mappings=layout.mapping(level)
            )
        building = ElasticsearchBuilding(self, index_of, 0, since)
        building.save(client)
        return building

    def _left_unfinished(self, client: Elasticsearch) -> "ElasticsearchBuilding | None":
        mappings = client.indices.get_mapping(index=self._names(WHOLE), ignore_unavailable=True)
        for name in sorted(mappings, reverse=True):
            state = mappings[name]["mappings"].get("_meta", {})
            if state.get("building"):
                passages = name.replace(f"{self.prefix}-{WHOLE}-", f"{self.prefix}-{PASSAGE}-", 1)
                return ElasticsearchBuilding(self, {PASSAGE: passages, WHOLE: name}, state["after"], state["since"])
        return None

    # --- standing -------------------------------------------------------------------------------------------------

    def _alias(self, level: str) -> str:
        return f"{self.prefix}-{level}"

    def _names(self, level: str) -> str:
        """A pattern of the indexes of this format."""
        return f"{self.prefix}-{level}-{layout.FORMAT}-*"

    def _current(self) -> dict[str, str]:
        """Level to the index behind its alias. Raises NoIndex if there is none, or one that other code made."""
        with self.connection.client() as client:
            held = client.indices.get_alias(name=[self._alias(level) for level in LEVELS])
        index_of = {level: name for level in LEVELS for name in held if name.startswith(f"{self.prefix}-{level}-")}
        for level in LEVELS:
            name = index_of.get(level, "")
            if not name.startswith(f"{self.prefix}-{level}-{layout.FORMAT}-"):
                raise NoIndex(f"the index {name!r} is not of the format {layout.FORMAT}: run manage.py rebuild_index")
        return index_of

    def needs_rebuild(self) -> bool:
        """Only where there is nothing yet. An index of another format belongs to hosts that run other code: two
        versions that rebuild in turns would never end, so a person runs the command."""
        with self.connection.client() as client:
            return not client.indices.exists_alias(name=self._alias(WHOLE))

    def generation(self) -> str:
        """Once a minute. What is cached by it are words to complete and correct: they may be that old."""
        return f"{self.prefix}-{int(time.monotonic() / KEPT_S)}"

    def health(self) -> Health:
        try:
            index_of = self._current()
            answer = self.search(Request(Everything(), {"level": (WHOLE,)}, limit=1))
            with self.connection.client() as client:
                colour = client.cluster.health(index=list(index_of.values()))["status"]
        except Unavailable as error:
            return Health(self.name, False, notes=(error.reason,))
        return Health(self.name, True, answer.total, (f"Elasticsearch {self.connection.version}, {colour}",))


class ElasticsearchBuilding:
    """New indexes beside the ones that answer. How far they got is kept in their own description."""

    def __init__(self, engine: ElasticsearchEngine, index_of: Mapping[str, str], after: int, since: int) -> None:
        self.engine = engine
        self.index_of = index_of
        self.after = after
        self.since = since
        self.held = ExitStack()

    def add(self, changes: Changes, after: int) -> None:
        with self.engine.connection.client(WRITING_S) as client:
            if changes.removed:
                client.indices.refresh(index=list(self.index_of.values()))
            self.engine._write(client, self.index_of, changes)
            self.after = after
            self.save(client)

    def save(self, client: Elasticsearch, building: bool = True) -> None:
        state = {"building": building, "after": self.after, "since": self.since}
        client.indices.put_mapping(index=self.index_of[WHOLE], meta=state)

    def editions(self) -> int:
        with self.engine.connection.client(WRITING_S) as client:
            client.indices.refresh(index=list(self.index_of.values()))
            return int(client.count(index=self.index_of[WHOLE])["count"])

    def switch(self) -> None:
        names = list(self.index_of.values())
        with self.engine.connection.client(MERGING_S) as client:
            client.indices.put_settings(index=names, settings=layout.SETTINGS_WHEN_LOADED)
            client.indices.forcemerge(index=names, max_num_segments=1)
            client.indices.refresh(index=names)
            self.save(client, building=False)
            former = self._move_aliases(client)
            self._remove_all_but(client, {*names, *former})

    def close(self) -> None:
        self.held.close()

    def _move_aliases(self, client: Elasticsearch) -> set[str]:
        """In one call: nobody ever sees documents of one build and places of another, or nothing."""
        engine = self.engine
        held = client.indices.get_alias(index=f"{engine.prefix}-*")
        moves: list[dict[str, Any]] = []
        former = set()
        for level, name in self.index_of.items():
            alias = engine._alias(level)
            for other in (index for index, known in held.items() if alias in known["aliases"]):
                former.add(other)
                moves.append({"remove": {"index": other, "alias": alias}})
            moves.append({"add": {"index": name, "alias": alias}})
        client.indices.update_aliases(actions=moves)
        return former

    def _remove_all_but(self, client: Elasticsearch, keep: set[str]) -> None:
        ours = tuple(f"{self.engine.prefix}-{level}-s" for level in LEVELS)
        names = [name for name in client.indices.get(index=f"{self.engine.prefix}-*") if name.startswith(ours)]
        if unneeded := [name for name in names if name not in keep]:
            client.indices.delete(index=unneeded)


def _hit(hit: Mapping[str, Any]) -> Hit:
    return Hit(hit["_id"], float(hit.get("_score") or 0.0), hit["_source"]["card"])


def _status(result: Mapping[str, Any]) -> int:
    (outcome,) = result.values()
    return int(outcome["status"])


def _arguments(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a question as the client's keyword arguments."""
    return {RENAMED.get(name, name): value for name, value in body.items()}
