"""The words an index holds: what a prefix stands for, and what somebody may have meant by a word that is not there."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from search.analysis.analyzer import fold
from search.engines.base import WHOLE, Answer, Engine, Request
from search.query.tree import Everything
from search.results.did_you_mean import MAX_GAP, SHORTEST_CORRECTED, distance


class Vocabulary:
    """Exact terms of one generation of an index, read by their first letter when they are first asked for."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._by_start: dict[str, list[tuple[str, int]]] = {}

    @property
    def documents(self) -> int:
        return self._counted.total

    @property
    def languages(self) -> Sequence[str]:
        """Those of its texts, the most frequent first."""
        counts = self._counted.facets["spoken"]
        return sorted(counts, key=lambda language: (-counts[language], language))

    @cached_property
    def _counted(self) -> Answer:
        return self._engine.search(Request(Everything(), {"level": (WHOLE,)}, facets=("spoken",), limit=1))

    def prefixed(self, prefix: str, limit: int) -> Sequence[str]:
        """Terms that begin so, the most frequent first, equals by the alphabet."""
        found = self._engine.vocabulary("exact", prefix)
        return [term for term, _ in sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]]

    def near(self, word: str, limit: int) -> Sequence[str]:
        """Terms one or two letters away from a word, the nearest and then the most frequent first.

        The first letter is taken as right: people seldom miss it (Pollock and Zamora, CACM 27, 1984, pp. 358-368).
        """
        word = fold(word)
        if len(word) < SHORTEST_CORRECTED or not word.isalpha():
            return []
        allowed = 1 if len(word) < 6 else MAX_GAP
        found = []
        for term, count in self._starting(word[0]):
            if abs(len(term) - len(word)) <= allowed and term.isalpha():
                gap = distance(word, term, allowed)
                if gap <= allowed:
                    found.append((gap, -count, term))
        return [term for _, _, term in sorted(found)[:limit]]

    def _starting(self, letter: str) -> Iterable[tuple[str, int]]:
        if letter not in self._by_start:
            self._by_start[letter] = self._engine.vocabulary("exact", letter)
        return self._by_start[letter]
