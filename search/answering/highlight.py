"""Show where a text matches: escape first, then mark. Pure; the same for every engine.

The text is analysed again and the places are counted in characters: engines count bytes, and lose the place at the
first accent.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice

from search.analysis.analyzer import find, tokens
from search.query.marks import EXACT, STEM, Form, Marks, first_letter

SNIPPET_CHARACTERS = 260  # about three lines of a result card
Span = tuple[int, int]
_MARKUP = re.compile("[&<>\"']")


class Marked(str):
    """HTML in which everything but our own <mark> is escaped. Templates may draw it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class Snippet:
    """plain: the cut text; html: the same, escaped and marked; places: those marked, in the whole text."""

    plain: str
    html: Marked
    places: tuple[Span, ...]

    @property
    def matches(self) -> int:
        return len(self.places)


def spans(text: str, language: str, marks: Marks) -> list[Span]:
    """The marked places of a text, in order and apart from each other."""
    found = find(text, language, marks.wanted, marks.letters) if marks.letters else []
    for phrase, slop in marks.phrases:
        found.extend(_phrase_spans(text, language, phrase, slop, EXACT))
    for phrase in marks.stem_phrases:
        found.extend(_phrase_spans(text, language, phrase, 0, STEM))
    return list(_merged(sorted(found), text)) if found else []


def mark(text: str, places: Sequence[Span]) -> Marked:
    """The whole text as HTML with the places marked."""
    safe = escape if _MARKUP.search(text) else str
    pieces, last = [], 0
    for start, end in places:
        pieces += [safe(text[last:start]), "<mark>", safe(text[start:end]), "</mark>"]
        last = end
    pieces.append(safe(text[last:]))
    return Marked("".join(pieces))


def snippet(text: str, language: str, marks: Marks, size: int = SNIPPET_CHARACTERS) -> Snippet:
    """The part of a text with the most marked places, about `size` characters, cut at words."""
    places = spans(text, language, marks)
    start, end = _window(text, places, size)
    shown = tuple((a, b) for a, b in places if a >= start and b <= end)
    inside = [(a - start, b - start) for a, b in shown]
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    cut = text[start:end]
    return Snippet(f"{before}{cut}{after}", Marked(before + mark(cut, inside) + after), shown)


def _phrase_spans(text: str, language: str, phrase: tuple[str, ...], slop: int, form: Form) -> Iterator[Span]:
    """Each word of every occurrence, so that what stands between is not marked."""
    begins = find(text, language, lambda *forms: forms[form] == phrase[0], (first_letter(phrase[0]),))
    for start, _end in begins:
        near = list(islice(tokens(text, language, start), len(phrase) + slop))
        places = _in_order([token[form] for token in near], phrase, slop)
        yield from ((near[place].start, near[place].end) for place in places)


def _in_order(terms: list[str], phrase: tuple[str, ...], slop: int) -> list[int]:
    """Where the terms of a phrase stand, the first at 0; nothing if one is missing or too far."""
    places, at = [0], 0
    for word in phrase[1:]:
        gap = next((step for step in range(slop + 1) if terms[at + 1 + step : at + 2 + step] == [word]), None)
        if gap is None:
            return []
        slop -= gap
        at += gap + 1
        places.append(at)
    return places


def _merged(places: list[Span], text: str) -> Iterator[Span]:
    """Overlapping places joined, and those that only a blank parts: a phrase is marked as one."""
    current: Span | None = None
    for start, end in places:
        if current and (start <= current[1] or text[current[1] : start] == " "):
            current = (current[0], max(current[1], end))
            continue
        if current:
            yield current
        current = (start, end)
    if current:
        yield current


def _window(text: str, places: Sequence[Span], size: int) -> Span:
    """Where to cut: the stretch of `size` characters with the most distinct marked words, the earliest of equals."""
    if len(text) <= size + 40:
        return 0, len(text)
    if places and places[-1][1] <= places[0][0] + size:
        return _around(text, places[0][0], size)
    best_start, best = 0, (-1, 0)
    for number, (start, _end) in enumerate(places[:200]):
        inside = [text[a:b].casefold() for a, b in places[number : number + 20] if b <= start + size]
        worth = (len(set(inside)), len(inside))
        if worth > best:
            best_start, best = start, worth
    return _around(text, best_start, size)


def _around(text: str, best_start: int, size: int) -> Span:
    start = max(0, min(best_start - size // 5, len(text) - size))
    start = _word_start(text, start)
    end = min(len(text), max(start + size, best_start + 1))
    return start, _word_end(text, end)


def _word_start(text: str, place: int) -> int:
    if place == 0:
        return 0
    blank = text.find(" ", place, place + 30)
    return blank + 1 if blank >= 0 else place


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    blank = text.rfind(" ", place - 30, place)
    return blank if blank >= 0 else place


def marked(text: str, language: str, marks: Marks) -> Marked:
    return mark(text, spans(text, language, marks))
