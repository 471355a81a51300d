"""Passages that were split into several adjacent ones, or merged from several. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from editions.comparison.rare_words import RareWords
from editions.comparison.similarity import LIKE, Side
from editions.comparison.word_diff import bag, covered

PARTS = 3
"""Into how many adjacent passages a split is looked for, and from how many a merge."""
INSIDE = 0.75
"""Share of a lost passage's words that must stand, in order, in the passage it was merged into. The floor that kept
a search for quotes from jumping to look-alikes (1 % wrong, against 5 % without one)."""


@dataclass(frozen=True, slots=True)
class Window:
    """A run of adjacent places of one text that hold the words of one passage of the other. score: share of them."""

    whole: int
    parts: tuple[int, ...]
    score: float


def windows(one: Side, many: Side, known: dict[int, int]) -> Iterator[Window]:
    """Per changed passage of one text the best run of passages of the other that make it up. known: one -> many."""
    if not many.free:
        return
    changed = [
        place
        for place in range(len(one.passages))
        if (place not in known or one.folded[place] != many.folded[known[place]]) and not one.is_short(place)
    ]
    partners = {known[place] for place in changed if place in known}
    index = RareWords([(place, many.bag(place)) for place in sorted(many.free | partners)], 1 - LIKE)
    for place in changed:
        whole = one.bag(place)
        mine = {known[place]} if place in known else set()
        inside = {
            part
            for part in index.candidates(whole)
            if (part in many.free or part in mine)
            and not many.is_short(part)
            and covered(many.bag(part), whole) >= LIKE
        }
        best = max(_runs(inside, mine), key=lambda run: (_share(run, many, whole), -len(run)), default=None)
        if best and (score := _share(best, many, whole)) >= LIKE:
            yield Window(place, best, score)


def _share(run: tuple[int, ...], many: Side, whole: frozenset[str]) -> float:
    """Which share of the words of one passage a run of others holds together."""
    return covered(whole, bag([word for place in run for word in many.words(place)]))


def _runs(places: set[int], wanted: set[int]) -> Iterator[tuple[int, ...]]:
    """Runs of two to PARTS adjacent places that hold all the wanted ones."""
    for first in sorted(places):
        for length in range(2, PARTS + 1):
            run = tuple(range(first, first + length))
            if places.issuperset(run) and wanted.issubset(run):
                yield run
