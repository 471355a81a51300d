"""The indexes of one library on Elasticsearch: their names, which of them answers, and how new ones are built beside.

Each level has an index of its own behind an alias. Both aliases move in one call; the former pair is kept until the
next rebuild, for whoever has to go back.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from search.engines.base import LEVELS, PASSAGE, WHOLE, Changes, EngineError, NoIndex, digest
from search.engines.elasticsearch import mapping as layout
from search.engines.elasticsearch import writer_lock
from search.engines.elasticsearch.bulk_writing import scanned, write
from search.engines.elasticsearch.connection import MERGING_S, WRITING_S, Connection
from search.engines.elasticsearch.dsl import Search, query


class OtherFormat(NoIndex):
    """Made by other code: its fields and terms may be others. Somebody has to run the command."""


@dataclass(frozen=True, slots=True)
class Names:
    """prefix: begins the names of indexes and aliases, so that several libraries can share a server."""

    prefix: str

    def alias(self, level: str) -> str:
        return f"{self.prefix}-{level}"

    def index(self, level: str, stamp: object) -> str:
        """Of this format. A stamp of `*` names all of them."""
        return f"{self.prefix}-{level}-{layout.FORMAT}-{stamp}"

    def current(self, connection: Connection) -> dict[str, str]:
        """Level to the index behind its alias. Raises NoIndex if there is none, OtherFormat if there is another."""
        with connection.client() as client:
            held = client.indices.get_alias(name=[self.alias(level) for level in LEVELS])
        index_of = {level: name for level in LEVELS for name in held if name.startswith(f"{self.alias(level)}-")}
        for level in LEVELS:
            self.require_format(level, index_of.get(level, ""))
        return index_of

    def require_format(self, level: str, index: str) -> None:
        """Raises OtherFormat, with the command, for an index that other code made."""
        if not index.startswith(self.index(level, "")):
            raise OtherFormat(f"the index {index!r} is not of the format {layout.FORMAT}: run manage.py rebuild_index")


class ElasticsearchBuilding:
    """New indexes beside the ones that answer. How far they got is kept in their own description."""

    def __init__(
        self, connection: Connection, names: Names, index_of: Mapping[str, str], after: int, since: int
    ) -> None:
        self.connection = connection
        self.names = names
        self.index_of = index_of
        self.after = after
        self.since = since
        self.held = ExitStack()

    @property
    def _all(self) -> list[str]:
        return list(self.index_of.values())

    def add(self, changes: Changes, after: int) -> None:
        with self.connection.client(WRITING_S) as client:
            write(client, self.index_of, changes)
            self.after = after
            self.save(client)

    def save(self, client: Elasticsearch, building: bool = True) -> None:
        state = {"building": building, "after": self.after, "since": self.since}
        client.indices.put_mapping(index=self.index_of[WHOLE], meta=state)

    def editions(self) -> int:
        with self.connection.client(WRITING_S) as client:
            client.indices.refresh(index=self._all)
            return int(client.count(index=self.index_of[WHOLE])["count"])

    def digests(self, editions: Iterable[str]) -> dict[str, str]:
        wanted = Search().query(query.Terms(edition=list(editions))).source(["edition", "card"])
        cards: dict[str, list[Any]] = defaultdict(list)
        with self.connection.client(WRITING_S) as client:
            client.indices.refresh(index=self._all)
            for index in self._all:
                for hit in scanned(client, index, wanted):
                    cards[hit["_source"]["edition"]].append(hit["_source"]["card"])
        return {edition: digest(each) for edition, each in cards.items()}

    def switch(self) -> None:
        with self.connection.client(MERGING_S) as client:
            client.indices.put_settings(index=self._all, settings=layout.SETTINGS_WHEN_LOADED)
            client.indices.forcemerge(index=self._all, max_num_segments=1)
            client.indices.refresh(index=self._all)
            self.save(client, building=False)
            former = self._move_aliases(client)
            self._remove_all_but(client, {*self._all, *former})

    def close(self) -> None:
        self.held.close()

    def _move_aliases(self, client: Elasticsearch) -> set[str]:
        """In one call: nobody ever sees documents of one build and places of another, or nothing."""
        held = client.indices.get_alias(index=f"{self.names.prefix}-*")
        moves: list[dict[str, Any]] = []
        former = set()
        for level, name in self.index_of.items():
            alias = self.names.alias(level)
            for other in (index for index, known in held.items() if alias in known["aliases"]):
                former.add(other)
                moves.append({"remove": {"index": other, "alias": alias}})
            moves.append({"add": {"index": name, "alias": alias}})
        client.indices.update_aliases(actions=moves)
        return former

    def _remove_all_but(self, client: Elasticsearch, keep: set[str]) -> None:
        ours = tuple(f"{self.names.alias(level)}-s" for level in LEVELS)  # of any format
        found = [name for name in client.indices.get(index=f"{self.names.prefix}-*") if name.startswith(ours)]
        if unneeded := [name for name in found if name not in keep]:
            client.indices.delete(index=unneeded)


def begin(connection: Connection, names: Names, shards: int, since: int, *, resume: bool) -> ElasticsearchBuilding:
    """Raises Busy if another process builds."""
    held = ExitStack()
    held.enter_context(writer_lock.held(f"{names.prefix}-build", 0))
    try:
        with connection.client(WRITING_S) as client:
            left = _left_unfinished(client, connection, names) if resume else None
            building = left or _new(client, connection, names, shards, since)
    except EngineError:
        held.close()
        raise
    building.held = held
    return building


def _new(client: Elasticsearch, connection: Connection, names: Names, shards: int, since: int) -> ElasticsearchBuilding:
    stamp = time.time_ns()
    index_of = {level: names.index(level, stamp) for level in LEVELS}
    for level, index in index_of.items():
        client.indices.create(
            index=index, settings=layout.settings_while_loading(shards), mappings=layout.mapping(level)
        )
    building = ElasticsearchBuilding(connection, names, index_of, 0, since)
    building.save(client)
    return building


def _left_unfinished(client: Elasticsearch, connection: Connection, names: Names) -> ElasticsearchBuilding | None:
    mappings = client.indices.get_mapping(index=names.index(WHOLE, "*"), ignore_unavailable=True)
    for name in sorted(mappings, reverse=True):
        state = mappings[name]["mappings"].get("_meta", {})
        if state.get("building"):
            passages = name.replace(f"{names.alias(WHOLE)}-", f"{names.alias(PASSAGE)}-", 1)
            index_of = {PASSAGE: passages, WHOLE: name}
            return ElasticsearchBuilding(connection, names, index_of, state["after"], state["since"])
    return None
