"""Spelling: what somebody may have meant by a word that no text of the index has; what a prefix stands for there."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import cast

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis.analyzer import fold
from search.engines.base import WHOLE, Answer, Engine, Request
from search.query import fictitious, tree
from search.query.fictitious import Fiction

SHORTEST_CORRECTED = 4  # letters; below that nearly every word is near another
MAX_GAP = 2  # insertions, deletions, replacements and swaps of neighbours: Damerau, CACM 7 (1964), pp. 171-176
MOST_PAIRS = 10_000  # kept; a question asks for a few


class Vocabulary:
    """Exact terms of one generation of an index, read by their first letter when they are first asked for."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._by_start: dict[str, dict[int, tuple[list[str], list[int]]]] = {}
        self._together: dict[tuple[str, str], bool] = {}

    @property
    def documents(self) -> int:
        return self._counted.total

    @property
    def languages(self) -> Sequence[str]:
        """Those of its texts, the most frequent first."""
        counts = self._counted.facets["spoken"]
        return sorted(counts, key=lambda language: (-counts[language], language))

    @property
    def fictitious(self) -> int:
        """How many of the documents are invented."""
        return self._counted.facets[fictitious.FIELD].get(fictitious.YES, 0)

    @property
    def usual_fiction(self) -> Fiction:
        """Which records are searched unless invented ones are asked for. A library of nothing else is searched."""
        return Fiction.AMONG if self.fictitious == self.documents else Fiction.LEFT_OUT

    @property
    def years(self) -> Sequence[int]:
        """Those that its documents belong to, without the year of invented ones unless there is no other."""
        held = sorted(int(year) for year in self._counted.facets["year"] if year.isdecimal())
        return [year for year in held if str(year) != fictitious.YEAR] or held

    @cached_property
    def _counted(self) -> Answer:
        facets = ("spoken", "year", fictitious.FIELD)
        return self._engine.search(Request(tree.Everything(), {"level": (WHOLE,)}, facets=facets, limit=1))

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
        by_length = self._starting(word[0])
        found = []
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            terms, counts = by_length.get(length, ([], []))
            near = process.extract(word, terms, scorer=OSA.distance, score_cutoff=allowed, limit=None)
            found += [(gap, -counts[at], term) for term, gap, at in near]
        return [term for _, _, term in sorted(found)[:limit]]

    def stand_together(self, one: str, two: str) -> bool:
        """Whether two exact terms follow each other in a text."""
        if (one, two) not in self._together:
            if len(self._together) >= MOST_PAIRS:
                self._together.clear()
            pair = tree.Sequence("exact", (one, two))
            found = self._engine.search(Request(pair, {"level": (WHOLE,)}, limit=1, counted=False))
            self._together[one, two] = bool(found.hits)
        return self._together[one, two]

    def _starting(self, letter: str) -> Mapping[int, tuple[list[str], list[int]]]:
        """Length to the words of letters that begin so, and how many documents hold each."""
        if letter not in self._by_start:
            found: defaultdict[int, tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
            for term, count in self._engine.vocabulary("exact", letter):
                if term.isalpha():
                    terms, counts = found[len(term)]
                    terms.append(term)
                    counts.append(count)
            self._by_start[letter] = dict(found)
        return self._by_start[letter]


def words_held(engine: Engine) -> Vocabulary:
    """Of the generation that the engine now answers from. Raises Unavailable."""
    return _vocabulary(cast(Hashable, engine), engine.generation())


@lru_cache(maxsize=4)
def _vocabulary(engine: Hashable, generation: str) -> Vocabulary:
    return Vocabulary(cast(Engine, engine))
