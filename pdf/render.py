"""A print job to a PDF, in two steps: compose its boxes, then paint them.

Pure: no database, clock, network or file but the fonts; the same job gives the same bytes.
"""

import gc
from dataclasses import dataclass

from pdf.composition.brief import compose_brief
from pdf.composition.edition import compose
from pdf.composition.redline import RedlineJob, compose_redline
from pdf.composition.yearbook import VolumeJob, compose_volume
from pdf.painting.attachment_and_compression import finished
from pdf.painting.painter import paint
from pdf.placed_document import PlacedDocument
from pdf.print_job import PrintJob

LONG = 30  # pages; up to as many, to look for garbage takes longer than it saves


@dataclass(frozen=True, slots=True)
class Rendered:
    """replaced: characters drawn as a box, since no typeface has them."""

    content: bytes
    pages: int
    replaced: tuple[str, ...]


def render(job: PrintJob) -> Rendered:
    """Print one edition."""
    return _painted(compose(job))


def render_brief(job: PrintJob) -> Rendered:
    """Print the one-page brief of an edition."""
    return _painted(compose_brief(job))


def render_redline(asked: RedlineJob) -> Rendered:
    """Print two editions as one text with marked changes."""
    return _painted(compose_redline(asked))


def render_volume(volume: VolumeJob) -> Rendered:
    """Print a yearbook."""
    return _painted(compose_volume(volume))


def _painted(document: PlacedDocument) -> Rendered:
    raw = paint(document)
    pages, replaced, attachment = document.page_count, tuple(document.replaced), document.attachment
    is_pdf_2 = document.info.is_pdf_2
    del document
    if pages > LONG:
        gc.collect()  # layout leaves cycles as large as the file; without them the last step needs no more memory
    return Rendered(finished(raw, attachment, is_pdf_2=is_pdf_2), pages, replaced)
