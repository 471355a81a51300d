"""Which texts may share enough words with another: an index by their rarest words. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence


class RareWords:
    """Finds the texts that may share enough words with another, without comparing all with all.

    A text is listed under its rarest words, as many as could be missing and one more: if it shares enough, it shares
    one of these (prefix filtering; Chaudhuri, Ganti, Kaushik, ICDE 2006). missing: share of words that may be absent.
    """

    def __init__(self, bags: Sequence[tuple[int, frozenset[str]]], missing: float) -> None:
        spread = Counter(word for _, elements in bags for word in elements)
        self.places: dict[str, list[int]] = defaultdict(list)
        for place, elements in bags:
            rarest = sorted(elements, key=lambda word: (spread[word], word))
            for word in rarest[: int(missing * len(elements)) + 1]:
                self.places[word].append(place)

    def candidates(self, elements: frozenset[str]) -> set[int]:
        return {place for word in elements for place in self.places.get(word, ())}
