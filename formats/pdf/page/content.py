"""What PDFium sees on the pages of a PDF: words with their place and style, pictures, rules. Pure (docs/adr/0101).

Lengths are points, y rises to the top of the page.
"""

import ctypes
import io
import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from math import hypot, inf, pi
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as api

from formats.draft import Unreadable, UnreadableFile
from formats.pdf.page.pieces import MOST_OBJECTS, Box, address_of, drawing_order
from formats.pdf.page.right_to_left import (
    RIGHT_TO_LEFT,
    Letter,
    begins_at_the_right,
    gap_beside,
    in_reading_order,
    is_drawn_as_read,
    is_turned,
)
from formats.pdf.page.unseen import mark_unseen

MOST_PAGES = 3000
LEAST_PICTURE = 24  # points a side; less is a bullet or a rule
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|-bd\b", re.IGNORECASE)
_NOT_BOLD = re.compile(
    r"[-, ](?:regular|book|roman|normal|light|medium|thin|text)(?:italic|oblique)?(?:mt)?$", re.IGNORECASE
)
_ITALIC = re.compile(r"italic|oblique|kursiv|-it\b", re.IGNORECASE)
_MONO = re.compile(r"mono|courier|consol|menlo|typewriter", re.IGNORECASE)
BETWEEN_WORDS = 0.18  # of the size of type, where lines are turned: a gap that is a space,
INSIDE = 0.4  # and where PDFium saw none, on a line in which it saw others
BETWEEN_SIGNS = 0.08  # the same before a full stop: PDFium sees a space behind a raised mark
BETWEEN_WIDE = 0.12  # of the width of a letter of Chinese or Japanese: a gap that is a space
TOUCH = 0.02  # of the same: letters without a space, whatever PDFium saw
FIRST_WIDE = "\u2e80"  # the first of such letters
DEPTH, HEIGHT = 0.22, 0.78  # of the size of type, below and above its baseline
_ARROW = re.compile("[\u2190-\u21ff\ufe0e\ufe0f]")  # a word of its own: a link back
_ENDS = frozenset(".,;:!?؟،؛")
_BRACKETS = frozenset("()[]{}«»")
_HYPHENS = (0x02, 0xFFFE)  # how PDFium gives a hyphen at the end of a line


@dataclass(frozen=True, slots=True)
class Style:
    size: float
    bold: bool = False
    italic: bool = False
    mono: bool = False
    font: str = ""


@dataclass(slots=True)
class Word:
    """space, line_break: what stood before it. tag: marked-content id, -1 without one. artifact: marked as no text.

    note: number of the note whose mark it is; negative where it leads back from a note to its mark. hidden: nobody sees
    it on the page."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    style: Style
    tag: int = -1
    artifact: bool = False
    space: bool = True
    line_break: bool = False
    href: str = ""
    raised: bool = False
    note: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    x0: float
    y0: float
    x1: float
    y1: float
    tag: int
    content: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line, across or down."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def across(self) -> bool:
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(slots=True)
class Page:
    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    dots: list[Rule] = field(default_factory=list)  # drawn bullets
    quarters: int = 0  # by which its text is turned: what is told of places is as the text is read
    right_to_left: bool = False  # whether its lines begin at the right; Arabic may stand in lines that do not
    no_letters: dict[str, int] = field(default_factory=dict)  # by font: characters that map to none
    recognised: int = 0  # words that a program read off a picture of the page

    def placed(self, box: Box) -> Box:
        """A place of the file, as the text is read."""
        return turned(box, self.quarters, self.width, self.height)


def turned(box: Box, quarters: int, width: float, height: float) -> Box:
    """A place as it is seen from text that runs down (1), on its head (2) or up (3). width, height: as seen then."""
    x0, y0, x1, y1 = box
    match quarters:
        case 1:
            return width - y1, x0, width - y0, x1
        case 2:
            return width - x1, height - y1, width - x0, height - y0
        case 3:
            return y0, height - x1, y1, height - x0
    return box


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
            _drawings(found, page)
        return page
    finally:
        found.close()


def count_pictures(document: pdfium.PdfDocument, number: int) -> int:
    """How many pictures a page shows, those left aside that `read_page` finds too small."""
    found = document[number]
    try:
        drawn = itertools.islice(found.get_objects(filter=(api.FPDF_PAGEOBJ_IMAGE,), max_depth=3), MOST_OBJECTS)
        return sum(_bounds(one) is not None for one in drawn)
    finally:
        found.close()


def _bounds(picture: pdfium.PdfObject) -> tuple[float, float, float, float] | None:
    """Where a picture stands; None for one that is but a bullet or a rule, or has no place."""
    try:
        x0, y0, x1, y1 = picture.get_bounds()
    except pdfium.PdfiumError:
        return None
    return (x0, y0, x1, y1) if x1 - x0 >= LEAST_PICTURE and y1 - y0 >= LEAST_PICTURE else None


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
            lines[-1].append((Letter(text, x0, x1, -1 if generated else place, drawn), y0, y1))
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
        turned = arabic or (self.turned and _goes_back(letters))
        parts: dict[int, int] = {}
        if turned:  # PDFium tells which letters are of one word, and not in which order words stand
            parts = _parts(letters)
            letters = [letter for letter in letters if letter.place >= 0 and letter.text != " "]
            left = not self.page.right_to_left
            letters = (
                in_reading_order(letters, from_left=left) if arabic else sorted(letters, key=lambda letter: letter.x0)
            )
        elif not self.turned:
            letters = _by_place(letters, heights)
        before: Letter | None = None
        for letter in letters:
            if letter.text == " ":
                self.space = True
                continue
            y0, y1 = heights[letter.place]
            style = self._style(letter.place)
            if turned and before is not None:
                apart, jumps = _gap(before, letter, letters)
                apart /= style[0].size
                same = parts[letter.place] == parts[before.place]
                if not same and not jumps and letter.text.isalpha() and before.text.isalpha():
                    self.space = True
                close = (same and parts[-1] > 0 and not jumps) or letter.text in _ENDS
                self.space |= apart > (INSIDE if close else BETWEEN_WORDS)
            elif before is not None and _touch(before, letter):  # the space stands elsewhere, drawn by another font
                self.space = False
            self._add(letter, y0, y1, *style, known=turned and before is not None)
            before = letter

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
        if before is not None and space and not below and letter.text in _ENDS and not known:
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
                _tag(drawn) if key else -1,
                bool(key) and _is_artifact(drawn),
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


def _gap(one: Letter, other: Letter, letters: list[Letter]) -> tuple[float, bool]:
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
    stands beside its last digit, a sign behind it beside its first."""
    between = [letter for letter in letters if other.middle < letter.middle < one.middle]
    if one.text in _BRACKETS and other.text.isdigit():
        return one.x0 - max(letter.x1 for letter in [*between, other])
    if other.text in _ENDS or (one.text.isdigit() and other.text in _BRACKETS):
        return min(letter.x0 for letter in [*between, one]) - other.x1
    return one.x0 - other.x1


def _parts(letters: list[Letter]) -> dict[int, int]:
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


def _goes_back(letters: list[Letter]) -> bool:
    seen = [letter for letter in letters if letter.place >= 0 and letter.text != " "]
    return any(other.middle < 2 * one.x0 for one, other in itertools.pairwise(seen))


def _touch(one: Letter, other: Letter) -> bool:
    """Whether two letters as wide as those of Chinese leave no room for a space."""
    return min(one.text, other.text) >= FIRST_WIDE and abs(other.x0 - one.x1) < TOUCH * (one.x1 - one.x0)


def _by_place(letters: list[Letter], heights: dict[int, tuple[float, float]]) -> list[Letter]:
    """letters of a line from left to right. A program that takes letters from several fonts draws it font by font, and
    PDFium joins what stands on several lines of a table."""
    if not _goes_back(letters):
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


def _tag(drawn: Any) -> int:
    return int(api.FPDFPageObj_GetMarkedContentID(drawn))


def _is_artifact(drawn: Any) -> bool:
    size = ctypes.c_ulong()
    for place in range(min(api.FPDFPageObj_CountMarks(drawn), 20)):
        mark = api.FPDFPageObj_GetMark(drawn, place)
        name = (api.FPDF_WCHAR * 32)()
        if api.FPDFPageObjMark_GetName(mark, name, 64, size) and bytes(name).decode("utf-16-le", "replace").startswith(
            "Artifact\0"
        ):
            return True
    return False


def _drawings(found: pdfium.PdfPage, page: Page) -> None:
    for count, drawn in enumerate(found.get_objects(max_depth=3)):
        if count > MOST_OBJECTS:
            break
        if drawn.type not in (api.FPDF_PAGEOBJ_IMAGE, api.FPDF_PAGEOBJ_PATH):
            continue
        if drawn.type == api.FPDF_PAGEOBJ_IMAGE:
            if (place := _bounds(drawn)) is not None:
                content, kind = _picture(drawn)
                page.images.append(Image(*page.placed(place), _tag(drawn.raw), content, kind))
            continue
        try:
            x0, y0, x1, y1 = page.placed(drawn.get_bounds())
        except pdfium.PdfiumError:
            continue
        page.rules.extend(_rules(x0, y0, x1, y1))
        if 1.5 <= x1 - x0 <= 8 and 0.7 < (x1 - x0) / max(y1 - y0, 0.1) < 1.4:
            page.dots.append(Rule(x0, y0, x1, y1))


def _rules(x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
    thin = 2.5
    wide, high = x1 - x0, y1 - y0
    if (high <= thin and wide > 8) or (wide <= thin and high > 5):
        yield Rule(x0, y0, x1, y1)
    elif wide > 12 and high > 8:  # a box: its four sides
        yield Rule(x0, y0, x1, y0)
        yield Rule(x0, y1, x1, y1)
        yield Rule(x0, y0, x0, y1)
        yield Rule(x1, y0, x1, y1)


def _picture(drawn: pdfium.PdfImage) -> tuple[bytes, str]:
    """Its bytes, as JPEG if it lies there so, else as PNG; nothing if it cannot be taken out."""
    try:
        width, height = drawn.get_px_size()
        if width * height > 60_000_000:
            return b"", ""
        target = io.BytesIO()
        if "DCTDecode" in drawn.get_filters():
            return bytes(drawn.get_data()), "jpeg"
        drawn.get_bitmap().to_pil().save(target, "PNG")
        return target.getvalue(), "png"
    except (pdfium.PdfiumError, ValueError, OSError, MemoryError):
        return b"", ""
