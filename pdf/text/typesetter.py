"""Shape spans of text into words, gather words into units that fill lines, and cut units that are too wide."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from core.languages.direction import direction_of
from pdf.text import bidi, line_breaking
from pdf.text.shaping_and_embedding import EmbeddedFace, Face, Shaped
from pdf.text.spans import Span, Unit, Word
from pdf.text.typefaces import SANS, STAND_IN, DocumentFonts, Style, chain, face_for

SPACES = dict.fromkeys(map(ord, "\t\r\x0b\x0c\x85"), " ") | dict.fromkeys(map(ord, "\u2028\u2029"), "\n")
"""White space that a line cannot hold; what ends a line is LINE_END."""

LINE_END = "\n"

_JOINED = re.compile("\u200d*[^\u200d\ufe00-\ufe0f][\u200d\ufe00-\ufe0f]*|.", re.DOTALL)
"""A character with the joiners and variation selectors around it, which have no box of their own."""

SOFT_HYPHEN = "\u00ad"

_Part = tuple[str, Span, int, tuple[int, ...]]
"""Text of one span and level, and the levels of the unseen signs before it."""

DRAWN_AS = bidi.CONTROLS | {ord(LINE_END): " "}


def is_ignorable(char: str) -> bool:
    """Whether a character is drawn as nothing: joiners, directional marks, variation selectors, soft hyphens."""
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or char == "\u034f"


@dataclass
class Typesetter:
    """Shapes the text of one document. replaced: characters no face has, with how often each was drawn as a box."""

    fonts: DocumentFonts = field(default_factory=DocumentFonts)
    replaced: dict[str, int] = field(default_factory=dict)
    _pieces: dict[tuple[str, Style, str, bool], tuple[tuple[EmbeddedFace, Shaped], ...]] = field(default_factory=dict)

    def pieces(
        self, text: str, style: Style, language: str, rightward: bool
    ) -> tuple[tuple[EmbeddedFace, Shaped], ...]:
        """A text of one direction, cut where the face changes, shaped, in logical order."""
        key = (text, style, language, rightward)
        found = self._pieces.get(key)
        if found is None:
            found = self._pieces[key] = tuple(self._shape(text, style, language, rightward))
        return found

    def _shape(self, text: str, style: Style, language: str, rightward: bool) -> Iterator[tuple[EmbeddedFace, Shaped]]:
        for face, part in self._by_face(text, style, language):
            if face is not None:
                embedded = self.fonts.embedded(face)
                yield embedded, embedded.shape(part, rightward, language)
                continue
            box = self.fonts.embedded(chain(Style(SANS), "en", latin_word=True)[0])
            for cluster in _JOINED.findall(part):
                self.replaced[cluster[0]] = self.replaced.get(cluster[0], 0) + 1
                yield box, box.stand_in(STAND_IN, cluster)

    @staticmethod
    def _by_face(text: str, style: Style, language: str) -> Iterator[tuple[Face | None, str]]:
        """Cut where the face changes. Marks, joiners, spaces and ASCII signs stay with the face before them."""
        start, current = 0, None
        for place, char in enumerate(text):
            if place and is_ignorable(char):
                continue
            wanted = face_for(char, style, language)
            stays = current is not None and ord(char) in current.characters
            follows = char.isspace() or unicodedata.combining(char) or (char < "\x80" and not char.isalnum())
            if place and (wanted is current or (stays and follows)):
                continue
            if place:
                yield current, text[start:place]
            start, current = place, wanted
        if text:
            yield current, text[start:]

    def words(self, text: str, span: Span, level: int) -> list[Word]:
        """The words of a piece of a span; spaces at its end become words of their own."""
        text = text.translate(DRAWN_AS)  # controls have done their work in the levels
        bare = text.rstrip(" ")
        made = [self._word(span, face, shaped, level, False) for face, shaped in self._pieces_of(bare, span, level)]
        if spaces := text[len(bare) :]:
            made += [
                self._word(span, face, shaped, level, True) for face, shaped in self._pieces_of(spaces, span, level)
            ]
        return made

    def _pieces_of(self, text: str, span: Span, level: int) -> tuple[tuple[EmbeddedFace, Shaped], ...]:
        return self.pieces(text, span.ink.style, span.language, level % 2 == 0) if text else ()

    @staticmethod
    def _word(span: Span, face: EmbeddedFace, shaped: Shaped, level: int, is_space: bool) -> Word:
        size = span.ink.size * face.face.scale
        return Word(span, face, shaped, shaped.advance * size / 1000, size, level, is_space)

    def hyphen(self, word: Word) -> Word:
        """A hyphen at the end of a line, which reads back as a soft hyphen: no part of the word."""
        face = (
            word.face
            if ord("-") in word.face.face.characters
            else self.fonts.embedded(chain(word.span.ink.style, "en", latin_word=True)[0])
        )
        return self._word(word.span, face, face.stand_in("-", SOFT_HYPHEN), word.level, False)

    def units(self, spans: Sequence[Span], base: int) -> list[Unit]:
        """The units of a paragraph. base: its direction, 0 left to right, 1 right to left."""
        for span in spans:
            span.text = span.text.translate(SPACES)
        text = "".join(span.text for span in spans)
        if not base and not bidi.HAS_RIGHT_TO_LEFT.search(text):
            if len(spans) == 1:
                return [self._unit(text[a:b], [(text[a:b], spans[0], 0, ())]) for a, b in line_breaking.units(text)]
            return list(self._mixed_units(text, spans, None, {}, []))
        level_of, signs = bidi.levels_of_text(text, base, list(_isolates(spans)))
        cuts = [place for place, (left, right) in enumerate(pairwise(level_of), 1) if left != right]
        return list(self._mixed_units(text, spans, level_of, signs, [*cuts, *signs]))

    def _mixed_units(
        self, text: str, spans: Sequence[Span], level_of: list[int] | None, signs: dict[int, list[int]], cuts: list[int]
    ) -> Iterator[Unit]:
        owners: list[tuple[int, Span]] = []
        end = 0
        for span in spans:
            end += len(span.text)
            owners.append((end, span))
        borders = sorted({*cuts, *(end for end, _ in owners)} - {0})
        owner, border = 0, 0
        unseen: list[int] = []
        for start, stop in line_breaking.units(text):
            parts = []
            while start < stop:
                while owners[owner][0] <= start:
                    owner += 1
                while borders[border] <= start:
                    border += 1
                end = min(stop, borders[border])
                part, level = text[start:end], level_of[start] if level_of else 0
                unseen += signs.get(start, ())
                if part.translate(bidi.CONTROLS):
                    parts.append((part, owners[owner][1], level, tuple(unseen)))
                    unseen = []
                else:
                    unseen.append(level)
                start = end
            if parts:
                yield self._unit("".join(part for part, *_ in parts), parts)

    def _unit(self, text: str, parts: list[_Part]) -> Unit:
        words = []
        for part, span, level, signs in parts:
            made = self.words(part, span, level)
            if made and signs:
                made[0].signs = signs
            words += made
        width = space = 0.0
        for word in words:
            if word.is_space:
                space += word.width
            else:
                width += space + word.width
                space = 0.0
        return Unit(words, width, space, text, parts[0][1], text.endswith(LINE_END))

    def cut(self, unit: Unit, room: float) -> tuple[Unit, Unit] | None:
        """Hyphenate a unit so that its head fits into `room` points; None where no syllable does."""
        if len({id(word.span) for word in unit.words}) != 1 or any(word.level for word in unit.words):
            return None
        for place in line_breaking.syllable_cuts(unit.text.rstrip(f" {LINE_END}"), unit.span.language):
            head = self._unit(unit.text[:place], [(unit.text[:place], unit.span, 0, ())])
            hyphen = self.hyphen(head.words[-1])
            if head.width + hyphen.width <= room:
                head.words.append(hyphen)
                head.width += hyphen.width
                return head, self._unit(unit.text[place:], [(unit.text[place:], unit.span, 0, ())])
        return None

    def tear(self, unit: Unit, room: float) -> tuple[Unit, Unit] | None:
        """Cut a unit wider than a whole line where it has to be cut; None if not even one character fits."""
        low, high = 1, len(unit.text) - 1
        best = None
        while low <= high:
            middle = (low + high) // 2
            head = self._part(unit, 0, middle)
            if head.width <= room:
                best, low = middle, middle + 1
            else:
                high = middle - 1
        if len(unit.text) < 2:
            return None
        place = line_breaking.torn_at(unit.text, best or 1)
        return self._part(unit, 0, place), self._part(unit, place, len(unit.text))

    def _part(self, unit: Unit, start: int, end: int) -> Unit:
        text = unit.text[start:end]
        signs = unit.words[0].signs if not start else ()
        return self._unit(text, [(text, unit.span, unit.words[0].level, signs)])


def _isolates(spans: Sequence[Span]) -> Iterator[bidi.Isolate]:
    """Phrases in a language of their own, in its direction, and program text, which reads from left to right."""
    end = 0
    for phrase, same in groupby(spans, lambda span: span.phrase):
        start, inside = end, []
        for span in same:
            if span.is_code:
                inside.append((end, end + len(span.text), False))
            end += len(span.text)
        if phrase and start < end:
            yield start, end, direction_of(phrase) == "rtl"
        yield from (part for part in inside if part[0] < part[1])
