"""Letters of a line with Arabic or Hebrew in it, from where they stand to the order they are read in. Pure.

PDFium turns some stretches of such a line and not others. Where letters stand is certain: from right to left, Latin
words and numbers in it from left to right.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from formats.pdf.page.pieces import Box

RIGHT_TO_LEFT = re.compile("[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
BETWEEN_LETTERS = 1.2  # points
_PAIRS = {"(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "«": "»", "»": "«", "<": ">", ">": "<"}
_OPEN, _CLOSED = "([{«", ")]}»"
_ENDS = frozenset(".:!?؟؛،")
BETWEEN_PIECES = 8.0  # points; cells of a table stand further from each other
CELLS_APART = 2.5  # of a space
WORD_APART = 1.8  # of a space: numbers further from a word are not part of its line
BETWEEN_DIGITS = 0.4  # of the width of a digit
BETWEEN_DRAWN_DIGITS = 0.1  # of it, where they are drawn one by one: slanted digits hang over the space between numbers
SMALLER = 0.87  # of the size of type beside it: that of the mark of a note
LEAST_SPACE = 1.5  # points
ON_ONE_LINE = 0.6  # of the height of a part: what it shares with the part beside it
SHORTEST = 3  # letters of a line that shows from where it is read
_IN_NUMBERS = frozenset(".,:/-٫٬%")


@dataclass(frozen=True, slots=True)
class Letter:
    """place: of the letter in the page of PDFium, to find its style by. drawn: number of the piece of the file that
    draws it, in their order; -1 where that tells nothing. size: of its type, in points; 0 where that tells nothing."""

    text: str
    x0: float
    x1: float
    place: int
    drawn: int = -1
    size: float = 0.0

    @property
    def middle(self) -> float:
        return self.x0 + self.x1


def begins_at_the_right(lines: Iterable[list[Letter]]) -> bool:
    """Whether lines of Arabic or Hebrew stand in paragraphs from right to left, as nearly all do: by the side on which
    the sign stands that ends a sentence."""
    left = right = 0
    for line in lines:
        said = [letter for letter in line if letter.text.strip()]
        if len(said) < SHORTEST or not is_turned(said):
            continue
        first, last = min(said, key=lambda one: one.x0), max(said, key=lambda one: one.x1)
        left += first.text in _ENDS
        right += last.text in _ENDS
    return left >= right


def is_drawn_as_read(lines: Iterable[list[Letter]]) -> bool:
    """Whether a page draws what its lines say in the order in which it is read, as LibreOffice does: pieces of Arabic
    from right to left."""
    leftwards = rightwards = 0
    for line in lines:
        pieces: dict[int, list[Letter]] = {}
        for letter in line:
            if letter.drawn >= 0 and letter.text.strip():
                pieces.setdefault(letter.drawn, []).append(letter)
        for one, other in itertools.pairwise(pieces[drawn] for drawn in sorted(pieces)):
            if not is_turned(one) and not is_turned(other):
                continue
            leftwards += -0.5 <= _left(one) - _right(other) < BETWEEN_PIECES
            rightwards += is_turned(one) and -0.5 <= _left(other) - _right(one) < BETWEEN_PIECES
    return leftwards > rightwards


def gap_beside(one: Box | None, other: Box | None) -> float | None:
    """Between two parts that stand side by side on one line, of the height of the smaller; None where they do not. A
    raised sign is a part of its line."""
    if one is None or other is None:
        return None
    apart = max(other[0] - one[2], one[0] - other[2])
    over = min(one[3], other[3]) - max(one[1], other[1])
    height = min(one[3] - one[1], other[3] - other[1])
    return apart / height if -0.5 <= apart < BETWEEN_PIECES and over >= ON_ONE_LINE * height > 0 else None


def _left(letters: list[Letter]) -> float:
    return min(letter.x0 for letter in letters)


def _right(letters: list[Letter]) -> float:
    return max(letter.x1 for letter in letters)


def in_reading_order(letters: list[Letter], *, from_left: bool = False) -> list[Letter]:
    """letters: of one line, without spaces that PDFium made up. from_left: whether a line is, and what is Arabic in it
    is not."""
    if from_left:
        told: list[Letter] = []
        parts = [part for cell in _cells(sorted(letters, key=lambda letter: letter.x0)) for part in _stretches(cell)]
        for part in parts:
            own = set(map(id, part))
            told += in_reading_order([one for one in letters if id(one) in own]) if is_turned(part) else part
        return told
    chunks = sorted(_chunks(_clusters(letters)), key=lambda chunk: -max(cluster[0].middle for cluster in chunk))
    clusters = [cluster for chunk in chunks for cluster in chunk]
    ordered: list[list[Letter]] = []
    stretch: list[list[Letter]] = []
    for cluster in [*clusters, None]:
        if cluster is not None and not RIGHT_TO_LEFT.match(cluster[0].text):
            stretch.append(cluster)
            continue
        ordered += _latin(stretch)
        stretch = []
        if cluster is not None:
            ordered.append(cluster)
    return _brackets([letter for cluster in ordered for letter in cluster])


def _cells(letters: list[Letter]) -> list[list[Letter]]:
    """letters from the left, cut where a gap is wider than any between two words: between the cells of a table."""
    wide = max(CELLS_APART / WORD_APART * _space(letters), BETWEEN_PIECES)
    cells: list[list[Letter]] = []
    end = 0.0
    for letter in letters:
        if not cells or letter.x0 - end > wide:
            cells.append([])
        end = max(end, letter.x1) if cells[-1] else letter.x1
        cells[-1].append(letter)
    return cells


def _stretches(letters: list[Letter]) -> list[list[Letter]]:
    """letters from the left, cut into Arabic, with the numbers and signs in it, and what stands between or around."""
    parts: list[list[Letter]] = []
    place = 0
    while place < len(letters):
        start = place
        turned = _is_of_turned(letters[place])
        while place < len(letters) and _is_of_turned(letters[place]) == turned:
            place += 1
        parts.append(letters[start:place])
    merged: list[list[Letter]] = []
    for number, part in enumerate(parts):
        inside = 0 < number < len(parts) - 1 and not any(_kind(letter.text) == "L" for letter in part)
        if merged and is_turned(merged[-1]) and (inside or is_turned(part)):
            merged[-1] = [*merged[-1], *part]
        else:
            merged.append(part)
    return _with_numbers(merged)


def _is_of_turned(letter: Letter) -> bool:
    return bool(RIGHT_TO_LEFT.match(letter.text) or unicodedata.combining(letter.text))


def _with_numbers(parts: list[list[Letter]]) -> list[list[Letter]]:
    """Numbers close to Arabic belong to it; one that is an item's stands off, or has its full stop at its right. A
    number at the left is the same to see whether it is read first or last: the order of drawing tells."""
    for place, part in enumerate(parts):
        if not is_turned(part):
            continue
        near = _space(part)
        before = parts[place - 1] if place else []
        first = min(letter.drawn for letter in part)
        while before and before[-1].text.isdigit() and part[0].x0 - before[-1].x1 < near:
            if 0 <= before[-1].drawn < first:
                break
            part.insert(0, before.pop())
        after = parts[place + 1] if place + 1 < len(parts) else []
        while after and after[0].text.isdigit() and after[0].x0 - part[-1].x1 < near:
            part.append(after.pop(0))
    return [part for part in parts if part]


def _space(letters: list[Letter]) -> float:
    """A little more than what is between two words of a line."""
    gaps = [other.x0 - one.x1 for one, other in itertools.pairwise(letters)]
    return WORD_APART * min((gap for gap in gaps if gap > LEAST_SPACE), default=LEAST_SPACE * 3)


def _clusters(letters: list[Letter]) -> list[list[Letter]]:
    """A letter with its marks, and the letters of a ligature, which PDFium turns with the rest."""
    clusters: list[list[Letter]] = []
    waiting: list[Letter] = []  # marks before their letter
    for place, letter in enumerate(letters):
        before = letters[place - 1] if place else None
        leftwards = before is None or before.middle >= letter.middle
        if unicodedata.combining(letter.text):
            if clusters and leftwards:
                clusters[-1].append(letter)
            else:
                waiting.append(letter)
        elif clusters and RIGHT_TO_LEFT.match(letter.text) and _same_box(clusters[-1][0], letter):
            turned = len(clusters) > 1 and clusters[-2][0].middle > letter.middle
            clusters[-1].insert(0, letter) if turned else clusters[-1].append(letter)
        else:
            clusters.append([letter, *waiting])
            waiting = []
    if waiting:
        clusters.append(waiting)
    return clusters


def _chunks(clusters: list[list[Letter]]) -> list[list[list[Letter]]]:
    """Neighbouring right-to-left letters in reading order: inside a word they may lie over each other."""
    chunks: list[list[list[Letter]]] = []
    for cluster in clusters:
        last = chunks[-1][-1][0] if chunks else None
        if (
            last is not None
            and RIGHT_TO_LEFT.match(last.text)
            and RIGHT_TO_LEFT.match(cluster[0].text)
            and max(cluster[0].x0 - last.x1, last.x0 - cluster[0].x1) < BETWEEN_LETTERS
        ):
            chunks[-1].append(cluster)
        else:
            chunks.append([cluster])
    return [chunk if chunk[0][0].middle >= chunk[-1][0].middle else chunk[::-1] for chunk in chunks]


def _same_box(one: Letter, other: Letter) -> bool:
    return abs(one.x0 - other.x0) < 0.01 and abs(one.x1 - other.x1) < 0.01


def _latin(stretch: list[list[Letter]]) -> list[list[Letter]]:
    """What stands between right-to-left letters, given from right to left: words and numbers are turned."""
    kinds = [_kind(cluster[0].text) for cluster in stretch]
    if "L" in kinds:
        wanted = [place for place, kind in enumerate(kinds) if kind in "LN"]
        first, last = wanted[0], wanted[-1]
        while first > 0 and stretch[first - 1][0].text == "/":  # the end of an address
            first -= 1
        return [*stretch[:first], *stretch[first : last + 1][::-1], *stretch[last + 1 :]]
    told: list[list[Letter]] = []
    number: list[list[Letter]] = []
    for place, cluster in enumerate(stretch):
        inside = kinds[place] == "N" or (
            cluster[0].text in _IN_NUMBERS
            and 0 < place < len(stretch) - 1
            and kinds[place - 1] == kinds[place + 1] == "N"
            and _are_close(stretch[place - 1][0], cluster[0])
            and _are_close(cluster[0], stretch[place + 1][0])
        )
        if number and not (inside and _are_close(number[-1][0], cluster[0])):
            told += number[::-1]
            number = []
        if inside:
            number.append(cluster)
        else:
            told.append(cluster)
    return told + number[::-1]


def is_smaller(one: Letter, other: Letter) -> bool:
    """Whether one stands in smaller type, where both tell."""
    return 0 < one.size < SMALLER * other.size


def _are_close(one: Letter, other: Letter) -> bool:
    """Whether two signs next to each other are of one number. In smaller type a digit is the mark of a note at it."""
    if is_smaller(one, other) or is_smaller(other, one):
        return False
    together = one.drawn == other.drawn or min(one.drawn, other.drawn) < 0
    most = BETWEEN_DIGITS if together else BETWEEN_DRAWN_DIGITS
    return max(one.x0 - other.x1, other.x0 - one.x1) < max(most * max(one.x1 - one.x0, other.x1 - other.x0), 0.1)


def _kind(letter: str) -> str:
    if letter.isdigit():
        return "N"
    return "L" if letter.isalpha() else " "


def _brackets(letters: list[Letter]) -> list[Letter]:
    """Files differ in whether a turned bracket is written as it looks or as it is meant."""
    wrong = right = 0
    depth = 0
    for letter in letters:
        if letter.text in _OPEN:
            depth += 1
        elif letter.text in _CLOSED:
            right, wrong = (right + 1, wrong) if depth > 0 else (right, wrong + 1)
            depth -= 1
    if wrong <= right:
        return letters
    return [replace(letter, text=_PAIRS.get(letter.text, letter.text)) for letter in letters]


def is_turned(letters: list[Letter]) -> bool:
    return any(RIGHT_TO_LEFT.match(letter.text) for letter in letters)
