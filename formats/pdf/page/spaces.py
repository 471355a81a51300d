"""Letters of a line in the order of their places, and where there is a space between two of them. Pure."""

import itertools
from math import inf

from formats.pdf.page.right_to_left import RIGHT_TO_LEFT, Letter, is_smaller

BETWEEN_WIDE = 0.12  # of the width of a letter of Chinese or Japanese: a gap that is a space
TOUCH = 0.02  # of the same: letters that have no room for a space
FIRST_WIDE = "\u2e80"  # the first of such letters
ENDS = frozenset(".,;:!?؟،؛")
_BRACKETS = frozenset("()[]{}«»")


def gap_between(one: Letter, other: Letter, letters: list[Letter]) -> tuple[float, bool]:
    """Between two letters that are read one after the other, and whether other letters stand between them, as at the
    ends of Arabic in a line from left to right: then up to the nearest of those. Behind a number, which is read to the
    right, its sign stands at its left."""
    apart = max(other.x0 - one.x1, one.x0 - other.x1)
    if other.x0 <= one.x1:
        if other.x0 < one.x0:
            apart = _gap_leftwards(one, other, letters)
        return apart, False
    inside = [letter for letter in letters if one.middle < letter.middle < other.middle]
    if not inside:
        return apart, False
    if RIGHT_TO_LEFT.match(one.text) and RIGHT_TO_LEFT.match(other.text):  # from one cell to the next
        return apart, True
    if RIGHT_TO_LEFT.match(other.text):
        return min(letter.x0 for letter in inside) - one.x1, True
    return other.x0 - max(letter.x1 for letter in inside), True


def _gap_leftwards(one: Letter, other: Letter, letters: list[Letter]) -> float:
    """Between two letters of which the second stands at the left. A number is read to the right: a bracket before it
    stands beside its last digit, a sign and the mark of a note behind it beside its first."""
    between = [letter for letter in letters if other.middle < letter.middle < one.middle]
    if one.text in _BRACKETS and other.text.isdigit():
        return one.x0 - max(letter.x1 for letter in [*between, other])
    if other.text.isdigit() and is_smaller(other, one):  # the mark of a note
        mark = [letter for letter in between if is_smaller(letter, one)]
        number = [letter for letter in between if not is_smaller(letter, one)]
        return min(letter.x0 for letter in [*number, one]) - max(letter.x1 for letter in [*mark, other])
    if other.text in ENDS or (one.text.isdigit() and other.text in _BRACKETS):
        return min(letter.x0 for letter in [*between, one]) - other.x1
    return one.x0 - other.x1


def parts_of(letters: list[Letter]) -> dict[int, int]:
    """By place of a letter: how many spaces PDFium saw before it; under -1 how many in all."""
    parts: dict[int, int] = {}
    count = 0
    for letter in letters:
        if letter.text == " ":
            count += 1
        elif letter.place >= 0:
            parts[letter.place] = count
    parts[-1] = count
    return parts


def goes_back(letters: list[Letter]) -> bool:
    seen = [letter for letter in letters if letter.place >= 0 and letter.text != " "]
    return any(other.middle < 2 * one.x0 for one, other in itertools.pairwise(seen))


def stands_elsewhere(space: Letter, one: Letter, other: Letter) -> bool:
    """Whether a space that was drawn between two letters of Chinese stands beside them: a letter that another font
    draws comes later than the space behind it."""
    between = one.middle <= space.middle <= other.middle
    wide = min(one.text, other.text) >= FIRST_WIDE
    return wide and space.place >= 0 and not between and abs(other.x0 - one.x1) < TOUCH * (one.x1 - one.x0)


def by_place(letters: list[Letter], heights: dict[int, tuple[float, float]]) -> list[Letter]:
    """letters of a line from left to right. A program that takes letters from several fonts draws it font by font, and
    PDFium joins what stands on several lines of a table."""
    if not goes_back(letters):
        return letters
    found: list[Letter] = []
    band: list[Letter] = []
    low, high = -inf, inf
    parted: set[tuple[int, int]] = set()  # places of letters with a space between; PDFium says wrongly where it stands
    for one, space, other in zip(letters, letters[1:], letters[2:], strict=False):
        if space.text == " ":
            parted.add((one.place, other.place))
    for letter in letters:
        if letter.place < 0 or letter.text == " ":
            continue
        y0, y1 = heights[letter.place]
        if min(high, y1) <= max(low, y0):
            found += _from_left(band, parted)
            band, low, high = [], -inf, inf
        band.append(letter)
        low, high = max(low, y0), min(high, y1)
    return found + _from_left(band, parted)


def _from_left(letters: list[Letter], parted: set[tuple[int, int]]) -> list[Letter]:
    """With a space where there was one, and where letters as wide as those of Chinese do not touch."""
    told: list[Letter] = []
    for letter in sorted(letters, key=lambda letter: letter.x0):
        last = told[-1] if told else None
        if last is not None:
            wide = min(last.text, letter.text) >= FIRST_WIDE
            apart = letter.x0 - last.x1 > BETWEEN_WIDE * (letter.x1 - letter.x0)
            if (last.place, letter.place) in parted or (wide and apart):
                told.append(Letter(" ", last.x1, letter.x0, -1))
        told.append(letter)
    return told
