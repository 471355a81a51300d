"""What comes first in the embedded engine: by value, equals by tie, and the foremost lifted by what stands beside."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import tantivy

from search.engines.base import SORTS
from search.engines.tantivy.query_translation import MUST, SHOULD, Query, Translator
from search.query.tree import Node

SPARE = 100  # records looked through for those that hold words together, besides three times as many as wanted
EQUAL = 1e-5  # scores that differ by less may be rounded to the same


class Ranked(NamedTuple):
    """A hit before it is fetched. rank: what is sorted by; score: 0 where another field is sorted by."""

    rank: Any
    tie: int
    score: float
    address: tantivy.DocAddress


def rounded(score: float) -> float:
    """The last digits of a sum of 32-bit floats depend on the order of summing, which a rebuild may change."""
    return float(f"{score:.6g}")


def ordered(rows: Sequence[Ranked], descending: bool) -> list[Ranked]:
    """By rank, equals by tie, whichever way the rank goes."""
    by_tie = sorted(rows, key=lambda row: row.tie)
    return sorted(by_tie, key=lambda row: row.rank, reverse=descending)


def foremost(searcher: tantivy.Searcher, query: tantivy.Query, sort: str, wanted: int) -> list[Ranked]:
    """The first `wanted` that match."""
    field, descending = SORTS.get(sort, (None, True))
    order = tantivy.Order.Desc if descending else tantivy.Order.Asc
    rank = _as_it_is if field else rounded
    limit = wanted + 10
    while True:
        result: Any = searcher.search(query, limit, count=False, order_by_field=field, order=order)
        found: list[tuple[Any, tantivy.DocAddress]] = result.hits
        if len(found) < limit or rank(found[-1][0]) != rank(found[wanted - 1][0]):
            break
        limit *= 4  # equals reach beyond what was fetched: all of them must be seen to be put in order
    ties = ties_of(searcher, [address for _, address in found])
    rows = [
        Ranked(rank(value), tie, 0.0 if field else value, address)
        for (value, address), tie in zip(found, ties, strict=True)
    ]
    return ordered(rows, descending)[:wanted]


def sifted(translate: Translator, loose: tantivy.Query, tree: Node, wanted: int) -> list[Ranked] | None:
    """The first `wanted` that match `tree`, where they stand among the foremost that match `loose`; else None.

    loose: finds all of what the tree finds, with the same scores, at less cost.
    """
    searcher, limit = translate.searcher, 3 * wanted + SPARE
    result: Any = searcher.search(loose, limit, count=False)
    among = _among(translate.schema, ties_of(searcher, [address for _, address in result.hits]))
    query = Query.boolean_query([(MUST, among), (MUST, translate.among(among).node(tree))])
    found: Any = searcher.search(query, limit, count=False)
    ties = ties_of(searcher, [address for _, address in found.hits])
    rows = ordered([Ranked(rounded(s), tie, s, a) for (s, a), tie in zip(found.hits, ties, strict=True)], True)[:wanted]
    if len(result.hits) < limit:
        return rows
    return rows if len(rows) == wanted and rows[-1].rank > rounded(result.hits[-1][0]) else None


def lifted(translate: Translator, rows: list[Ranked], lift: Node) -> list[Ranked]:
    """The rows in the order of their scores and what `lift` adds to them. Only they are looked at."""
    if not rows or not translate.stands(lift):
        return rows
    among = _among(translate.schema, [row.tie for row in rows])
    query = Query.boolean_query([(MUST, among), (MUST, translate.among(among).node(lift))])
    result: Any = translate.searcher.search(query, len(rows), count=False)
    more = {(address.segment_ord, address.doc): score for score, address in result.hits}
    again = []
    for row in rows:
        score = row.score + more.get((row.address.segment_ord, row.address.doc), 0.0)
        again.append(Ranked(rounded(score), row.tie, score, row.address))
    return ordered(again, True)


def _among(schema: tantivy.Schema, ties: list[int]) -> tantivy.Query:
    each = [(SHOULD, Query.term_query(schema, "tie", tie, index_option="basic")) for tie in ties]
    return Query.const_score_query(Query.boolean_query(each), 0.0)


def ties_of(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> list[int]:
    return [int(tie or 0) for tie in searcher.fast_field_values("tie", addresses)]


def _as_it_is(value: Any) -> Any:
    return value
