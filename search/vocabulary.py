"""The words an index holds: what a prefix stands for, and what somebody may have meant by a word that is not there."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from search.analysis import fold
from search.engines.base import WHOLE, Answer, Engine, Request
from search.tree import Everything

SHORTEST_CORRECTED = 4  # letters; below that nearly every word is near another
MAX_GAP = 2


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


def distance(a: str, b: str, most: int) -> int:
    """Insertions, deletions, replacements and swaps of neighbours between two words; `most` + 1 if there are more.

    Optimal string alignment: F. J. Damerau, CACM 7 (1964), pp. 171-176.
    """
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        above, row = row, [i]
        for j, other in enumerate(b, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before = above
    return min(row[-1], most + 1)
