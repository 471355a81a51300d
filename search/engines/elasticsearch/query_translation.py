"""Our tree as Elasticsearch's queries, one node each. No text is parsed here or there."""

import sys
from collections.abc import Callable, Iterable, Mapping

from search.engines.elasticsearch.dsl import Query, query
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


def leaves(node: Node) -> set[tuple[str, str]]:
    """Every text field and term that a question asks for."""
    match node:
        case Term(field, text):
            return {(field, text)}
        case Sequence(field, terms):
            return {(field, term) for term in terms}
        case Every(nodes) | Either(nodes) | Best(nodes):
            return set().union(*(leaves(each) for each in nodes))
        case Without(inner, others):
            return leaves(inner).union(*(leaves(each) for each in others))
        case Weighted(inner):
            return leaves(inner)
    return set()


def filters(limits: Mapping[str, tuple[str, ...]]) -> list[Query]:
    return [query.Terms(**{name: list(values)}) for name, values in limits.items()]


def beginning_with(prefix: str, after: str = "") -> str:
    """Lucene's regular expression for terms that begin so, or for those of them that come after one of them: they
    part from it at some letter by a later one, or are longer."""
    if not after:
        return f"{_plain(prefix)}.*"
    later = [
        f"{_plain(after[:at])}[{_plain(_next(after[at]))}-{chr(sys.maxunicode)}].*"
        for at in range(len(prefix), len(after))
        if ord(after[at]) < sys.maxunicode
    ]
    return "|".join([f"{_plain(after)}.+", *later])


def _next(letter: str) -> str:
    code = ord(letter) + 1
    return chr(0xE000 if 0xD800 <= code < 0xE000 else code)  # halves of pairs are no letters


def _plain(text: str) -> str:
    return "".join(letter if letter.isalnum() else f"\\{letter}" for letter in text)


class Translator:
    """known: whether a term stands in a text field. Terms that stand nowhere are left out: a word read in six
    languages yields many of them, and a server limits the clauses of a question."""

    def __init__(self, known: Callable[[str, str], bool]) -> None:
        self.known = known

    def node(self, node: Node) -> Query:
        match node:
            case Term(field, text):
                return query.Term(**{field: {"value": text}}) if self.known(field, text) else query.MatchNone()
            case Sequence():
                return self._sequence(node)
            case Every(nodes):
                return query.Bool(must=self._all(nodes)) if nodes else query.MatchNone()
            case Either(nodes, least):
                return self._either(nodes, least)
            case Best(nodes, tie):
                return self._best(nodes, tie)
            case Without(inner, excluded):
                return query.Bool(must=[self.node(inner)], must_not=self._all(excluded))
            case Weighted(inner, factor):
                return query.Bool(must=[self.node(inner)], boost=factor)
            case _:
                return self._unscored(node)

    def _unscored(self, node: Node) -> Query:
        match node:
            case Between(field, low, high):
                return self._filter(query.Range(**{field: {"gte": low, "lte": high}}))
            case OneOf(field, values):
                return self._filter(query.Terms(**{field: list(values)}))
            case Everything():
                return self._filter(query.MatchAll())
            case Nothing():
                return query.MatchNone()
        raise TypeError(node)

    def _sequence(self, node: Sequence) -> Query:
        field, terms = node.field, node.terms
        if len(terms) < 2:
            return self.node(Term(field, terms[0])) if terms else query.MatchNone()
        if not all(self.known(field, term) for term in terms):
            return query.MatchNone()
        if not node.within():
            return query.MatchPhrase(**{field: {"query": " ".join(terms)}})
        ordered = {"query": " ".join(terms), "ordered": True, "max_gaps": node.within()}
        return query.ConstantScore(filter=query.Intervals(**{field: {"match": ordered}}), boost=1.0)

    def _either(self, nodes: tuple[Node, ...], least: int) -> Query:
        parts = self._some(nodes)
        if not parts or least > len(parts):
            return query.MatchNone()
        return query.Bool(should=parts, minimum_should_match=least)

    def _best(self, nodes: tuple[Node, ...], tie: float) -> Query:
        parts = self._some(nodes)
        if len(parts) < 2:
            return parts[0] if parts else query.MatchNone()
        return query.DisMax(queries=parts, tie_breaker=tie)

    def _all(self, nodes: Iterable[Node]) -> list[Query]:
        return [self.node(each) for each in nodes]

    def _some(self, nodes: Iterable[Node]) -> list[Query]:
        return [part for part in self._all(nodes) if not isinstance(part, query.MatchNone)]

    @staticmethod
    def _filter(inner: Query) -> Query:
        return query.ConstantScore(filter=inner, boost=0.0)
