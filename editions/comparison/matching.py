"""Finds for every passage of one text its like in another, by place, without comparing all with all. Pure.

What the numbers below were measured on is told in docs/adr/0050.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property

from editions.comparison.inner_keys import inner_key
from editions.comparison.rare_words import RareWords
from editions.comparison.similarity import LIKE, LIKE_COVERED, Comparable, Side
from editions.comparison.splits_and_merges import INSIDE, windows
from editions.comparison.word_diff import covered_in_order, likeness, overlap

MARGIN = 0.05
"""How much better than the next the best match of a moved and edited passage must be."""


class Method(StrEnum):
    """How a passage was found again, the surest first."""

    ID = "id"
    EXACT = "exact"
    ALIGNED = "aligned"
    MOVED = "moved"
    MERGED = "merged"
    ORPHAN = "orphan"


def _free_by_inner_keys(side: Side) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place in sorted(side.free):
        passage = side.passages[place]
        if key := inner_key(passage.kind, passage.key):
            found[key].append(place)
    return found


@dataclass(frozen=True, slots=True)
class Match:
    """Where an old passage was found again. score: 0.0 to 1.0."""

    new: int
    method: Method
    score: float


class Matcher:
    """Matches two texts on construction. Passages are named by their place in the sequence given, from 0.

    found: of each old place that was found again; one to one, but for MERGED. old.free, new.free: the places left.
    splits: old passages, lost or changed, whose words went into two or three adjacent new ones. merges: new passages
    that hold the words of two or three adjacent old ones.
    """

    def __init__(self, old: Sequence[Comparable], new: Sequence[Comparable]) -> None:
        self.old = Side(old)
        self.new = Side(new)
        self.found: dict[int, Match] = {}
        self._match_keys()
        self._match_keys_of_other_blocks()
        for olds, news in self._match_texts():
            self._match_best(olds, news, Method.ALIGNED)
        self._match_moved_texts()
        self._match_best(sorted(self.old.free), sorted(self.new.free), Method.MOVED)
        self.splits = tuple(windows(self.old, self.new, {old: match.new for old, match in self.found.items()}))
        self.merges = tuple(windows(self.new, self.old, {match.new: old for old, match in self.found.items()}))
        self._match_merged()

    def _take(self, old: int, new: int, method: Method, score: float) -> None:
        self.found[old] = Match(new, method, score)
        self.old.free.discard(old)
        self.new.free.discard(new)

    def _same_family(self, old: int, new: int) -> bool:
        return self.old.family[old] == self.new.family[new]

    def _match_keys(self) -> None:
        """A key is no proof alone: an editor may empty a paragraph and write another into it."""
        places = {passage.key: place for place, passage in enumerate(self.new.passages)}
        for place, passage in enumerate(self.old.passages):
            there = places.get(passage.key)
            if not passage.key or there is None or self.old.keys[passage.key] > 1 or self.new.keys[passage.key] > 1:
                continue
            if self.old.folded[place] == self.new.folded[there]:
                self._take(place, there, Method.ID, 1.0)
                continue
            score = overlap(self.old.bag(place), self.new.bag(there))
            if score >= LIKE or (score > 0 and self.old.is_short(place) and self.new.is_short(there)):
                self._take(place, there, Method.ID, score)

    def _match_keys_of_other_blocks(self) -> None:
        """Paragraphs that came into another block with their keys, as where a long text was parted."""
        olds, news = (_free_by_inner_keys(side) for side in (self.old, self.new))
        for key, places in olds.items():
            theirs = news.get(key, ())
            if len(places) > 1 or len(theirs) != 1:
                continue
            (place,), (there,) = places, theirs
            is_same = self.old.folded[place] == self.new.folded[there]
            score = 1.0 if is_same else overlap(self.old.bag(place), self.new.bag(there))
            if is_same or score >= LIKE:
                self._take(place, there, Method.ID, score)

    def _match_texts(self) -> list[tuple[range, range]]:
        """Equal texts in equal order. Returns the changed stretches between them, as places old and new."""
        mine: list[object] = list(zip(self.old.family, self.old.folded, strict=True))
        theirs: list[object] = list(zip(self.new.family, self.new.folded, strict=True))
        for place, match in self.found.items():  # what is known already is a fixed point for the rest
            mine[place] = theirs[match.new] = place
        stretches = []
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
            if tag != "equal":
                stretches.append((range(i1, i2), range(j1, j2)))
                continue
            for place, there in zip(range(i1, i2), range(j1, j2), strict=True):
                if place not in self.found:
                    self._take(place, there, Method.EXACT, 1.0)
        return stretches

    def _match_best(self, olds: Iterable[int], news: Iterable[int], method: Method) -> None:
        """Take the most alike pairs first, one to one. A moved passage must also beat its rivals clearly."""
        scored = sorted(self._alike(olds, news), key=lambda pair: (-pair[0], -self._nearness(*pair[1:]), *pair[1:]))
        rivals: dict[int, list[float]] = defaultdict(list)
        for score, place, _ in scored:
            rivals[place].append(score)
        for score, place, there in scored:
            if place not in self.old.free or there not in self.new.free:
                continue
            ambiguous = len(rivals[place]) > 1 and rivals[place][0] - rivals[place][1] < MARGIN
            if method == Method.MOVED and (ambiguous or score < rivals[place][0]):
                continue
            self._take(place, there, method, score)

    def _alike(self, olds: Iterable[int], news: Iterable[int]) -> Iterator[tuple[float, int, int]]:
        """Every pair at least LIKE alike, as (score, old, new), among the free and long enough."""
        left = [place for place in olds if place in self.old.free and not self.old.is_short(place)]
        right = [place for place in news if place in self.new.free and not self.new.is_short(place)]
        index = RareWords([(place, self.new.bag(place)) for place in right], 1 - LIKE_COVERED)
        for place in left:
            for there in index.candidates(self.old.bag(place)):
                if not self._same_family(place, there):
                    continue
                if overlap(self.old.bag(place), self.new.bag(there)) < LIKE:
                    continue  # it bounds the likeness from above and costs a tenth
                score = likeness(self.old.words(place), self.new.words(there))
                if score >= LIKE:
                    yield score, place, there

    def _nearness(self, place: int, there: int) -> int:
        """Two for the same headings above, one for the same innermost heading: breaks ties between look-alikes."""
        mine, theirs = tuple(self.old.passages[place].path), tuple(self.new.passages[there].path)
        return 2 if mine == theirs else int(bool(mine and theirs and mine[-1] == theirs[-1]))

    def _match_moved_texts(self) -> None:
        places = {(self.new.family[place], self.new.folded[place]): place for place in self.new.free}
        for place in sorted(self.old.free):
            text = self.old.folded[place]
            there = places.get((self.old.family[place], text))
            if there is not None and text and self.old.texts[text] == self.new.texts[text] == 1:
                self._take(place, there, Method.MOVED, 1.0)

    def _match_merged(self) -> None:
        """A lost passage that stands nearly whole in the one its neighbour became."""
        for window in self.merges:
            if window.whole in self.new.free:
                continue  # no part is known to have gone there
            for place in window.parts:
                score = covered_in_order(self.old.words(place), self.new.words(window.whole))
                if place in self.old.free and score >= INSIDE:
                    self._take(place, window.whole, Method.MERGED, score)

    def candidate(self, place: int) -> tuple[int | None, float]:
        """The new place a person should look at for a lost old one: of the same key, else the most alike, or None."""
        mine = self.old.bag(place)
        key = self.old.passages[place].key
        there = self._new_keys.get(key) if key else None
        if there is None:
            there = max(
                self._changed_words.candidates(mine), key=lambda at: overlap(mine, self.new.bag(at)), default=None
            )
        return (None, 0.0) if there is None else (there, overlap(mine, self.new.bag(there)))

    @cached_property
    def _new_keys(self) -> dict[str, int]:
        return {passage.key: place for place, passage in enumerate(self.new.passages)}

    @cached_property
    def _changed_words(self) -> RareWords:
        """Of the new passages that are not, word for word, an old one: nothing lost can be in those."""
        kept = {
            match.new for place, match in self.found.items() if self.old.folded[place] == self.new.folded[match.new]
        }
        changed = [place for place in range(len(self.new.passages)) if place not in kept]
        return RareWords([(place, self.new.bag(place)) for place in changed], 1 - LIKE_COVERED)
