"""The pieces of a file that draw a page, as PDFium holds them: their names, their order, their colour. Pure."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as api

MOST_CORNERS = 100  # of what cuts off a piece; what has more is cut along a drawing, and taken to be seen
MOST_OBJECTS = 200_000  # on a page; a map drawn with more has no use here

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]  # left, bottom, right, top


def address_of(piece: Any) -> int:
    """What a piece is known by while its page is open; 0 for none."""
    return ctypes.cast(piece, ctypes.c_void_p).value or 0


def drawing_order(found: pdfium.PdfPage) -> dict[int, int]:
    """By address of a piece of the page, its number among those that stand in no other, in which they are drawn."""
    count = min(api.FPDFPage_CountObjects(found.raw), MOST_OBJECTS)
    pieces = (address_of(api.FPDFPage_GetObject(found.raw, place)) for place in range(count))
    return {piece: place for place, piece in enumerate(pieces) if piece}


def fill_of(piece: Any) -> tuple[Colour, int] | None:
    """The colour that fills it and how much of what is behind it that covers, to 255; None where it has not one."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not api.FPDFPageObj_GetFillColor(piece, red, green, blue, alpha):
        return None
    return (red.value, green.value, blue.value), alpha.value


def clip_of(piece: Any) -> Box | None:
    """The box outside which nothing of a piece is drawn; None where it has not one. Places are those of the file."""
    path = api.FPDFPageObj_GetClipPath(piece)
    boxes = []
    for number in range(max(api.FPDFClipPath_CountPaths(path), 0) if path else 0):
        corners = list(_corners(path, number))
        if 2 < len(corners) < MOST_CORNERS:
            across, up = zip(*corners, strict=True)
            boxes.append((min(across), min(up), max(across), max(up)))
    if not boxes:
        return None
    left, bottom, right, top = zip(*boxes, strict=True)
    return max(left), max(bottom), min(right), min(top)


def _corners(path: Any, number: int) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(min(api.FPDFClipPath_CountPathSegments(path, number), MOST_CORNERS)):
        if api.FPDFPathSegment_GetPoint(api.FPDFClipPath_GetPathSegment(path, number, place), x, y):
            yield x.value, y.value


def tag_of(drawn: Any) -> int:
    return int(api.FPDFPageObj_GetMarkedContentID(drawn))


def is_artifact(drawn: Any) -> bool:
    size = ctypes.c_ulong()
    for place in range(min(api.FPDFPageObj_CountMarks(drawn), 20)):
        mark = api.FPDFPageObj_GetMark(drawn, place)
        name = (api.FPDF_WCHAR * 32)()
        if api.FPDFPageObjMark_GetName(mark, name, 64, size) and bytes(name).decode("utf-16-le", "replace").startswith(
            "Artifact\0"
        ):
            return True
    return False
