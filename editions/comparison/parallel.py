"""Which passage of a text says what which passage of its translation says. Pure.

The words tell nothing here. A translation is made by writing over a copy, so its passages have the keys of those that
they translate; what was written anew between two of them is paired by its place and kind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from editions.comparison.alignment import longest_rise
from editions.comparison.similarity import Comparable
from editions.comparison.word_diff import words

FEW = 4
"""Fewer words than these may be the same in two languages: a name, a number, an address."""

P = TypeVar("P", bound=Comparable)


@dataclass(frozen=True, slots=True)
class Pair(Generic[P]):
    """At least one side is there."""

    original: P | None
    translation: P | None


def is_untranslated(pair: Pair[P]) -> bool:
    """Whether both sides have the same words, more than a name or a number: it was copied and not written over."""
    if pair.original is None or pair.translation is None or pair.original.text != pair.translation.text:
        return False
    return len(words(pair.original.text)) >= FEW


def parallel(original: Sequence[P], translation: Sequence[P]) -> list[Pair[P]]:
    """Every passage of both texts once, in one order: that of each text."""
    places = {passage.key: there for there, passage in enumerate(translation)}
    common = [(here, places[passage.key]) for here, passage in enumerate(original) if passage.key in places]
    found: list[Pair[P]] = []
    here = there = 0
    for at in (*sorted(longest_rise(common)), len(original)):
        to = places[original[at].key] if at < len(original) else len(translation)
        found += _by_place(original[here:at], translation[there:to])
        if at < len(original):
            found.append(Pair(original[at], translation[to]))
        here, there = at + 1, to + 1
    return found


def _by_place(original: Sequence[P], translation: Sequence[P]) -> Iterator[Pair[P]]:
    """Of two stretches without a common key: by kind, as far as both begin and as far as both end alike."""
    kinds = [pair[0].kind == pair[1].kind for pair in zip(original, translation, strict=False)]
    first = next((place for place, alike in enumerate(kinds) if not alike), len(kinds))
    rest = zip(reversed(original[first:]), reversed(translation[first:]), strict=False)
    last = next(
        (place for place, (a, b) in enumerate(rest) if a.kind != b.kind), min(len(original), len(translation)) - first
    )
    yield from _both(original[:first], translation[:first])
    yield from (Pair(passage, None) for passage in original[first : len(original) - last])
    yield from (Pair(None, passage) for passage in translation[first : len(translation) - last])
    yield from _both(original[len(original) - last :], translation[len(translation) - last :])


def _both(original: Sequence[P], translation: Sequence[P]) -> Iterator[Pair[P]]:
    return (Pair(*sides) for sides in zip(original, translation, strict=True))
