"""Lines of words: which words are joined into one, and where each stands on its line, in either direction. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pdf.text.bidi import visual_order
from pdf.text.shaping_and_embedding import Shaped, Show
from pdf.text.spans import Word

PlacedWord = tuple[Word, float, float]
"""A word, the left end of its baseline and the baseline's height, in points. A plain tuple: a book has a million."""


WIDEST_SPREAD = 0.08
"""Share of its room that a line may miss and still be spread: about three signs of forty."""


@dataclass(slots=True, eq=False)
class Line:
    """words in logical order. width: without the spaces at its end. is_full: more words follow in the paragraph that
    had no room in it.
    """

    words: list[Word]
    width: float
    is_full: bool = False


def joined(words: Sequence[Word]) -> list[Word]:
    """Words that run on from left to right in one look, as one: a tenth of the objects, the same glyphs."""
    made: list[Word] = []
    run: list[Word] = []
    for word in words:
        if word.level or not word.shaped.is_plain:
            made += [*_as_one(run), word]
            run = []
        elif run and (word.span is not run[0].span or word.face is not run[0].face):
            made += _as_one(run)
            run = [word]
        else:
            run.append(word)
    return [*made, *_as_one(run)]


def _as_one(run: list[Word]) -> list[Word]:
    if len(run) < 2:
        return run
    width = 0.0
    for word in run:  # not sum(), which from Python 3.12 on rounds otherwise
        width += word.width
    array = "".join([word.shaped.shows[0].array for word in run])
    first = run[0]
    return [Word(first.span, first.face, Shaped((Show(0.0, array),), 0.0), width, first.size, 0, False)]


def trailing_spaces(words: Sequence[Word]) -> int:
    count = 0
    for word in reversed(words):
        if not word.is_space:
            break
        count += 1
    return count


def gap_of(line: Line, room: float) -> float:
    """Points to put between the words of a line so that it fills its room; 0.0 where that would tear it apart."""
    places = len(line.words) - trailing_spaces(line.words) - 1
    missing = room - line.width
    if not line.is_full or places < 1 or missing > WIDEST_SPREAD * room or any(word.level for word in line.words):
        return 0.0
    return max(missing, 0.0) / places


def placed(line: Line, x: float, baseline: float, direction: int, gap: float = 0.0) -> list[PlacedWord]:
    """The words of a line whose left end stands at x. direction: of the paragraph, 0 left to right, 1 right to left.

    gap: points between words, see `gap_of`.
    """
    words = line.words
    if direction or any(word.level for word in words):
        return list(_in_visual_order(words, x, baseline, direction))
    made = []
    for word in words:
        made.append((word, x, baseline))
        x += word.width + gap
    return made


def _in_visual_order(words: Sequence[Word], x: float, baseline: float, direction: int) -> Iterator[PlacedWord]:
    """Words in reading order, each where the order of UAX 9 puts it."""
    levels = [word.level for word in words]
    for index in range(len(words) - 1, -1, -1):  # L1: spaces at the end of a line take the paragraph's level
        if not words[index].is_space:
            break
        levels[index] = direction
    places = [0.0] * len(words)
    if direction:  # spaces at the line's end stand left of it
        x -= sum(word.width for word in words[::-1][: trailing_spaces(words)])
    owners = [index for index, word in enumerate(words) for _ in range(len(word.signs) + 1)]
    shown = [level for word, level in zip(words, levels, strict=True) for level in (*word.signs, level)]
    last = [place + 1 == len(owners) or owners[place + 1] != index for place, index in enumerate(owners)]
    for spot in visual_order(shown):
        if last[spot]:
            places[owners[spot]] = x
            x += words[owners[spot]].width
    for word, place in zip(words, places, strict=True):
        yield word, place, baseline
