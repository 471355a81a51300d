"""From when two passages are alike, and what comparing needs of a text, worked out once. Pure.

What the numbers below were measured on is told in docs/adr/0050.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from editions.comparison.word_diff import bag, fold, words

LIKE = 0.60
"""Similarity from which two passages count as one. Measured on 704 commits of policy prose: 93 % of edited
paragraphs found, 1 % wrong, 6 % left to a person; 0.75 finds 68 %."""
SHORT = 5
"""Passages of fewer words ("Introduction", "Yes.") are like anything: they need the same text or the same key."""
LIKE_COVERED = LIKE / (2 - LIKE)
"""Share of its own words that either of two texts at least LIKE alike has in common with the other: for sizes a <= b
the overlap is LIKE (a + b) / 2 at least, and a is at least b LIKE / (2 - LIKE)."""
PROSE = frozenset({"paragraph", "item", "quote"})
"""Kinds that editors turn into each other; every other kind is aligned with its like only."""


class Comparable(Protocol):
    """What a passage must tell: `editions.document.passages.Passage` and the row `editions.models.Passage` both do."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def path(self) -> Sequence[str]: ...


class Side:
    """One of the two texts, with what comparing needs computed once and only where it is needed."""

    def __init__(self, passages: Sequence[Comparable]) -> None:
        self.passages = tuple(passages)
        self.folded = [fold(passage.text) for passage in passages]
        self.family = ["prose" if passage.kind in PROSE else str(passage.kind) for passage in passages]
        self.keys = Counter(passage.key for passage in passages)
        self.texts = Counter(self.folded)
        self.free = set(range(len(self.passages)))
        self._words: dict[int, list[str]] = {}
        self._bags: dict[int, frozenset[str]] = {}

    def words(self, place: int) -> list[str]:
        if place not in self._words:
            self._words[place] = words(self.folded[place])
        return self._words[place]

    def bag(self, place: int) -> frozenset[str]:
        if place not in self._bags:
            self._bags[place] = bag(self.words(place))
        return self._bags[place]

    def is_short(self, place: int) -> bool:
        return len(self.words(place)) < SHORT
