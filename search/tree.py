"""The question as every engine gets it: exact terms of named fields, joined by and, or, not. Pure.

An engine turns each node into its own query objects and nothing else: no text of a person reaches an engine's parser.
Scores are BM25 with k1 = 1.2 and b = 0.75; `Every` and `Either` sum the scores of what matches.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Two terms or more in this order; at most `slop` others between them, never reversed."""

    field: str
    terms: tuple[str, ...]
    slop: int = 0


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
class Helped:
    """`node` decides what matches; each of `helps` that matches too adds its score."""

    node: "Node"
    helps: "tuple[Node, ...]"


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


Node = Term | Sequence | Every | Either | Best | Without | Weighted | Helped | Between | OneOf | Everything | Nothing
