"""Paint a placed document: every box of every page onto a tagged canvas. The second of the two steps to a PDF."""

import io

from reportlab.lib.utils import ImageReader

from pdf.painting import metadata
from pdf.painting.tagged_canvas import TaggedCanvas
from pdf.painting.text_painter import TextPainter
from pdf.placed_document import (
    Bookmark,
    Box,
    Decoration,
    Gap,
    Picture,
    PlacedDocument,
    QRCode,
    TextBox,
    TurnedText,
)


def paint(document: PlacedDocument) -> bytes:
    """The file before its last step. Takes the document's pages one by one."""
    out = io.BytesIO()
    canvas = TaggedCanvas(out, document.root, document.places)
    metadata.put(canvas, document.info)
    canvas.setViewerPreference("Direction", "/R2L" if document.is_right_to_left else "/L2R")
    for page in document.pages:
        canvas.setPageSize((page.width, page.height))
        for box in page.boxes:
            _paint_box(canvas, box)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _paint_box(canvas: TaggedCanvas, box: Box) -> None:
    match box:
        case TextBox():
            TextPainter(canvas, box.is_artifact).paint(box.words)
        case Decoration():
            _paint_decoration(canvas, box)
        case Bookmark():
            canvas.bookmark(box.title, box.key, box.level)
        case Picture():
            with canvas.marked(box.slot):
                canvas.drawImage(ImageReader(box.image), box.x, box.y, box.width, box.height)
        case QRCode():
            _paint_code(canvas, box)
        case TurnedText():
            _paint_turned(canvas, box)
        case Gap():
            canvas.saveState()
            canvas.translate(box.x, box.y)
            canvas.restoreState()


def _paint_decoration(canvas: TaggedCanvas, box: Decoration) -> None:
    with canvas.artifact(box.kind, box.subtype):
        for each in box.rectangles:
            canvas.fill_box(each.x, each.y, each.width, each.height, each.colour)


def _paint_code(canvas: TaggedCanvas, code: QRCode) -> None:
    """The dark cells as one path."""
    side = code.size / len(code.modules)
    cells = [
        f"{code.x + column * side:.3f} {code.y + code.size - (row + 1) * side:.3f} {side:.3f} {side:.3f} re"
        for row, modules in enumerate(code.modules)
        for column, is_dark in enumerate(modules)
        if is_dark
    ]
    with canvas.marked(code.slot):
        canvas.fill_path(" ".join(cells), code.colour)


def _paint_turned(canvas: TaggedCanvas, box: TurnedText) -> None:
    """Set as glyphs of an embedded face, like all other text."""
    canvas.saveState()
    canvas.translate(box.x, box.y)
    canvas.rotate(box.degrees)
    TextPainter(canvas, as_artifact=True).paint(box.words)
    canvas.restoreState()
