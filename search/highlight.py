"""Show where a text matches: escape first, then mark. Pure; the same for every engine.

The text is analysed again and the places are counted in characters: engines count bytes, and lose the place at the
first accent.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from search.analysis import Token, analyse, find

SNIPPET_CHARACTERS = 260  # about three lines of a result card

Span = tuple[int, int]


class Marked(str):
    """HTML in which everything but our own <mark> is escaped. Templates may draw it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class Marks:
    """What to mark. phrases: (exact terms in order, how many others may stand between)."""

    stems: frozenset[str] = frozenset()
    exacts: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    phrases: tuple[tuple[tuple[str, ...], int], ...] = ()
    stem_phrases: tuple[tuple[str, ...], ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.stems or self.exacts or self.prefixes or self.phrases or self.stem_phrases)


@dataclass(frozen=True, slots=True)
class Snippet:
    """plain: the cut text; html: the same, escaped and marked; matches: how many places are marked in it."""

    plain: str
    html: Marked
    matches: int


def spans(text: str, language: str, marks: Marks) -> list[Span]:
    """The marked places of a text, in order and apart from each other."""
    found = find(text, language, _wanted(marks))
    tokens = analyse(text, language) if marks.phrases or marks.stem_phrases else []
    for phrase, slop in marks.phrases:
        found.extend(_phrase_spans(tokens, [token.exact for token in tokens], phrase, slop))
    for phrase in marks.stem_phrases:
        found.extend(_phrase_spans(tokens, [token.stem for token in tokens], phrase, 0))
    return list(_merged(sorted(found), text))


def mark(text: str, places: Sequence[Span]) -> Marked:
    """The whole text as HTML with the places marked."""
    pieces, last = [], 0
    for start, end in places:
        pieces += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    pieces.append(escape(text[last:]))
    return Marked("".join(pieces))


def snippet(text: str, language: str, marks: Marks, size: int = SNIPPET_CHARACTERS) -> Snippet:
    """The part of a text with the most marked places, about `size` characters, cut at words."""
    places = spans(text, language, marks)
    start, end = _window(text, places, size)
    inside = [(a - start, b - start) for a, b in places if a >= start and b <= end]
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    cut = text[start:end]
    return Snippet(f"{before}{cut}{after}", Marked(before + mark(cut, inside) + after), len(inside))


def _wanted(marks: Marks) -> Callable[[str, str], bool]:
    stems, exacts, prefixes = marks.stems, marks.exacts, marks.prefixes
    if not prefixes:
        return lambda stem, exact: stem in stems or exact in exacts
    return lambda stem, exact: stem in stems or exact in exacts or exact.startswith(prefixes)


def _phrase_spans(tokens: Sequence[Token], terms: Sequence[str], phrase: tuple[str, ...], slop: int) -> Iterator[Span]:
    """Each word of every occurrence, so that what stands between is not marked."""
    for first, term in enumerate(terms):
        if term != phrase[0]:
            continue
        places, spare, at = [first], slop, first
        for word in phrase[1:]:
            gap = next((step for step in range(spare + 1) if terms[at + 1 + step : at + 2 + step] == [word]), None)
            if gap is None:
                break
            spare -= gap
            at += gap + 1
            places.append(at)
        else:
            yield from ((tokens[place].start, tokens[place].end) for place in places)


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
    best_start, best = 0, (-1, 0)
    for number, (start, _end) in enumerate(places[:200]):
        inside = [text[a:b].casefold() for a, b in places[number : number + 20] if b <= start + size]
        worth = (len(set(inside)), len(inside))
        if worth > best:
            best_start, best = start, worth
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
