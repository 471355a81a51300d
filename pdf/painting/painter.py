"""Paint a placed document: every box of every page onto a tagged canvas. The second of the two steps to a PDF."""

import io

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
    targets = document.elements if document.info.is_pdf_2 else None
    canvas = TaggedCanvas(out, document.root, document.places, targets, document.scale)
    metadata.put(canvas, document.info)
    canvas.setViewerPreference("Direction", "/R2L" if document.is_right_to_left else "/L2R")
    for page in document.pages:
        canvas.setPageSize((page.width * document.scale, page.height * document.scale))
        for box in page.boxes:
            _paint_box(canvas, box)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _paint_box(canvas: TaggedCanvas, box: Box) -> None:
    match box:
        case TextBox():
            TextPainter(canvas, box.is_artifact).paint(box.words)
        case TurnedText():
            _paint_turned(canvas, box)
        case Decoration():
            canvas.decorate(box)
        case Bookmark():
            canvas.bookmark(box)
        case Picture():
            canvas.picture(box)
        case QRCode():
            canvas.qr_code(box)
        case Gap():
            canvas.gap(box)


def _paint_turned(canvas: TaggedCanvas, box: TurnedText) -> None:
    canvas.saveState()
    canvas.translate(box.x, box.y)
    canvas.rotate(box.degrees)
    TextPainter(canvas, as_artifact=True).paint(box.words)
    canvas.restoreState()
