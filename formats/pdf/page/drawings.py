"""Pictures and rules that a page of a PDF draws. Pure."""

import io
import itertools
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as api

from formats.pdf.page.model import Image, Page, Rule
from formats.pdf.page.pieces import MOST_OBJECTS, tag_of

LEAST_PICTURE = 24  # points a side; less is a bullet or a rule


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


def take_drawings(found: pdfium.PdfPage, page: Page) -> None:
    for count, drawn in enumerate(found.get_objects(max_depth=3)):
        if count > MOST_OBJECTS:
            break
        if drawn.type not in (api.FPDF_PAGEOBJ_IMAGE, api.FPDF_PAGEOBJ_PATH):
            continue
        if drawn.type == api.FPDF_PAGEOBJ_IMAGE:
            if (place := _bounds(drawn)) is not None:
                content, kind = _picture(drawn)
                page.images.append(Image(*page.placed(place), tag_of(drawn.raw), content, kind))
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
