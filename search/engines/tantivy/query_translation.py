"""Our tree as tantivy's query objects, one node each. No text is parsed here or there."""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import ClassVar

import tantivy

from search.engines.tantivy.word_pairs import FIELD, OF, pairs
from search.query.tree import (
    Best,
    Between,
    Either,
    Every,
    Everything,
    Node,
    Nothing,
    OneOf,
    Sequence,
    Term,
    Weighted,
    Without,
)

Query = tantivy.Query
MUST, SHOULD, MUST_NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
MOST_WALKED = 20  # values of a filter
WORTH_LIMITING = 1000  # records; to look for a hundred among fewer takes longer than to read them


class Translator:
    """Terms that stand nowhere in the index are left out: a word read in six languages yields many of them.

    frequent: words whose pairs are terms; none where the index has no such terms.
    """

    EVERYTHING: ClassVar[Node] = Everything()

    def __init__(
        self, schema: tantivy.Schema, searcher: tantivy.Searcher, frequent: frozenset[str] = frozenset()
    ) -> None:
        self.schema = schema
        self.searcher = searcher
        self.frequent = frequent
        self._among: tantivy.Query | None = None
        self._scored = True
        self._counts: dict[tuple[str, str], int] = {}

    def among(self, few: tantivy.Query) -> "Translator":
        """For questions that look at few records. Every sequence of common words is limited to them, one by one: any of
        several would be looked for in stretches of 4096 records, whatever they are joined with."""
        other = copy(self)
        other._among = few
        return other

    def unscored(self) -> "Translator":
        """For questions of which only the matches count."""
        other = copy(self)
        other._scored = False
        return other

    def known(self, field: str, text: str) -> int:
        """In how many records a term stands."""
        if (count := self._counts.get((field, text))) is None:
            count = self._counts[field, text] = self.searcher.doc_freq(field, text)
        return count

    def stands(self, node: Node) -> bool:
        """False where no record can match, as far as the terms tell."""
        match node:
            case Term(field, text):
                return self.known(field, text) > 0
            case Sequence(field, terms):
                return all(self.known(field, term) for term in terms)
            case Every(nodes):
                return all(map(self.stands, nodes))
            case Either(nodes) | Best(nodes):
                return any(map(self.stands, nodes))
            case Without(inner) | Weighted(inner):
                return self.stands(inner)
        return not isinstance(node, Nothing)

    def within(self, query: tantivy.Query, limits: Mapping[str, tuple[str, ...]]) -> tantivy.Query:
        """The query limited to records whose raw fields hold one of the values each; scores stay as they are."""
        filters = [
            (MUST, self._filter(self._one_of(name, values)))
            for name, values in limits.items()
            if name != "level"  # each level is an index of its own
        ]
        return Query.boolean_query([(MUST, query), *filters]) if filters else query

    def node(self, node: Node) -> tantivy.Query:
        match node:
            case Term(field, text):
                return Query.term_query(self.schema, field, text) if self.known(field, text) else Query.empty_query()
            case Sequence():
                return self._sequence(node)
            case Every(nodes):
                return Query.boolean_query([(MUST, self.node(each)) for each in nodes])
            case Either(nodes, least):
                return self._either(nodes, least)
            case Best(nodes, tie):
                return self._best(nodes, tie)
            case Without(inner, excluded):
                none = [(MUST_NOT, self.node(each)) for each in excluded]
                return Query.boolean_query([(MUST, self.node(inner)), *none])
            case Weighted(inner, factor):
                return Query.boost_query(self.node(inner), factor) if factor else self._limit(inner)
            case _:
                return self._unscored(node)

    def _unscored(self, node: Node) -> tantivy.Query:
        match node:
            case Between(field, low, high):
                integer = tantivy.FieldType.Integer
                return self._filter(Query.range_query(self.schema, field, integer, low, high))
            case OneOf(field, values):
                return self._filter(self._one_of(field, values))
            case Everything():
                return self._filter(Query.all_query())
            case Nothing():
                return Query.empty_query()
        raise TypeError(node)

    def _sequence(self, node: Sequence) -> tantivy.Query:
        field, terms = node.field, node.terms
        if len(terms) < 2:  # tantivy panics at a phrase of one term
            return self.node(Term(field, terms[0])) if terms else Query.empty_query()
        if not self.stands(node):
            return Query.empty_query()
        paired = pairs(terms, self.frequent) if field == OF and not (self._scored or node.slop) else []
        if paired and len(terms) == 2:
            return self._pair(paired[0])
        rarest = min(self.known(field, term) for term in terms)
        if not node.within():
            held = [(MUST, self._pair(pair)) for pair in paired]
            phrase = self._phrase(field, list(terms), rarest)
            return Query.boolean_query([*held, (MUST, phrase)]) if held else phrase
        # tantivy's own slop matches reversed words, and one word where the question says it twice.
        spaced: list[list[str | tuple[int, str]]] = [
            list(zip(places, terms, strict=True)) for places in node.spacings()
        ]
        phrases = [(SHOULD, self._phrase(field, words, rarest)) for words in spaced]
        return Query.const_score_query(Query.boolean_query(phrases), 1.0)

    def _phrase(self, field: str, words: list[str | tuple[int, str]], rarest: int) -> tantivy.Query:
        """rarest: in how many records the rarest of its words stands, so many are read at most."""
        phrase = Query.phrase_query(self.schema, field, words)
        if self._among is None or rarest < WORTH_LIMITING:
            return phrase
        return Query.boolean_query([(MUST, self._among), (MUST, phrase)])

    def _pair(self, pair: str) -> tantivy.Query:
        return Query.term_query(self.schema, FIELD, pair, index_option="basic")

    def _limit(self, node: Node) -> tantivy.Query:
        return self._filter(self.unscored().node(node))

    def _either(self, nodes: Iterable[Node], least: int) -> tantivy.Query:
        if least == 1:
            nodes = _summed(nodes)
        parts = [(SHOULD, self.node(each)) for each in nodes if self.stands(each)]
        if not parts or least > len(parts):
            return Query.empty_query()
        if len(parts) == 1:
            return parts[0][1]
        return Query.boolean_query(parts, minimum_number_should_match=least)

    def _best(self, nodes: tuple[Node, ...], tie: float) -> tantivy.Query:
        known = [each for each in nodes if self.stands(each)]
        if len(known) < 2:
            return self.node(known[0]) if known else Query.empty_query()
        return Query.disjunction_max_query([self.node(each) for each in known], tie)

    def _one_of(self, field: str, values: Iterable[str]) -> tantivy.Query:
        """Postings of a few values are walked; a set is a bitmap of the whole index, made at every question."""
        values = list(dict.fromkeys(values))
        if len(values) > MOST_WALKED:
            return Query.term_set_query(self.schema, field, values)
        terms = [Query.term_query(self.schema, field, value, index_option="basic") for value in values]
        return terms[0] if len(terms) == 1 else Query.boolean_query([(SHOULD, term) for term in terms])

    @staticmethod
    def _filter(query: tantivy.Query) -> tantivy.Query:
        return Query.const_score_query(query, 0.0)


def _summed(nodes: Iterable[Node], factor: float = 1.0) -> Iterator[Node]:
    """Sums of sums as one sum: tantivy walks many terms of one sum at once, and sums of sums record by record."""
    for node in nodes:
        match node:
            case Either(inner, 1):
                yield from _summed(inner, factor)
            case Weighted(inner, more):
                yield from _summed((inner,), factor * more)
            case _:
                yield node if factor == 1.0 else Weighted(node, factor)
