"""Random questions as trees: every kind of node, terms that stand somewhere and terms that do not."""

import random
from collections.abc import Callable

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
from tests.search_parity.corpus import THEMES, WEIGHTS, WORDS, YEARS, fields


class Trees:
    def __init__(self, level: str, seed: int) -> None:
        self.level = level
        self.chance = random.Random(seed)

    def tree(self, depth: int = 3) -> Node:
        if depth == 0 or self.chance.random() < 0.25:
            return self._leaf()
        makers: tuple[Callable[[int], Node], ...] = (
            lambda d: Every(self._some(d)),
            lambda d: Either(self._some(d), self.chance.randrange(1, 3)),
            lambda d: Best(self._some(d), self.chance.choice((0.0, 0.3))),
            lambda d: Without(self.tree(d), self._some(d)),
            lambda d: Weighted(self.tree(d), self.chance.choice((0.3, 1.3, 2.0))),
        )
        return self.chance.choice(makers)(depth - 1)

    def _some(self, depth: int) -> tuple[Node, ...]:
        return tuple(self.tree(depth) for _ in range(self.chance.randrange(0, 4)))

    def _leaf(self) -> Node:
        field = self.chance.choice(fields(self.level))
        dice = self.chance.random()
        if dice < 0.6:
            return Term(field, self._word(field))
        if dice < 0.85:
            terms = tuple(self._word(field) for _ in range(self.chance.randrange(1, 4)))
            return Sequence(field, terms, self.chance.choice((0, 0, 1, 3)))
        return self.chance.choice(
            (
                Between("year_number", 2092, self.chance.randrange(2090, 2100)),
                OneOf("theme", (self.chance.choice(THEMES), "no-such-theme")),
                OneOf("year", tuple(self.chance.sample(YEARS, 2))),
                Everything(),
                Nothing(),
            )
        )

    def _word(self, field: str) -> str:
        if self.chance.random() < 0.1:
            return "nowhere"
        (word,) = self.chance.choices(WORDS, cum_weights=WEIGHTS)
        return word.removeprefix("en:") if field == "exact" else word
