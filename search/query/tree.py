"""The question as every engine gets it: exact terms of named fields, joined by and, or, not. Pure.

An engine turns each node into its own query objects and nothing else: no text of a person reaches an engine's parser.
Scores are BM25 with k1 = 1.2 and b = 0.75; `Every` and `Either` sum the scores of what matches.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, product
from math import comb


@dataclass(frozen=True, slots=True)
class Term:
    field: str
    text: str


MOST_SPACINGS = 60


@dataclass(frozen=True, slots=True)
class Sequence:
    """Two terms or more in this order; at most `slop` others between them, never reversed.

    Scores as a phrase without slop, and 1 with it: engines weigh distances differently.
    """

    field: str
    terms: tuple[str, ...]
    slop: int = 0

    def within(self) -> int:
        """The slop that is granted: less than asked for where it allows more than MOST_SPACINGS spacings."""
        gaps = len(self.terms) - 1
        return next(slop for slop in range(self.slop, -1, -1) if slop == 0 or comb(slop + gaps, gaps) <= MOST_SPACINGS)

    def spacings(self) -> Iterator[tuple[int, ...]]:
        """Every way to place the terms within the slop, as their positions, the first at 0."""
        gaps = len(self.terms) - 1
        for between in product(range(self.within() + 1), repeat=gaps):
            if sum(between) <= self.within():
                yield tuple(accumulate((gap + 1 for gap in between), initial=0))


@dataclass(frozen=True, slots=True)
class Every:
    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """At least `least` of the nodes match."""

    nodes: "tuple[Node, ...]"
    least: int = 1


@dataclass(frozen=True, slots=True)
class Best:
    """Any of the nodes matches; the score is the best one's plus `tie` times the others'."""

    nodes: "tuple[Node, ...]"
    tie: float = 0.0


@dataclass(frozen=True, slots=True)
class Without:
    node: "Node"
    excluded: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Weighted:
    node: "Node"
    factor: float


@dataclass(frozen=True, slots=True)
class Between:
    """A number field, both ends included. Adds nothing to the score."""

    field: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class OneOf:
    """A raw field holds one of the values. Adds nothing to the score."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """Every record, at score 0."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No record."""


Node = Term | Sequence | Every | Either | Best | Without | Weighted | Between | OneOf | Everything | Nothing


def matching(node: Node) -> Node:
    """What a node matches, whatever it scores, in as few nodes as can be seen: for counting."""
    match node:
        case Weighted(inner):
            return matching(inner)
        case Every(nodes):
            return _all_of(nodes)
        case Either(nodes, least) if least > 1:
            return Either(tuple(map(matching, nodes)), least)
        case Either(nodes) | Best(nodes):
            return _any_of(nodes)
        case Without(inner, excluded):
            return Without(matching(inner), tuple(map(matching, excluded)))
    return node


def without_places(node: Node) -> Node:
    """A question whose answers hold all that `node` finds, with the same scores, and that reads no places of words:
    without the sequences that only limit. The node itself where there are none."""
    match node:
        case Every(nodes):
            kept = tuple(without_places(each) for each in nodes if not _only_limits(each))
            return Every(kept) if kept else node
        case Without(inner, excluded):
            return Without(without_places(inner), excluded)
    return node


def _only_limits(node: Node) -> bool:
    return isinstance(node, Weighted) and node.factor == 0 and isinstance(node.node, Sequence)


def _all_of(nodes: "tuple[Node, ...]") -> Node:
    """Each requirement once, and no word that a sequence requires anyway."""
    found = dict.fromkeys(map(matching, nodes))
    implied = {Term(each.field, term) for each in found if isinstance(each, Sequence) for term in each.terms}
    kept = tuple(each for each in found if each not in implied)
    return kept[0] if len(kept) == 1 else Every(kept)


def _any_of(nodes: "tuple[Node, ...]") -> Node:
    """Each alternative once. One that requires another alternative finds nothing of its own."""
    found: dict[Node, None] = {}
    for node in map(matching, nodes):
        found |= dict.fromkeys(_alternatives(node))
    kept = tuple(
        node
        for node in found
        if not (isinstance(node, Every) and any(found.keys() >= set(_alternatives(part)) for part in node.nodes))
    )
    return kept[0] if len(kept) == 1 else Either(kept)


def _alternatives(node: Node) -> "tuple[Node, ...]":
    return node.nodes if isinstance(node, Either) and node.least == 1 else (node,)
