"""Words that a file cuts in two and its draft does not, or the other way round: found by their letters. Pure."""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from itertools import accumulate

from formats.ledger.lines import Lines

LONGEST_PART = 200  # characters of the first piece of a word that is looked for in pieces
SURE, LONGEST_BEGINNING = 3, 24  # letters by which the place of a word is found again


class Letters:
    """The free words of one side as one string of letters. place: behind what was taken last."""

    def __init__(self, side: Lines) -> None:
        self._side = side
        self._free = [position for position, used in enumerate(side.used) if not used]
        words = [letters(side.words[position]) for position in self._free]
        self._ends = list(accumulate(map(len, words)))
        self._taken = bytearray(sum(map(len, words)))
        self.text = "".join(words)
        self.place = 0

    def word_at(self, place: int) -> int:
        return self._free[bisect_right(self._ends, place)]

    def is_rest(self, place: int) -> bool:
        """Whether other letters of the word at a place are taken."""
        word = bisect_right(self._ends, place)
        start = self._ends[word - 1] if word else 0
        return any(self._taken[start : self._ends[word]])

    def take(self, start: int, length: int) -> None:
        self._taken[start : start + length] = b"\1" * length
        self.place = start + length
        for word in range(bisect_right(self._ends, start), bisect_right(self._ends, self.place)):
            self._side.used[self._free[word]] = True

    def common(self, word: str, start: int, place: int) -> int:
        """How many free letters from a place on are those of a word."""
        length = 0
        while (
            start + length < len(word)
            and place + length < len(self.text)
            and self.text[place + length] == word[start + length]
            and not self._taken[place + length]
        ):
            length += 1
        return length

    def find(self, word: str) -> int:
        """Where the longest beginning of a word stands; -1 where none does that is SURE, or of a word that short."""
        for length in range(min(len(word), LONGEST_BEGINNING), (SURE if len(word) > SURE else 1) - 1, -1):
            for begin in (self.place, 0):
                found = self.text.find(word[:length], begin)
                if found >= 0 and not any(self._taken[found : found + length]):
                    return found
        return -1


def merged(word: str, sides: list[Letters]) -> list[tuple[Letters, int, int]]:
    """The stretches (side, start, length) that together spell a word; none where a letter is missing."""
    places = {id(side): side.place for side in sides}
    found: list[tuple[Letters, int, int]] = []
    place = 0
    while place < len(word):
        side, start, length = _longest(word, place, sides, places)
        if not length:
            return []
        found.append((side, start, length))
        places[id(side)] = start + length
        place += length
    return found


def is_sure(stretches: list[tuple[Letters, int, int]]) -> bool:
    """Whether the letters of a short word, which stand anywhere, are its own: some kept and some left out, or each the
    rest of a word of which a part is known."""
    across = len({id(side) for side, _, _ in stretches}) > 1
    return across or all(side.is_rest(start) for side, start, _ in stretches)


def _longest(word: str, place: int, sides: list[Letters], places: dict[int, int]) -> tuple[Letters, int, int]:
    """What goes on with a word: where a side was read last, or where it has the letters elsewhere."""
    rest = word[place:]
    found = [(side, places[id(side)], side.common(word, place, places[id(side)])) for side in sides]
    if max(length for _, _, length in found) < len(rest):
        found += [(side, start, side.common(word, place, start)) for side in sides if (start := side.find(rest)) >= 0]
    return max(found, key=lambda one: one[2])


def letters(word: str) -> str:
    return word if word.isalnum() else "".join(char for char in word if char not in ".,'’")


def joined(
    wholes: list[str], free_wholes: list[int], parts: list[str], free_parts: list[int]
) -> Iterator[tuple[int, list[int]]]:
    """Positions of words, each with those of the words next to each other that spell it."""
    begins: dict[str, deque[int]] = {}
    for place, position in enumerate(free_parts):
        begins.setdefault(letters(parts[position]), deque()).append(place)
    taken: set[int] = set()
    for whole in free_wholes:
        word = letters(wholes[whole])
        for length in range(1, min(len(word), LONGEST_PART)):
            waiting = begins.get(word[:length])
            while waiting and waiting[0] in taken:
                waiting.popleft()
            spelled = _spelled(word, parts, free_parts, waiting[0], taken) if waiting else []
            if spelled:
                taken.update(spelled)
                yield whole, [free_parts[place] for place in spelled]
                break


def _spelled(word: str, parts: list[str], free: list[int], place: int, taken: set[int]) -> list[int]:
    found: list[int] = []
    start = 0
    while start < len(word) and place < len(free) and place not in taken:
        part = letters(parts[free[place]])
        if not part or not word.startswith(part, start):
            return []
        found.append(place)
        start += len(part)
        place += 1
    return found if start == len(word) else []
