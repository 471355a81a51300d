"""The engine for many hosts. The same terms, trees and scores as the embedded one; docs/scaling.md says when."""

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from search.engines.base import (
    PASSAGE,
    SORTS,
    WHOLE,
    Answer,
    Changes,
    Found,
    Health,
    Hit,
    Request,
    Unavailable,
)
from search.engines.elasticsearch import building, writer_lock
from search.engines.elasticsearch import mapping as layout
from search.engines.elasticsearch.building import ElasticsearchBuilding, Names, OtherFormat
from search.engines.elasticsearch.bulk_writing import SCAN_PAGE, arguments, write
from search.engines.elasticsearch.connection import ASKING_S, WRITING_S, Connection, Unsuitable, refusal
from search.engines.elasticsearch.dsl import A, Query, Search, query
from search.engines.elasticsearch.query_translation import Translator, beginning_with, filters, leaves
from search.query.tree import Everything, Node

KEPT_OPEN = "1m"  # how long a point in time survives between two pages
KEPT_S = 60.0  # how long frequencies and vocabulary are taken as unchanged
NEWS_S = 1.0  # how long a term that stands nowhere is taken as one that nobody uses
MOST_KEPT = 50_000  # frequencies
DFS = "dfs_query_then_fetch"
BY_SCORE = ({"_score": {"order": "desc"}}, {"tie": {"order": "asc"}})


class ElasticsearchEngine:
    """prefix: begins the names of the indexes and aliases, so that several libraries can share a server.

    patience_s: how long a question may take. An evaluation has more of it than a reader.
    """

    name = "elasticsearch"
    remote = True

    def __init__(self, connection: Connection, prefix: str, shards: int = 1, patience_s: float = ASKING_S) -> None:
        self.connection = connection
        self.prefix = prefix
        self.names = Names(prefix)
        self.shards = shards
        self.patience_s = patience_s
        self._frequencies: dict[tuple[str, str], int] = {}
        self._kept_until = 0.0
        self._absent: set[tuple[str, str]] = set()
        self._absent_until = 0.0

    def close(self) -> None:
        self.connection.close()

    # --- asking ---------------------------------------------------------------------------------------------------

    def search(self, request: Request) -> Answer:
        (answer,) = self.answers([request])
        return answer

    def answers(self, requests: Sequence[Request]) -> list[Answer]:
        self._ask_frequencies(requests)
        found = self._execute([(request.level, self._first(request)) for request in requests])
        pages = [answer["hits"]["hits"] for answer in found]
        lifted = [at for at, request in enumerate(requests) if request.lifts]
        second = [(requests[at].level, self._lifted(requests[at], pages[at])) for at in lifted]
        for at, answer in zip(lifted, self._execute(second), strict=True):
            pages[at] = answer["hits"]["hits"]
        return [_answer(*each) for each in zip(requests, found, pages, strict=True)]

    def _first(self, request: Request) -> Search:
        """The page, or the window that is put in order again."""
        search = self._limited(self._search(request), request)
        field, descending = SORTS.get(request.sort, ("_score", True))
        search = search.sort({field: {"order": "desc" if descending else "asc"}}, {"tie": {"order": "asc"}})
        search = search.extra(track_total_hits=request.counted, track_scores=field == "_score")
        self._count(search, request)
        if request.lifts:
            return search.source(False)[: request.window]
        return search[request.offset : request.offset + request.limit]

    def _lifted(self, request: Request, hits: Sequence[Mapping[str, Any]]) -> Search:
        """A page of these records, by what they score and what the lift adds.

        The server's own rescoring orders equals by its inner numbers, and takes a window of every shard.
        """
        translate = self._translator(request.tree, request.lift)
        among = [*filters(request.scope), query.Terms(tie=[hit["sort"][1] for hit in hits])]
        both = query.Bool(must=[translate.node(request.tree)], should=[translate.node(request.lift)], filter=among)
        search = Search().query(both).source(["card"]).sort(*BY_SCORE).extra(track_total_hits=False)
        return search[request.offset : request.offset + request.limit]

    def places(self, request: Request, each: int) -> dict[str, Found]:
        (found,) = self.all_places([request], each)
        return found

    def all_places(self, requests: Sequence[Request], each: int) -> list[dict[str, Found]]:
        self._ask_frequencies(requests)
        best = {"name": "best", "size": each, "sort": list(BY_SCORE), "_source": ["card"]}
        searches = []
        for request in requests:
            search = self._limited(self._search(request), request).source(False)
            search = search.extra(collapse={"field": "edition", "inner_hits": best}, track_total_hits=False)
            searches.append((PASSAGE, search[: len(request.scope["edition"])]))
        return [dict(map(_group, answer["hits"]["hits"])) for answer in self._execute(searches)]

    def _ask_frequencies(self, requests: Iterable[Request]) -> None:
        """Of all their terms at once."""
        trees = [node for request in requests for node in (request.tree, request.lift)]
        self.doc_freqs(set().union(*map(leaves, trees)))

    def doc_freqs(self, terms: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        wanted = set(terms)
        held, absent = self._kept()
        if missing := sorted(wanted - held.keys() - absent):
            asked = {str(n): query.Term(**{field: {"value": text}}) for n, (field, text) in enumerate(missing)}
            search = Search()[:0].extra(track_total_hits=False)
            search.aggs.bucket("terms", A("filters", filters=asked))
            (answer,) = self._execute([(WHOLE, search)])
            buckets = answer["aggregations"]["terms"]["buckets"]
            counts = {pair: buckets[str(n)]["doc_count"] for n, pair in enumerate(missing)}
            held |= {pair: count for pair, count in counts.items() if count}
            absent |= {pair for pair, count in counts.items() if not count}
        return {pair: held.get(pair, 0) for pair in wanted}

    def _kept(self) -> tuple[dict[tuple[str, str], int], set[tuple[str, str]]]:
        """Frequencies, and terms that stand nowhere. A thread goes on with those it was given: others may drop them."""
        now = time.monotonic()
        if now > self._kept_until or len(self._frequencies) > MOST_KEPT:
            self.names.current(self.connection)  # another host may have put an index of other code in use
            self._frequencies, self._kept_until = {}, now + KEPT_S
        if now > self._absent_until:
            self._absent, self._absent_until = set(), now + NEWS_S
        return self._frequencies, self._absent

    def vocabulary(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        if field != "exact":
            raise ValueError(f"no vocabulary is kept of {field}")
        found: list[tuple[str, int]] = []
        wanted = beginning_with(prefix)
        while limit is None or len(found) < limit:
            size = layout.MOST_TERMS if limit is None else min(limit - len(found), layout.MOST_TERMS)
            search = Search()[:0].extra(track_total_hits=False)
            terms = A("terms", field=layout.WORDS, include=wanted, size=size, order={"_key": "asc"})
            search.aggs.bucket("words", terms)
            (answer,) = self._execute([(WHOLE, search)])
            buckets = answer["aggregations"]["words"]["buckets"]
            found += [(bucket["key"], bucket["doc_count"]) for bucket in buckets]
            if len(buckets) < size:
                break
            wanted = beginning_with(prefix, after=found[-1][0])
        return found

    def each(self, request: Request) -> Iterator[Hit]:
        search = self._limited(self._search(request), request).sort({"tie": "asc"}, {"key": "asc"})[:SCAN_PAGE]
        body = search.to_dict()
        with self.connection.client(WRITING_S) as client:
            opened = client.open_point_in_time(index=self.names.alias(request.level), keep_alive=KEPT_OPEN)
            body["pit"] = {"id": opened["id"], "keep_alive": KEPT_OPEN}
            try:
                while hits := (page := client.search(**arguments(body)))["hits"]["hits"]:
                    self.names.require_format(request.level, hits[0]["_index"])
                    yield from (_hit(hit) for hit in hits)
                    body["search_after"] = hits[-1]["sort"]
                    body["pit"]["id"] = page["pit_id"]  # the server may give it another name
            finally:
                client.close_point_in_time(id=body["pit"]["id"])

    def _search(self, request: Request) -> Search:
        return Search().query(self._asked(self._translator(request.tree), request)).source(["card"])

    def _translator(self, *trees: Node) -> Translator:
        known = self.doc_freqs(set().union(*map(leaves, trees)))
        return Translator(lambda field, text: known[field, text] > 0)

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

    def _execute(self, searches: Sequence[tuple[str, Search]]) -> list[dict[str, Any]]:
        """Each search of its level, all in one round trip.

        dfs: every shard scores with the frequencies of all. preference: the same question asks the same copies,
        whose frequencies may differ by deleted texts, so that pages fit together.
        """
        if not searches:
            return []
        lines: list[dict[str, Any]] = []
        for level, search in searches:
            body = search.to_dict()
            same = hashlib.md5(repr(body.get("query")).encode(), usedforsecurity=False).hexdigest()
            lines += [{"index": self.names.alias(level), "search_type": DFS, "preference": same}, body]
        with self.connection.client(self.patience_s) as client:
            answers = [_sound(answer) for answer in client.msearch(searches=lines)["responses"]]
        for (level, _search), answer in zip(searches, answers, strict=True):
            if hits := answer["hits"]["hits"]:
                self.names.require_format(level, hits[0]["_index"])
        return answers

    # --- writing --------------------------------------------------------------------------------------------------

    def exclusive(self, wait_s: float) -> AbstractContextManager[None]:
        return writer_lock.held(f"{self.prefix}-index", wait_s)

    def apply(self, changes: Changes) -> None:
        index_of = self.names.current(self.connection)
        with self.connection.client(WRITING_S) as client:
            write(client, index_of, changes)
            client.indices.refresh(index=list(index_of.values()))

    def begin(self, since: int, *, resume: bool = True) -> ElasticsearchBuilding:
        return building.begin(self.connection, self.names, self.shards, since, resume=resume)

    # --- standing -------------------------------------------------------------------------------------------------

    def needs_rebuild(self) -> bool:
        """Only where there is nothing yet. An index of another format belongs to hosts that run other code: two
        versions that rebuild in turns would never end, so a person runs the command."""
        with self.connection.client() as client:
            return not client.indices.exists_alias(name=self.names.alias(WHOLE))

    def generation(self) -> str:
        """Once a minute. What is cached by it are words to complete and correct: they may be that old."""
        return f"{self.prefix}-{int(time.monotonic() / KEPT_S)}"

    def health(self) -> Health:
        try:
            index_of = self.names.current(self.connection)
            answer = self.search(Request(Everything(), {"level": (WHOLE,)}, limit=1))
            with self.connection.client() as client:
                colour = client.cluster.health(index=list(index_of.values()))["status"]
        except Unavailable as error:
            refused = isinstance(error, Unsuitable | OtherFormat)
            return Health(self.name, False, notes=(error.reason,), refused=refused)
        return Health(self.name, True, answer.total, (f"Elasticsearch {self.connection.version}, {colour}",))


def _hit(hit: Mapping[str, Any]) -> Hit:
    return Hit(hit["_id"], float(hit.get("_score") or 0.0), hit["_source"]["card"])


def _sound(answer: Mapping[str, Any]) -> dict[str, Any]:
    """One of several answers. Raises what it would have raised alone."""
    if "error" in answer:
        raise refusal(answer["status"], answer["error"]["type"])
    return dict(answer)


def _answer(request: Request, found: Mapping[str, Any], hits: Iterable[Mapping[str, Any]]) -> Answer:
    counts = {
        name: {bucket["key"]: bucket["doc_count"] for bucket in counted["values"]["buckets"]}
        for name, counted in found.get("aggregations", {}).items()
    }
    total = found["hits"]["total"]["value"] if request.counted else 0
    return Answer(total, [_hit(hit) for hit in hits], counts)


def _group(group: Mapping[str, Any]) -> tuple[str, Found]:
    inner = group["inner_hits"]["best"]["hits"]
    return group["fields"]["edition"][0], Found(inner["total"]["value"], [_hit(hit) for hit in inner["hits"]])
