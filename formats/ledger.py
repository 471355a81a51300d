"""The ledger of a file that was read: every word of it is in the draft, or left out for a reason, or an error of ours.

Pure, and linear in the words (their order is a longest increasing run, n log n). A reader's `words` and its `read` are
written apart and meet here alone: what one of them overlooks, the other brings to light.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import accumulate
from typing import Any

from editions.document.model import (
    Block,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Runs,
    Section,
    Table,
)
from formats.draft import Doubt, Draft, Source, Thing
from formats.segmentation import is_number, words

LONGEST_PART = 200  # characters of the first piece of a word that is looked for in pieces
MOST_ACROSS, LONGEST_ACROSS = 500, 2_000  # words that are looked for letter by letter, and letters of one
LONG_LINE = 8  # words; a shorter line may be the end of a paragraph here and a cell of a table there
STRETCHES = (8, 4)  # words that are looked for together
SURE, LONGEST_BEGINNING = 3, 24  # letters by which the place of a word is found again
TOLD = {
    Thing.LINK: {Doubt.LINK_LEFT_OUT},
    Thing.PICTURE: {Doubt.PICTURE_KIND, Doubt.PICTURE_NOT_FETCHED, Doubt.PICTURE_REPEATED},
}


@dataclass(frozen=True, slots=True)
class Unaccounted:
    """Words that stand next to each other in the file, and nowhere in the draft nor among what was left out."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of one thing. told: left out with a finding, or in what was left out."""

    in_file: int = 0
    in_draft: int = 0
    told: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """words: of the file = kept + moved + all of left_out + unaccounted_words.

    moved: kept, but in another order than in the file. left_out: words by `Reason`. added: words of the draft that the
    file does not hold as text, such as numbers its lists drew. numbers: those words that begin with a digit, of which
    numbers_unaccounted are lost. things: by `Thing`; headings by their level too.
    """

    words: int = 0
    kept: int = 0
    moved: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    unaccounted: tuple[Unaccounted, ...] = ()
    unaccounted_words: int = 0
    added: tuple[str, ...] = ()
    numbers: int = 0
    numbers_unaccounted: int = 0
    things: dict[str, Tally] = field(default_factory=dict)

    @property
    def balanced(self) -> bool:
        return not self.unaccounted_words

    def as_json(self) -> dict[str, Any]:
        """Plain data, to be stored with the draft."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Ledger":
        return cls(
            **{
                **data,
                "unaccounted": tuple(Unaccounted(**one) for one in data["unaccounted"]),
                "added": tuple(data["added"]),
                "things": {thing: Tally(**tally) for thing, tally in data["things"].items()},
            }
        )


def account(draft: Draft, sources: Iterable[Source]) -> Ledger:
    """The words of a file, as its reader's `words` tells them, against its draft."""
    held = list(sources)
    in_file = _Lines((source.text, source.place) for source in held if source.thing == Thing.WORDS)
    in_draft = _Lines((text, "") for text in draft_texts(draft.document))
    out = _Lines((left.text, str(left.reason)) for left in draft.left_out)
    match = _Match(in_file, in_draft, out)
    match.whole_lines(LONG_LINE)
    match.stretches()
    match.whole_lines(1)
    match.single_words()
    match.pieces()
    order = [position for side, position in match.partner if side is in_draft and position >= 0]
    in_order = _longest_increasing(order)
    reasons = Counter(out.places[position] for side, position in match.partner if side is out)
    lost = [position for position, (side, _) in enumerate(match.partner) if side is None]
    kept = sum(side is in_draft for side, _ in match.partner)
    return Ledger(
        words=len(in_file.words),
        kept=kept - (len(order) - in_order),
        moved=len(order) - in_order,
        left_out=dict(sorted(reasons.items())),
        unaccounted=tuple(_stretches(in_file, lost)),
        unaccounted_words=len(lost),
        added=tuple(word for word, used in zip(in_draft.words, in_draft.used, strict=True) if not used),
        numbers=sum(map(is_number, in_file.words)),
        numbers_unaccounted=sum(is_number(in_file.words[position]) for position in lost),
        things=_things(draft, held),
    )


class _Lines:
    """Texts as one sequence of words, with what each line begins and where each word stands."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self.words: list[str] = []
        self.places: list[str] = []
        self.lines: list[tuple[int, int]] = []  # from, to
        for text, place in texts:
            for line in text.split("\n"):
                found = list(words(line))
                if found:
                    self.lines.append((len(self.words), len(self.words) + len(found)))
                    self.words += found
                    self.places += [place] * len(found)
        self.used = [False] * len(self.words)

    def line(self, place: tuple[int, int]) -> tuple[str, ...]:
        return tuple(self.words[slice(*place)])


Partner = tuple[_Lines | None, int]


class _Match:
    """Which word of the draft, or of what was left out, each word of the file became. (side, -1): in another cut."""

    def __init__(self, in_file: _Lines, in_draft: _Lines, out: _Lines) -> None:
        self.file, self.draft, self.out = in_file, in_draft, out
        self.partner: list[Partner] = [(None, 0)] * len(in_file.words)

    def _pair(self, position: int, side: _Lines, other: int) -> None:
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

    def _after(self, before: Partner, word: str) -> tuple[_Lines, int] | None:
        side, position = before[0], before[1] + 1
        if side is not None and position < len(side.words) and side.words[position] == word and not side.used[position]:
            return side, position
        return None

    def _before(self, after: Partner, word: str) -> tuple[_Lines, int] | None:
        side, position = after[0], after[1] - 1
        if side is self.draft and position >= 0 and side.words[position] == word and not side.used[position]:
            return side, position
        return None

    def pieces(self) -> None:
        """Words that one side cuts in two: at a hyphen, a change of style, a sign of mathematics."""
        lost = [position for position, (side, _) in enumerate(self.partner) if side is None]
        for side in (self.draft, self.out):
            free = [position for position, used in enumerate(side.used) if not used]
            for whole, parts in _joined(self.file.words, lost, side.words, free):
                self._settle(side, [whole], parts)
            lost = [position for position in lost if self.partner[position][0] is None]
            free = [position for position in free if not side.used[position]]
            for whole, parts in _joined(side.words, free, self.file.words, lost):
                self._settle(side, parts, [whole])
            lost = [position for position in lost if self.partner[position][0] is None]
        self._across(lost)

    def _across(self, lost: list[int]) -> None:
        """What is still lost, letter by letter: words that run into each other where something between them was left
        out, or of which a part was kept and a part left out."""
        sides = [_Letters(self.draft), _Letters(self.out)]
        # Short words last: what the others take tells which letters are the rest of a word.
        for position in sorted(lost[:MOST_ACROSS], key=lambda one: len(self.file.words[one]) < SURE):
            word = _letters(self.file.words[position])
            stretches = _merged(word, sides) if len(word) <= LONGEST_ACROSS else []
            if len(word) < SURE and not _sure(stretches):
                continue
            for side, start, length in stretches:
                side.take(start, length)
            if any(side is sides[0] for side, _, _ in stretches):
                self.partner[position] = (self.draft, -1)
            elif stretches:
                self.partner[position] = (self.out, sides[1].word_at(stretches[0][1]))

    def _settle(self, side: _Lines, in_file: Sequence[int], others: Sequence[int]) -> None:
        for position in in_file:
            self.partner[position] = (side, others[0] if side is self.out else -1)
        for position in others:
            side.used[position] = True


def _places(side: _Lines, least: int) -> dict[tuple[str, ...], deque[int]]:
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


def _free(side: _Lines) -> dict[str, deque[int]]:
    found: dict[str, deque[int]] = {}
    for position, word in enumerate(side.words):
        if not side.used[position]:
            found.setdefault(word, deque()).append(position)
    return found


def _first(sides: list[tuple[_Lines, dict[str, deque[int]]]], word: str) -> tuple[_Lines, int] | None:
    for side, free in sides:
        waiting = free.get(word)
        while waiting:
            position = waiting.popleft()
            if not side.used[position]:
                return side, position
    return None


class _Letters:
    """The free words of one side as one string of letters. place: behind what was taken last."""

    def __init__(self, side: _Lines) -> None:
        self._side = side
        self._free = [position for position, used in enumerate(side.used) if not used]
        words = [_letters(side.words[position]) for position in self._free]
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


def _merged(word: str, sides: list[_Letters]) -> list[tuple[_Letters, int, int]]:
    """The stretches (side, start, length) that together spell a word; none where a letter is missing."""
    places = {id(side): side.place for side in sides}
    found: list[tuple[_Letters, int, int]] = []
    place = 0
    while place < len(word):
        side, start, length = _longest(word, place, sides, places)
        if not length:
            return []
        found.append((side, start, length))
        places[id(side)] = start + length
        place += length
    return found


def _sure(stretches: list[tuple[_Letters, int, int]]) -> bool:
    """Whether the letters of a short word, which stand anywhere, are its own: some kept and some left out, or each the
    rest of a word of which a part is known."""
    across = len({id(side) for side, _, _ in stretches}) > 1
    return across or all(side.is_rest(start) for side, start, _ in stretches)


def _longest(word: str, place: int, sides: list[_Letters], places: dict[int, int]) -> tuple[_Letters, int, int]:
    """What goes on with a word: where a side was read last, or where it has the letters elsewhere."""
    rest = word[place:]
    found = [(side, places[id(side)], side.common(word, place, places[id(side)])) for side in sides]
    if max(length for _, _, length in found) < len(rest):
        found += [(side, start, side.common(word, place, start)) for side in sides if (start := side.find(rest)) >= 0]
    return max(found, key=lambda one: one[2])


def _letters(word: str) -> str:
    return word if word.isalnum() else "".join(char for char in word if char not in ".,'’")


def _joined(
    wholes: list[str], free_wholes: list[int], parts: list[str], free_parts: list[int]
) -> Iterator[tuple[int, list[int]]]:
    """Positions of words, each with those of the words next to each other that spell it."""
    begins: dict[str, deque[int]] = {}
    for place, position in enumerate(free_parts):
        begins.setdefault(_letters(parts[position]), deque()).append(place)
    taken: set[int] = set()
    for whole in free_wholes:
        word = _letters(wholes[whole])
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
        part = _letters(parts[free[place]])
        if not part or not word.startswith(part, start):
            return []
        found.append(place)
        start += len(part)
        place += 1
    return found if start == len(word) else []


def _longest_increasing(order: list[int]) -> int:
    tails: list[int] = []
    for position in order:
        if not tails or position > tails[-1]:
            tails.append(position)
        else:
            tails[bisect_left(tails, position)] = position
    return len(tails)


def _stretches(side: _Lines, lost: list[int]) -> Iterator[Unaccounted]:
    start = 0
    for end in range(1, len(lost) + 1):
        parted = (
            end == len(lost) or lost[end] != lost[end - 1] + 1 or side.places[lost[end]] != side.places[lost[start]]
        )
        if parted:
            yield Unaccounted(" ".join(side.words[place] for place in lost[start:end]), side.places[lost[start]])
            start = end


def draft_texts(document: Document) -> Iterator[str]:
    """Every text of a document in reading order: title, blocks, captions, descriptions of pictures, notes."""
    yield document.title
    yield document.subtitle
    yield from _block_texts(document.blocks)
    for note in document.notes:
        yield _text(note.runs)


def _text(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _block_texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield _text(block.runs)
            case Quote():
                yield _text(block.runs)
                yield _text(block.attribution)
            case ListBlock():
                yield from (_text(item.runs) for item in _items(block.items))
            case Table():
                yield _text(block.caption)
                yield from (_text(cell) for row in block.rows for cell in row.cells)
            case Figure():
                yield block.alt
                yield _text(block.caption)
            case Section():
                yield _text(block.title)
                yield from (_text(detail.runs) for detail in block.details)
                yield from _block_texts(block.blocks)


def _items(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _items(item.items)


def _things(draft: Draft, sources: list[Source]) -> dict[str, Tally]:
    in_file = Counter(source.thing for source in sources)
    in_draft = Counter(_draft_things(draft.document))
    told = Counter(finding.doubt for finding in draft.findings)
    beside = dict(draft.told_things)
    found = {
        str(thing): Tally(
            in_file[thing], in_draft[thing], beside.get(thing, 0) + sum(told[doubt] for doubt in TOLD.get(thing, ()))
        )
        for thing in Thing
        if thing != Thing.WORDS
    }
    levels = Counter(source.text for source in sources if source.thing == Thing.HEADING and source.text)
    drafted = Counter(str(heading.level) for heading in _headings(draft.document.blocks))
    for level in sorted(set(levels) | set(drafted)):
        found[f"{Thing.HEADING} {level}"] = Tally(levels[level], drafted[level])
    return found


def _headings(blocks: Iterable[Block]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Section):
            yield from _headings(block.blocks)


def _draft_things(document: Document) -> Iterator[Thing]:
    for note in document.notes:
        yield from _links(note.runs)
    yield from _block_things(document.blocks)


def _block_things(blocks: Iterable[Block]) -> Iterator[Thing]:
    for block in blocks:
        for runs in _own_runs(block):
            yield from _links(runs)
        match block:
            case Heading():
                yield Thing.HEADING
            case ListBlock():
                yield from (Thing.LIST_ITEM for _ in _items(block.items))
            case Table():
                yield from (Thing.CELL for row in block.rows for cell in row.cells if _text(cell).strip())
            case Figure():
                yield Thing.PICTURE
            case Section():
                yield from _block_things(block.blocks)


def _own_runs(block: Block) -> Iterator[Runs]:
    match block:
        case Heading() | Paragraph() | Quote():
            yield block.runs
        case ListBlock():
            yield from (item.runs for item in _items(block.items))
        case Table():
            yield from (cell for row in block.rows for cell in row.cells)
        case Figure():
            yield block.caption
        case Section():
            yield block.title


def _links(runs: Runs) -> Iterator[Thing]:
    """One for each stretch of runs that leads to the same place."""
    before = ""
    for run in runs:
        if run.href and run.href != before:
            yield Thing.LINK
        before = run.href
