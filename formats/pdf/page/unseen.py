"""Words of a page that nobody sees: without ink, in the colour of the paper, behind something, cut off, beside the
page. Pure.

What is drawn without ink over a picture of the whole page was recognised from it by a program, and is its text.
Whether ink is seen, drawing the page with and without it tells; that is done only for what looks suspicious.
"""

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pypdfium2 as pdfium
import pypdfium2.raw as api
from PIL import ImageChops

from formats.pdf.page.pieces import Box, Colour, address_of, clip_of, fill_of

MOST_LAYERS = 2000  # of a page that are looked at; a page drawn of more is a map
TINY = 1.0  # points: type that nobody reads
WHOLE_PAGE = 0.6  # of the page's area: a picture that large is the page itself
CLOSE = 16  # of 255: colours that look the same
BESIDE = 2.0  # points
EDGE = 1.0  # points beyond what a word is cut to: nearer its ink may show
MOST_PIXELS = 2000  # a side of a page that is drawn
FAINT = 8  # of 255: a difference that nobody sees
NO_INK = (api.FPDF_TEXTRENDERMODE_INVISIBLE, api.FPDF_TEXTRENDERMODE_CLIP)
WHITE = (255, 255, 255)


class Placed(Protocol):
    x0: float
    y0: float
    x1: float
    y1: float
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Layer:
    """Something drawn that may lie behind or before words. colour: None where it has not one, or is seen through."""

    order: int
    box: Box
    colour: Colour | None
    is_picture: bool

    def holds(self, word: Placed) -> bool:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]


def mark_unseen(
    document: pdfium.PdfDocument, number: int, found: pdfium.PdfPage, orders: Mapping[int, int],
    words: Sequence[Placed], pieces: Sequence[Any], sizes: Sequence[float], upright: Sequence[bool],
) -> int:  # fmt: skip
    """Set `hidden` of words; how many were recognised from a picture of the page. orders: of what draws the page.
    pieces: what draws each word. sizes: of their type. upright: whether their places are those of the file, without
    which only their ink is looked at."""
    known = _layers(found, len(orders)) if any(upright) else None
    layers = known or []
    left, bottom, right, top = found.get_cropbox()
    area = max((right - left) * (top - bottom), 1.0)
    scanned = any(layer.is_picture and _area(layer.box) >= WHOLE_PAGE * area for layer in layers)
    inks: dict[int, tuple[bool, Colour | None]] = {}
    clips: dict[int, Box | None] = {}
    suspects: list[tuple[Placed, int, Box]] = []
    recognised = 0
    for word, piece, size, is_upright in zip(words, pieces, sizes, upright, strict=True):
        address = address_of(piece)
        if address not in inks:
            inks[address] = _ink(piece) if address else (True, None)
            clips[address] = clip_of(piece) if address in orders else None
        inked, colour = inks[address]
        beside = is_upright and (
            word.x1 < left - BESIDE or word.x0 > right + BESIDE or word.y1 < bottom - BESIDE or word.y0 > top + BESIDE
        )
        if beside or size < TINY:
            word.hidden = True
        elif not inked:
            word.hidden = not scanned
            recognised += scanned
        elif is_upright and (cut := _cut_off(word, clips[address])) is not None:
            suspects.append((word, orders[address], cut))
        elif is_upright and known is not None and _is_suspicious(word, orders.get(address), colour, layers):
            suspects.append((word, orders[address], _box(word)))
    unseen = _not_drawn(document, number, suspects) if suspects else []
    for word in unseen:
        word.hidden = not scanned
        recognised += scanned
    return recognised


def _ink(piece: Any) -> tuple[bool, Colour | None]:
    """Whether a piece of text is drawn at all, and in which colour; None where that is not one."""
    mode = api.FPDFTextObj_GetTextRenderMode(piece)
    if mode in NO_INK:
        return False, None
    if mode != api.FPDF_TEXTRENDERMODE_FILL:
        return True, None
    if (fill := fill_of(piece)) is None:
        return True, None
    colour, covers = fill
    return covers > FAINT, colour


def _layers(found: pdfium.PdfPage, count: int) -> list[_Layer] | None:
    """What may hide words, of the first `count` pieces of the page; None where it is too much to tell."""
    layers: list[_Layer] = []
    for order in range(count):
        piece = api.FPDFPage_GetObject(found.raw, order)
        kind = api.FPDFPageObj_GetType(piece)
        if kind != api.FPDF_PAGEOBJ_TEXT:
            layers.extend(_layer(piece, kind, order))
        if len(layers) > MOST_LAYERS:
            return None
    return layers


def _layer(piece: Any, kind: int, order: int) -> Iterator[_Layer]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not api.FPDFPageObj_GetBounds(piece, left, bottom, right, top):
        return
    box = left.value, bottom.value, right.value, top.value
    if box[2] - box[0] < 4 or box[3] - box[1] < 4:  # a rule
        return
    colour = None
    if kind == api.FPDF_PAGEOBJ_PATH:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        if not api.FPDFPath_GetDrawMode(piece, mode, stroke) or not mode.value:
            return
        if (fill := fill_of(piece)) is not None and fill[1] == 255:
            colour = fill[0]
    yield _Layer(order, box, colour, kind == api.FPDF_PAGEOBJ_IMAGE)


def _is_suspicious(word: Placed, order: int | None, colour: Colour | None, layers: list[_Layer]) -> bool:
    """Whether a word lies behind something, or has the colour of what is behind it; order: None for one drawn by what
    stands in another piece."""
    if order is None:
        return False
    around = [layer for layer in layers if layer.holds(word)]
    if any(layer.order > order and (layer.is_picture or layer.colour) for layer in around):
        return True
    behind = [layer for layer in around if layer.order < order]
    ground = behind[-1].colour if behind else WHITE
    return colour is not None and ground is not None and _are_close(colour, ground)


def _cut_off(word: Placed, clip: Box | None) -> Box | None:
    """The part of a word beyond what it is cut to, where that is most of it: browsers draw a line at the foot of a page
    once more, cut off, where a sign of the line reaches over the edge."""
    if clip is None:
        return None
    (x0, y0, x1, y1), (left, bottom, right, top) = _box(word), clip
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    if y < bottom or y > top:
        return (x0, y0, x1, min(y1, bottom - EDGE)) if y < bottom else (x0, max(y0, top + EDGE), x1, y1)
    if x < left or x > right:
        return (x0, y0, min(x1, left - EDGE), y1) if x < left else (max(x0, right + EDGE), y0, x1, y1)
    return None


def _are_close(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= CLOSE for a, b in zip(one, other, strict=True))


def _box(word: Placed) -> Box:
    return word.x0, word.y0, word.x1, word.y1


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _not_drawn(document: pdfium.PdfDocument, number: int, suspects: list[tuple[Placed, int, Box]]) -> list[Placed]:
    """Those of some words whose place, or the part of it that is told, looks the same on the page as on a page without
    them."""
    page = document[number]
    try:
        scale = min(2.0, MOST_PIXELS / max(page.get_size()))
        with_words = page.render(scale=scale).to_pil().convert("RGB")
        for order in sorted({order for _, order, _ in suspects}, reverse=True):
            piece = api.FPDFPage_GetObject(page.raw, order)
            if api.FPDFPage_RemoveObject(page.raw, piece):
                api.FPDFPageObj_Destroy(piece)
        without = page.render(scale=scale).to_pil().convert("RGB")
        size = with_words.size
        unseen = []
        x, y = ctypes.c_int(), ctypes.c_int()
        for word, _, (left, bottom, right, top) in suspects:
            api.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, left, top, x, y)
            x0, y0 = x.value - 1, y.value - 1
            api.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, right, bottom, x, y)
            place = (x0, y0, max(x.value, x0 + 1) + 1, max(y.value, y0 + 1) + 1)
            parts: Any = ImageChops.difference(with_words.crop(place), without.crop(place)).getextrema()
            if max(most for _least, most in parts) <= FAINT:
                unseen.append(word)
        return unseen
    finally:
        page.close()
