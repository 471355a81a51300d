"""Draws the card of a document as a PNG of 1200 by 630 pixels: its words on a plain ground, no sign of anybody. Pure.

Pillow lays the lines out by HarfBuzz and FriBidi (its own Raqm), in the faces of the printed documents.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from pdf.text.shaping_and_embedding import Face
from pdf.text.typefaces import DISPLAY, SANS, Style, chain

WIDTH, HEIGHT = 1200, 630
"""Pixels: what sites that show such pictures ask for (1.91 to 1)."""
MARGIN = 80
GROUND, INK, SOFT, ACCENT = (250, 250, 248), (28, 33, 40), (84, 92, 102), (20, 78, 120)
"""Ink on the ground has a contrast of 15 to 1, the soft one 6.5 to 1."""
TITLE_SIZES = (72, 62, 54, 46)
"""The first at which the title fits into MOST_LINES and ROOM."""
MOST_LINES = 4
ROOM = 352
"""Pixels from the top of the title to the line at the foot."""
MOST_LETTERS = 400
COLOURS = 32  # of the palette: letters are smoothed in shades of three inks
AXES = {"Weight": "wght", "Optical Size": "opsz", "Width": "wdth"}

_PIECES = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]+|\s+"
)
"""A sign of a script without spaces, a word, or the space between."""


@dataclass(frozen=True, slots=True)
class Card:
    """language: of the title. above, below: one line each, in the same language. is_rtl: how its lines run."""

    title: str
    above: str
    below: str
    language: str
    is_rtl: bool = False


def drawn(card: Card) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(image)
    bar = WIDTH - 24 if card.is_rtl else 0
    draw.rectangle((bar, 0, bar + 24, HEIGHT), fill=ACCENT)
    _line(draw, card, card.above, MARGIN, 34, Style(SANS, bold=True), ACCENT)
    lines, size = _title(card)
    top = 160
    for line in lines:
        _line(draw, card, line, top, size, Style(DISPLAY, bold=True), INK)
        top += _leading(card, size)
    _line(draw, card, card.below, HEIGHT - MARGIN - 34, 30, Style(SANS), SOFT)
    out = io.BytesIO()
    image.quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _title(card: Card) -> tuple[list[str], int]:
    """(lines, size). A title that fits at no size ends in an ellipsis."""
    text = " ".join(card.title.split())[:MOST_LETTERS]
    lines: list[str] = []
    for size in TITLE_SIZES:
        lines = list(_broken(text, _font(text, Style(DISPLAY, bold=True), card.language, size)))
        if len(lines) <= MOST_LINES and len(lines) * _leading(card, size) <= ROOM:
            return lines, size
    return [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]}…"], TITLE_SIZES[-1]


def _leading(card: Card, size: int) -> int:
    """From line to line; letters of Arabic reach farther up and down."""
    return round(size * (1.42 if card.is_rtl else 1.22))


def _broken(text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    """Lines no wider than the card; a word that is wider stands alone and runs out of it."""
    line = ""
    for piece in _PIECES.findall(text):
        if line and font.getlength(line + piece) > WIDTH - 2 * MARGIN and not piece.isspace():
            yield line.strip()
            line = ""
        line += piece
    if line.strip():
        yield line.strip()


def _line(
    draw: ImageDraw.ImageDraw, card: Card, text: str, top: int, size: int, style: Style, ink: tuple[int, int, int]
) -> None:
    text = " ".join(text.split())[:MOST_LETTERS]
    font = _font(text, style, card.language, size)
    while len(text) > 1 and font.getlength(text) > WIDTH - 2 * MARGIN:
        text = f"{text[:-2].rstrip()}…"
    place, anchor = ((WIDTH - MARGIN, top), "ra") if card.is_rtl else ((MARGIN, top), "la")
    draw.text(place, text, font=font, fill=ink, anchor=anchor, direction="rtl" if card.is_rtl else "ltr")


def _font(text: str, style: Style, language: str, size: int) -> ImageFont.FreeTypeFont:
    """The face that has the most of a text's characters; of those alike, the first in the order of the documents."""
    faces = chain(style, language, False)
    letters = {ord(letter) for letter in text if not letter.isspace()}
    best = max(faces, key=lambda face: (len(letters & face.characters), -faces.index(face)))
    return _loaded(best, round(size * best.scale))


@lru_cache(maxsize=64)
def _loaded(face: Face, size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(face.path, size, layout_engine=ImageFont.Layout.RAQM)
    if face.axes:
        wanted = dict(face.axes)
        axes = font.get_variation_axes()
        names = [AXES.get(_name_of(axis["name"]), "") for axis in axes]
        font.set_variation_by_axes(
            [wanted.get(name, axis["default"] or 0) for name, axis in zip(names, axes, strict=True)]
        )
    return font


def _name_of(name: bytes | str | None) -> str:
    return name.decode() if isinstance(name, bytes) else name or ""
