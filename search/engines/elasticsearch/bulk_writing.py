"""Records into indexes on Elasticsearch, in bulk: waits where the server has too much to do, leaves what is newer."""

from collections.abc import Iterable, Mapping
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search.engines.base import Changes, EngineError
from search.engines.elasticsearch import mapping as layout
from search.engines.elasticsearch.dsl import Search, query

BULK_RECORDS = 500
BULK_BYTES = 10_000_000
TRIES = 5  # after the first, where the server answers 429: too much to do
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 8.0  # doubled at every try: 15.5 s in all
SCAN_PAGE = 1000
GONE, NEWER_IS_THERE = 404, 409  # what was to be deleted is not there; what is there was read later


def write(client: Elasticsearch, index_of: Mapping[str, str], changes: Changes) -> None:
    """index_of: level to index. Raises EngineError where the server refuses records for good."""
    client.indices.refresh(index=list(index_of.values()))  # what the last writer left, however he ended
    actions = layout.actions(dict(index_of), changes, _leftovers(client, index_of, changes))
    results = streaming_bulk(
        client, actions, chunk_size=BULK_RECORDS, max_chunk_bytes=BULK_BYTES, max_retries=TRIES,
        initial_backoff=FIRST_WAIT_S, max_backoff=LONGEST_WAIT_S, raise_on_error=False,
    )  # fmt: skip
    refused = [result for well, result in results if not well and not _harmless(result)]
    if refused:
        raise EngineError(f"Elasticsearch refused {len(refused)} records, the first: {refused[0]}")


def _leftovers(client: Elasticsearch, index_of: Mapping[str, str], changes: Changes) -> dict[str, list[str]]:
    """Level to the ids of what its index holds of these editions and they no longer have: all of one that is removed,
    of another the pages of a file that was taken out of view."""
    editions = sorted(changes.removed | {record.edition for record in changes.records})
    if not editions:
        return {}
    staying = {record.key for record in changes.records}
    search = Search().query(query.Terms(edition=editions)).source(False)
    return {
        level: [hit["_id"] for hit in scanned(client, index, search) if hit["_id"] not in staying]
        for level, index in index_of.items()
    }


def scanned(client: Elasticsearch, index: str, search: Search) -> Iterable[Mapping[str, Any]]:
    """Every hit of an index that nobody else writes, a page a request.

    By key and not in the order of the shard: shards, and copies of one, number their records apart, and the next page
    may come from another copy.
    """
    body = search.sort("key")[:SCAN_PAGE].to_dict()
    while hits := client.search(index=index, **arguments(body))["hits"]["hits"]:
        yield from hits
        body["search_after"] = hits[-1]["sort"]


def arguments(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a question as the client's keyword arguments."""
    renamed = {"_source": "source", "from": "from_"}
    return {renamed.get(name, name): value for name, value in body.items()}


def _harmless(result: Mapping[str, Any]) -> bool:
    ((action, outcome),) = result.items()
    return outcome["status"] == NEWER_IS_THERE or (action == "delete" and outcome["status"] == GONE)
