"""What PDFium sees on the pages of a PDF. Pure (docs/adr/0101)."""

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from math import hypot, pi
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as api

from formats.draft import Unreadable, UnreadableFile
from formats.pdf.page.drawings import take_drawings
from formats.pdf.page.model import Page, Style, Word, turned
from formats.pdf.page.pieces import Box, address_of, drawing_order, is_artifact, tag_of
from formats.pdf.page.right_to_left import (
    RIGHT_TO_LEFT,
    Letter,
    begins_at_the_right,
    gap_beside,
    in_reading_order,
    is_drawn_as_read,
    is_turned,
)
from formats.pdf.page.spaces import ENDS, by_place, gap_between, goes_back, parts_of, stands_elsewhere
from formats.pdf.page.unseen import mark_unseen

MOST_PAGES = 3000
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|-bd\b", re.IGNORECASE)
_NOT_BOLD = re.compile(
    r"[-, ](?:regular|book|roman|normal|light|medium|thin|text)(?:italic|oblique)?(?:mt)?$", re.IGNORECASE
)
_ITALIC = re.compile(r"italic|oblique|kursiv|-it\b", re.IGNORECASE)
_MONO = re.compile(r"mono|courier|consol|menlo|typewriter", re.IGNORECASE)
BETWEEN_WORDS = 0.18  # of the size of type, where lines are turned: a gap that is a space,
INSIDE = 0.4  # and where PDFium saw none, on a line in which it saw others
BETWEEN_SIGNS = 0.08  # the same before a full stop: PDFium sees a space behind a raised mark
DEPTH, HEIGHT = 0.22, 0.78  # of the size of type, below and above its baseline
_ARROW = re.compile("[\u2190-\u21ff\ufe0e\ufe0f]")  # a word of its own: a link back
_HYPHENS = (0x02, 0xFFFE)  # how PDFium gives a hyphen at the end of a line


@contextmanager
def opened(content: bytes) -> Iterator[pdfium.PdfDocument]:
    """Raises UnreadableFile."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise UnreadableFile(Unreadable.LOCKED if locked else Unreadable.BROKEN) from error
    try:
        if len(document) > MOST_PAGES:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        yield document
    finally:
        document.close()


def read_page(document: pdfium.PdfDocument, number: int, *, drawings: bool) -> Page:
    """drawings: with pictures and rules, and with what they hide told."""
    try:
        found = document[number]
    except pdfium.PdfiumError as error:
        raise UnreadableFile(Unreadable.BROKEN) from error
    try:
        width, height = found.get_size()
        if found.get_rotation() % 180:  # places are those of the page before it is turned
            width, height = height, width
        page = Page(number, width, height)
        text = found.get_textpage()
        try:
            orders = drawing_order(found)
            reader = _Words(text, page, orders)
            page.words = reader.read()
            if drawings:
                sizes = [word.style.size for word in page.words]
                upright = [not quarters for quarters in reader.turns]
                page.recognised = mark_unseen(
                    document, number, found, orders, page.words, reader.pieces, sizes, upright
                )
        finally:
            text.close()
        if drawings:
            take_drawings(found, page)
        return page
    finally:
        found.close()


_Placed = tuple[Letter, float, float]  # with its lower and upper end
_SPACE: _Placed = (Letter(" ", 0.0, 0.0, -1), 0.0, 0.0)


class _Words:
    def __init__(self, text: pdfium.PdfTextPage, page: Page, orders: dict[int, int]) -> None:
        self.text = text
        self.page = page
        self.styles: dict[int | None, tuple[Style, int, bool]] = {}
        self.out: list[Word] = []
        self.pieces: list[Any] = []  # what draws each word, and the quarters by which it is turned
        self.turns: list[int] = []
        self.letters: list[str] = []
        self.fonts: dict[int | None, Style] = {}
        self.loose = api.FS_RECTF()
        self.matrix = api.FS_MATRIX()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.angles = self._angles()
        self.turned = bool(RIGHT_TO_LEFT.search(text.get_text_range()))
        self.drawn = orders if self.turned else {}
        self.space = self.line_break = False

    def read(self) -> list[Word]:
        lines: list[list[_Placed]] = [[]]
        for place in range(api.FPDFText_CountChars(self.text.raw)):
            code = api.FPDFText_GetUnicode(self.text.raw, place)
            if code < 0x20 and api.FPDFText_HasUnicodeMapError(self.text.raw, place):
                code = 0xFFFD  # the place of a sign in a font that does not say which
            code = 0x2D if code in _HYPHENS else code
            generated = code in (0x20, 0x0D, 0x0A, 0) and api.FPDFText_IsGenerated(self.text.raw, place)
            if code in (0x0D, 0x0A):
                lines.append([])
                continue
            if code == 0 and not generated:
                self._no_letter(place)
            text = " " if code in (0x20, 0x09, 0xA0, 0) else chr(code) if code < 0x110000 else "\ufffd"
            x0, y0, x1, y1 = (0.0, 0.0, 0.0, 0.0) if generated else self._box(place)
            if code == 0xFFFD or (0xE000 <= code <= 0xF8FF and api.FPDFText_HasUnicodeMapError(self.text.raw, place)):
                self._no_letter(place)
            drawn = self._drawn(place) if self.drawn and not generated else -1
            size = self._style(place)[0].size if self.turned and text.isdigit() else 0.0
            lines[-1].append((Letter(text, x0, x1, -1 if generated else place, drawn, size), y0, y1))
        if self.turned:
            lines = self._looked_at(lines)
        for line in lines:
            self._line(line)
            self.space = self.line_break = True
        self._end()
        return self.out

    def _looked_at(self, lines: list[list[_Placed]]) -> list[list[_Placed]]:
        """lines, whose letters keep the order of drawing where it tells of the order of reading."""
        lines = self._joined(lines)
        said = [[letter for letter, _, _ in line if letter.place >= 0] for line in lines]
        self.page.right_to_left = begins_at_the_right(said)
        if is_drawn_as_read(said):
            return lines
        return [[(replace(letter, drawn=-1), y0, y1) for letter, y0, y1 in line] for line in lines]

    def _joined(self, lines: list[list[_Placed]]) -> list[list[_Placed]]:
        """lines, of which PDFium begins a new one at a raised sign. Files that draw from the left draw the end of a
        line of Arabic first: its parts are read in the right order only where they are one line."""
        joined: list[list[_Placed]] = []
        for line in filter(None, lines):
            gap = gap_beside(*map(self._box_of_line, (joined[-1], line))) if joined else None
            if gap is None:
                joined.append(line)
            else:
                joined[-1] = [*joined[-1], *([_SPACE] if gap > BETWEEN_WORDS else []), *line]
        return joined

    def _box_of_line(self, line: list[_Placed]) -> Box | None:
        """From side to side, and as high as its largest letter; None where it has no letters."""
        letters = [
            (*self._height(one.place, y0, y1, self._style(one.place)[0].size), one)
            for one, y0, y1 in line
            if one.text.strip()
        ]
        if not letters:
            return None
        y0, y1, _ = max(letters, key=lambda one: one[1] - one[0])
        return min(one.x0 for _, _, one in letters), y0, max(one.x1 for _, _, one in letters), y1

    def _drawn(self, place: int) -> int:
        return self.drawn.get(address_of(api.FPDFText_GetTextObject(self.text.raw, place)), -1)

    def _angles(self) -> bytes:
        """By place of a letter the quarters by which it is turned; the page gets those of most."""
        raw = self.text.raw
        angles = bytes(
            round(api.FPDFText_GetCharAngle(raw, place) / (pi / 2)) % 4 for place in range(api.FPDFText_CountChars(raw))
        )
        page = self.page
        page.quarters = max(range(4), key=angles.count)
        if page.quarters % 2:
            page.width, page.height = page.height, page.width
        return angles

    def _box(self, place: int) -> Box:
        if api.FPDFText_GetLooseCharBox(self.text.raw, place, self.loose):
            return self._as_read(place, (self.loose.left, self.loose.bottom, self.loose.right, self.loose.top))
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        api.FPDFText_GetCharBox(self.text.raw, place, left, right, bottom, top)
        return self._as_read(place, (left.value, bottom.value, right.value, top.value))

    def _as_read(self, place: int, box: Box) -> Box:
        """A letter that runs another way than the text of its page stands below that."""
        page, quarters = self.page, self.angles[place]
        if quarters == page.quarters:
            return page.placed(box)
        odd = (quarters - page.quarters) % 2
        width, height = (page.height, page.width) if odd else (page.width, page.height)
        x0, y0, x1, y1 = turned(box, quarters, width, height)
        below = (quarters + 1) * (page.width + page.height)
        return x0, y0 - below, x1, y1 - below

    def _line(self, line: list[_Placed]) -> None:
        heights = {letter.place: (y0, y1) for letter, y0, y1 in line if letter.place >= 0}
        letters = [letter for letter, _, _ in line]
        right = self.page.right_to_left and not any(letter.text.isalpha() for letter in letters)  # a number alone
        arabic = self.turned and (right or is_turned(letters))
        turned = arabic or (self.turned and goes_back(letters))
        parts: dict[int, int] = {}
        if turned:  # PDFium tells which letters are of one word, and not in which order words stand
            parts = parts_of(letters)
            letters = [letter for letter in letters if letter.place >= 0 and letter.text != " "]
            left = not self.page.right_to_left
            letters = (
                in_reading_order(letters, from_left=left) if arabic else sorted(letters, key=lambda letter: letter.x0)
            )
        elif not self.turned:
            letters = by_place(letters, heights)
        before: Letter | None = None
        space: Letter | None = None
        for letter in letters:
            if letter.text == " ":
                self.space, space = True, letter
                continue
            y0, y1 = heights[letter.place]
            style = self._style(letter.place)
            if turned and before is not None:
                apart, jumps = gap_between(before, letter, letters)
                apart /= style[0].size
                same = parts[letter.place] == parts[before.place]
                if not same and not jumps and letter.text.isalpha() and before.text.isalpha():
                    self.space = True
                close = (same and parts[-1] > 0 and not jumps) or letter.text in ENDS
                self.space |= apart > (INSIDE if close else BETWEEN_WORDS)
            elif before is not None and space is not None and stands_elsewhere(space, before, letter):
                self.space = False
            self._add(letter, y0, y1, *style, known=turned and before is not None)
            before, space = letter, None

    def _no_letter(self, place: int) -> None:
        font = self._style(place)[0].font or "?"
        self.page.no_letters[font] = self.page.no_letters.get(font, 0) + 1

    def _add(
        self, letter: Letter, y0: float, y1: float, style: Style, tag: int, artifact: bool, *, known: bool
    ) -> None:
        """known: whether self.space tells of a space before it, which else is seen by the gap too."""
        x0, x1 = letter.x0, letter.x1
        last = self.out[-1] if self.out and self.letters else None
        if last is not None and not self.space and (last.style, last.tag, last.artifact) == (style, tag, artifact):
            apart = max(x0 - last.x1, last.x0 - x1)
            same = bool(_ARROW.match(letter.text)) == bool(_ARROW.match(self.letters[-1]))
            if same and apart < 0.3 * style.size and min(y1, last.y1) - max(y0, last.y0) > 0:
                self.letters.append(letter.text)
                last.x0, last.x1 = min(last.x0, x0), max(last.x1, x1)
                return
        self._end()
        before = self.out[-1] if self.out else None
        y0, y1 = self._height(letter.place, y0, y1, style.size)
        space = self.space or before is None
        below = (
            before is not None and min(y1, before.y1) - max(y0, before.y0) <= 0
        )  # also where PDFium joins a cut word
        if before is not None and space and not below and letter.text in ENDS and not known:
            space = not -BETWEEN_SIGNS * style.size <= x0 - before.x1 < BETWEEN_SIGNS * style.size
        if before is not None and not space and not known:
            apart = max(x0 - before.x1, before.x0 - x1)
            space = apart > 0.2 * style.size or min(y1, before.y1) - max(y0, before.y0) <= 0
        self.out.append(Word("", x0, y0, x1, y1, style, tag, artifact, space, self.line_break or below))
        self.pieces.append(api.FPDFText_GetTextObject(self.text.raw, letter.place))
        self.turns.append(self.angles[letter.place] or self.page.quarters)
        self.letters = [letter.text]
        self.space = self.line_break = False

    def _height(self, place: int, y0: float, y1: float, size: float) -> tuple[float, float]:
        """Of a word, from its baseline, so that words with and without long letters are of one line."""
        if api.FPDFText_GetCharOrigin(self.text.raw, place, self.x, self.y):
            x, y = self.x.value, self.y.value
            base = self._as_read(place, (x, y, x, y))[1]
            if y1 - y0 <= 2.2 * size and base - size <= y0 and y1 <= base + 2 * size:  # upright
                return base - DEPTH * size, base + HEIGHT * size
        return y0, y1

    def _end(self) -> None:
        if self.letters:
            text = "".join(self.letters)
            if any("\ud800" <= letter <= "\udfff" for letter in text):
                text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            self.out[-1].text = text
            self.letters = []

    def _style(self, place: int) -> tuple[Style, int, bool]:
        drawn = api.FPDFText_GetTextObject(self.text.raw, place)
        key = ctypes.cast(drawn, ctypes.c_void_p).value
        if key not in self.styles:
            self.styles[key] = (
                self._read_style(place, drawn if key else None),
                tag_of(drawn) if key else -1,
                bool(key) and is_artifact(drawn),
            )
        return self.styles[key]

    def _read_style(self, place: int, drawn: Any) -> Style:
        handle = self.text.raw
        scale = _height_of(self.matrix) if api.FPDFText_GetMatrix(handle, place, self.matrix) else 1.0
        size = round(api.FPDFText_GetFontSize(handle, place) * (scale or 1.0), 1)
        font = ctypes.cast(api.FPDFTextObj_GetFont(drawn), ctypes.c_void_p).value if drawn else None
        if font is None or font not in self.fonts:
            self.fonts[font] = self._read_font(place)
        face = self.fonts[font]
        return Style(max(size, 0.1), face.bold, face.italic, face.mono, face.font)

    def _read_font(self, place: int) -> Style:
        name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
        api.FPDFText_GetFontInfo(self.text.raw, place, name, 256, flags)
        said = name.value.decode("utf-8", "replace")
        font = said.partition("+")[2] or said
        # a font tells its weight by its name first: browsers write one that is far from the truth
        weight = api.FPDFText_GetFontWeight(self.text.raw, place)
        heavy = not _NOT_BOLD.search(font) and (bool(flags.value & (1 << 18)) or weight >= 600)
        italic = bool(_ITALIC.search(font)) or bool(flags.value & (1 << 6))
        return Style(0.0, heavy or bool(_BOLD.search(font)), italic, bool(_MONO.search(font)), font)


def _height_of(matrix: Any) -> float:
    """How high above its line a letter of height 1 stands, however slanted."""
    along = hypot(matrix.a, matrix.b)
    return abs(matrix.a * matrix.d - matrix.b * matrix.c) / along if along else hypot(matrix.c, matrix.d)
