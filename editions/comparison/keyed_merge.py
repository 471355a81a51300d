"""Two lists that were made from one, each changed by somebody, brought together by the keys of their members. Pure.

`rebased_wording` does the same for the words of one paragraph; here the members are paragraphs, blocks, rows or lines.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

V = TypeVar("V")
Settle = Callable[[str, V | None, V | None, V], list[tuple[str, V]]]
"""What stands where both changed a member: (key, base, theirs, mine) -> members with their keys, in order. base is None
where both put it in, theirs where they took out what I changed."""


def merged(base: Mapping[str, V], theirs: Mapping[str, V], mine: Mapping[str, V], settle: Settle[V]) -> dict[str, V]:
    """The members of both lists, in order, by key.

    What one changed, put in, moved or took out is taken over. Taking out loses against a change of the same member, so
    that no words go unseen. A member that `settle` answers under a key of theirs replaces it where it stands.
    """
    standing: dict[str, list[tuple[str, V]]] = {}
    replaced: dict[str, V] = {}
    order = merged_order(list(base), list(theirs), list(mine))
    for key in order:
        settled = _settled(key, base.get(key), theirs.get(key), mine.get(key), settle)
        standing[key] = [each for each in settled if each[0] == key or each[0] not in theirs]
        replaced |= {other: value for other, value in settled if other != key and other in theirs}
    found = {other: value for key in order for other, value in standing[key]}
    return {key: replaced.get(key, value) for key, value in found.items()}


def _settled(key: str, base: V | None, theirs: V | None, mine: V | None, settle: Settle[V]) -> list[tuple[str, V]]:
    if mine is None:
        gone = theirs is None or (base is not None and theirs == base)
        return [] if gone or theirs is None else [(key, theirs)]
    if mine == base:
        return [] if theirs is None else [(key, theirs)]
    if mine == theirs or (theirs == base and theirs is not None) or (theirs is None and base is None):
        return [(key, mine)]
    return settle(key, base, theirs, mine)


def merged_order(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> list[str]:
    """Every key of theirs and mine, once: in the order of theirs, with what I moved or put in behind what it follows
    in mine. What both put in at one place stands there one after the other, theirs first."""
    in_base, in_theirs, in_mine = set(base), set(theirs), set(mine)
    moved = _moved(base, mine) - _moved(base, theirs)
    order = [key for key in theirs if key not in moved]
    placed = set(order)
    before = ""
    for key in mine:
        if key not in placed:
            at = order.index(before) + 1 if before else 0
            while at < len(order) and order[at] in in_theirs and order[at] not in in_base and order[at] not in in_mine:
                at += 1
            order.insert(at, key)
            placed.add(key)
        before = key
    return order


def _moved(base: Sequence[str], after: Sequence[str]) -> set[str]:
    """Keys that do not stand in their old order: all but a longest run of those that do."""
    place = {key: at for at, key in enumerate(base)}
    known = [key for key in after if key in place]
    ends: list[int] = []  # smallest last place of an ascending run of each length
    last: list[str] = []
    before: dict[str, str] = {}
    for key in known:
        at = bisect_left(ends, place[key])
        ends[at : at + 1] = [place[key]]
        last[at : at + 1] = [key]
        before[key] = last[at - 1] if at else ""
    kept: set[str] = set()
    key = last[-1] if last else ""
    while key:
        kept.add(key)
        key = before[key]
    return set(known) - kept
