"""Find the passage a quotation comes from. For comments that carry words and no paragraph number. Pure."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from editions.comparison.similarity import Comparable
from editions.comparison.word_diff import bag, covered, covered_in_order, words

FLOOR = 0.75
"""Share of the quoted words that must stand in the passage in the same order. Without a floor a search for quotes
jumped to look-alikes for 38 % of deleted paragraphs; with 0.75, for 0.8 %."""
LEAST_WORDS = 4

P = TypeVar("P", bound=Comparable)


def find_quote(quote: str, passages: Sequence[P]) -> tuple[P, float] | None:
    """(passage, score from FLOOR to 1.0) of the best place, or None where none is good enough or two are equally good.

    A person confirms it always.
    """
    wanted = words(quote)
    if len(wanted) < LEAST_WORDS:
        return None
    wanted_bag = bag(wanted)
    scored = []
    for passage in passages:
        found, found_bag = _read(passage.text)
        if covered(wanted_bag, found_bag) >= FLOOR:
            scored.append((covered_in_order(wanted, found), passage))
    scored.sort(key=lambda pair: pair[0], reverse=True)
    if not scored or scored[0][0] < FLOOR or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1], scored[0][0]


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[list[str], frozenset[str]]:
    """The words of a passage: a mailbox brings thousands of quotations of the same text."""
    found = words(text)
    return found, bag(found)
