"""Which word of a draft each word of a file became: lines that are the same, then stretches, then words. Pure.

What one side cuts in two is left to formats.ledger.split_words.
"""

from collections import deque
from collections.abc import Sequence

from formats.ledger.lines import Lines
from formats.ledger.split_words import SURE, Letters, is_sure, joined, letters, merged

MOST_ACROSS, LONGEST_ACROSS = 500, 2_000  # words that are looked for letter by letter, and letters of one
STRETCHES = (8, 4)  # words that are looked for together


Partner = tuple[Lines | None, int]


class Match:
    """Which word of the draft, or of what was left out, each word of the file became. (side, -1): in another cut."""

    def __init__(self, in_file: Lines, in_draft: Lines, out: Lines) -> None:
        self.file, self.draft, self.out = in_file, in_draft, out
        self.partner: list[Partner] = [(None, 0)] * len(in_file.words)

    def _pair(self, position: int, side: Lines, other: int) -> None:
        self.partner[position] = (side, other)
        side.used[other] = True

    def whole_lines(self, least: int) -> None:
        """Lines that are the same and have so many words, in their order. Of a line that is both kept and left out, as
        headings and contents lists have them, that one is the draft's which follows what was kept before it."""
        drafted, left = _places(self.draft, least), _places(self.out, least)
        expected = 0
        for start, end in self.file.lines:
            if end - start < least or any(side is not None for side, _ in self.partner[start:end]):
                continue
            line = self.file.line((start, end))
            kept, gone = drafted.get(line), left.get(line)
            if kept and (not gone or kept[0] == expected):
                side, other = self.draft, kept.popleft()
                expected = other + len(line)
            elif gone:
                side, other = self.out, gone.popleft()
            else:
                continue
            for step in range(end - start):
                self._pair(start + step, side, other + step)

    def stretches(self) -> None:
        """Words that follow each other so once in the file and once in the draft, wherever lines end: what is one line
        in a PDF is part of a paragraph. With what stands before them; what follows is found word by word."""
        for length in STRETCHES:
            taken = [side is not None for side, _ in self.partner]
            here, there = _once(self.file.words, taken, length), _once(self.draft.words, self.draft.used, length)
            for stretch in filter(there.__contains__, here):
                for position, other in zip(_steps(here[stretch], length), _steps(there[stretch], length), strict=True):
                    if self.partner[position][0] is None and not self.draft.used[other]:
                        self._pair(position, self.draft, other)
        for position in range(len(self.partner) - 2, -1, -1):
            found = self._before(self.partner[position + 1], self.file.words[position])
            if found and self.partner[position][0] is None:
                self._pair(position, *found)

    def single_words(self) -> None:
        """What is left, word by word: first the one that follows the word before, then the first of its like."""
        sides = [(self.draft, _free(self.draft)), (self.out, _free(self.out))]
        before: Partner = (None, 0)
        for position, word in enumerate(self.file.words):
            if self.partner[position][0] is None:
                found = self._after(before, word) or _first(sides, word)
                if found:
                    self._pair(position, *found)
            before = self.partner[position]

    def _after(self, before: Partner, word: str) -> tuple[Lines, int] | None:
        side, position = before[0], before[1] + 1
        if side is not None and position < len(side.words) and side.words[position] == word and not side.used[position]:
            return side, position
        return None

    def _before(self, after: Partner, word: str) -> tuple[Lines, int] | None:
        side, position = after[0], after[1] - 1
        if side is self.draft and position >= 0 and side.words[position] == word and not side.used[position]:
            return side, position
        return None

    def pieces(self) -> None:
        """Words that one side cuts in two: at a hyphen, a change of style, a sign of mathematics."""
        lost = [position for position, (side, _) in enumerate(self.partner) if side is None]
        for side in (self.draft, self.out):
            free = [position for position, used in enumerate(side.used) if not used]
            for whole, parts in joined(self.file.words, lost, side.words, free):
                self._settle(side, [whole], parts)
            lost = [position for position in lost if self.partner[position][0] is None]
            free = [position for position in free if not side.used[position]]
            for whole, parts in joined(side.words, free, self.file.words, lost):
                self._settle(side, parts, [whole])
            lost = [position for position in lost if self.partner[position][0] is None]
        self._across(lost)

    def _across(self, lost: list[int]) -> None:
        """What is still lost, letter by letter: words that run into each other where something between them was left
        out, or of which a part was kept and a part left out."""
        sides = [Letters(self.draft), Letters(self.out)]
        # Short words last: what the others take tells which letters are the rest of a word.
        for position in sorted(lost[:MOST_ACROSS], key=lambda one: len(self.file.words[one]) < SURE):
            word = letters(self.file.words[position])
            stretches = merged(word, sides) if len(word) <= LONGEST_ACROSS else []
            if len(word) < SURE and not is_sure(stretches):
                continue
            for side, start, length in stretches:
                side.take(start, length)
            if any(side is sides[0] for side, _, _ in stretches):
                self.partner[position] = (self.draft, -1)
            elif stretches:
                self.partner[position] = (self.out, sides[1].word_at(stretches[0][1]))

    def _settle(self, side: Lines, in_file: Sequence[int], others: Sequence[int]) -> None:
        for position in in_file:
            self.partner[position] = (side, others[0] if side is self.out else -1)
        for position in others:
            side.used[position] = True


def _places(side: Lines, least: int) -> dict[tuple[str, ...], deque[int]]:
    found: dict[tuple[str, ...], deque[int]] = {}
    for start, end in side.lines:
        if end - start >= least and not any(side.used[start:end]):
            found.setdefault(side.line((start, end)), deque()).append(start)
    return found


def _steps(start: int, length: int) -> range:
    return range(start, start + length)


def _once(words: Sequence[str], taken: Sequence[bool], length: int) -> dict[tuple[str, ...], int]:
    """Where words that are not taken follow each other in a way in which no others do."""
    found: dict[tuple[str, ...], int] = {}
    run = 0
    for position, is_taken in enumerate(taken):
        run = 0 if is_taken else run + 1
        if run >= length:
            stretch = tuple(words[position - length + 1 : position + 1])
            found[stretch] = -1 if stretch in found else position - length + 1
    return {stretch: position for stretch, position in found.items() if position >= 0}


def _free(side: Lines) -> dict[str, deque[int]]:
    found: dict[str, deque[int]] = {}
    for position, word in enumerate(side.words):
        if not side.used[position]:
            found.setdefault(word, deque()).append(position)
    return found


def _first(sides: list[tuple[Lines, dict[str, deque[int]]]], word: str) -> tuple[Lines, int] | None:
    for side, free in sides:
        waiting = free.get(word)
        while waiting:
            position = waiting.popleft()
            if not side.used[position]:
                return side, position
    return None
