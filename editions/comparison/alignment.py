"""Which passage of an older edition became which passage of a newer one. Pure.

An anchor holds to its edition for ever; an alignment only maps it onwards, for display and for the diff.
Where it is not sure it says so (`Method.ORPHAN`, with the best candidate) and never guesses.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

from editions.comparison.matching import Matcher, Method
from editions.comparison.similarity import Comparable
from editions.comparison.word_diff import Piece, PieceKind, word_diff

__all__ = [
    "Alignment", "Change", "Group", "GroupKind", "Line", "Link", "Method", "Piece", "PieceKind",
    "align", "touches", "word_diff",
]  # fmt: skip

P = TypeVar("P", bound=Comparable)


class GroupKind(StrEnum):
    SPLIT = "split"
    MERGE = "merge"


class Change(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Link(Generic[P]):
    """Where one old passage went. new: None for an orphan, which then names its best candidate.

    score: 0.0 to 1.0, how alike the two texts are (of an orphan: it and its candidate).
    """

    old: P
    new: P | None
    method: Method
    score: float
    candidate: P | None = None


@dataclass(frozen=True, slots=True)
class Group(Generic[P]):
    """A split (one old, two or three new) or a merge (the reverse), proposed to a person. score: share of words."""

    kind: GroupKind
    old: tuple[P, ...]
    new: tuple[P, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Line(Generic[P]):
    """One line of a comparison. At least one side is there; both are where the passage stayed, changed or moved."""

    change: Change
    old: P | None
    new: P | None


@dataclass(frozen=True)
class Alignment(Generic[P]):
    """links: one per old passage, in its order. added: new passages that come from nowhere, in their order."""

    links: tuple[Link[P], ...]
    added: tuple[P, ...]
    groups: tuple[Group[P], ...]
    new: tuple[P, ...] = field(repr=False)

    def find(self, key: str) -> Link[P] | None:
        """The link of the old passage with this key."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, Link[P]]:
        return {link.old.key: link for link in self.links}

    @cached_property
    def lines(self) -> tuple[Line[P], ...]:
        """Both texts in one reading order: the new one's, with removed passages where they used to stand."""
        return tuple(_lines(self.links, self.new))

    @cached_property
    def touched(self) -> frozenset[str]:
        """Keys of old passages the newer text changed, moved, removed, or beside which it put a new passage."""
        keys = set()
        last: P | None = None
        added_before = False
        for line in self.lines:
            if line.old and (line.change != Change.SAME or added_before):
                keys.add(line.old.key)
            if line.change == Change.ADDED and last:
                keys.add(last.key)
            last = line.old or last
            added_before = line.change == Change.ADDED
        return frozenset(keys)


def touches(alignment: Alignment[P], keys: Iterable[str]) -> bool:
    """Whether the newer edition changed anything at one of these old passages; see `Alignment.touched`."""
    return not alignment.touched.isdisjoint(keys)


def align(old: Sequence[P], new: Sequence[P]) -> Alignment[P]:
    """Find every old passage in the newer text, or say that it cannot be found.

    In this order: same key and alike; same text in the same order; best of a changed stretch; moved elsewhere.
    """
    matcher = Matcher(old, new)
    links = tuple(_link(matcher, place, passage, new) for place, passage in enumerate(old))
    added = tuple(new[place] for place in sorted(matcher.new.free))
    splits = [
        Group(GroupKind.SPLIT, (old[window.whole],), tuple(new[part] for part in window.parts), window.score)
        for window in matcher.splits
    ]
    merges = [
        Group(GroupKind.MERGE, tuple(old[part] for part in window.parts), (new[window.whole],), window.score)
        for window in matcher.merges
    ]
    return Alignment(links, added, (*splits, *merges), tuple(new))


def _link(matcher: Matcher, place: int, passage: P, new: Sequence[P]) -> Link[P]:
    if match := matcher.found.get(place):
        return Link(passage, new[match.new], match.method, match.score)
    there, score = matcher.candidate(place)
    return Link(passage, None, Method.ORPHAN, score, None if there is None else new[there])


def _lines(links: Sequence[Link[P]], new: Sequence[P]) -> Iterator[Line[P]]:
    """See `Alignment.lines`. What stayed in order is the longest rising run of places; the other links moved."""
    place_of = {id(passage): place for place, passage in enumerate(new)}
    source = {place_of[id(link.new)]: at for at, link in enumerate(links) if link.new and _stands_alone(link)}
    steady = set(longest_rise([(at, place) for place, at in sorted(source.items(), key=lambda item: item[1])]))
    cursor = 0
    for place, passage in enumerate(new):
        at = source.get(place)
        if at in steady:
            yield from _removed(links[cursor:at])
            cursor = at + 1
        if at is None:
            yield Line(Change.ADDED, None, passage)
        else:
            old = links[at].old
            stayed = Change.SAME if old.text == passage.text else Change.CHANGED
            yield Line(stayed if at in steady else Change.MOVED, old, passage)
    yield from _removed(links[cursor:])


def _stands_alone(link: Link[P]) -> bool:
    """Whether the old passage still is one. What was merged into a neighbour shows as removed, and added there."""
    return link.method not in {Method.MERGED, Method.ORPHAN}


def _removed(links: Iterable[Link[P]]) -> Iterator[Line[P]]:
    for link in links:
        if not _stands_alone(link):
            yield Line(Change.REMOVED, link.old, None)


def longest_rise(pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Of (old, new) places in old order: the old places of the longest run whose new places rise."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for now, (_, there) in enumerate(pairs):
        length = bisect_left(tails, there)
        tails[length : length + 1] = [there]
        ends[length : length + 1] = [now]
        if length:
            before[now] = ends[length - 1]
    run = []
    at: int | None = ends[-1] if ends else None
    while at is not None:
        run.append(pairs[at][0])
        at = before.get(at)
    return run
