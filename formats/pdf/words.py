"""Every word of a PDF as PDFium gives its pages as text, and every remark on them. Pure."""

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2 as pdfium

from formats.draft import Source, Unreadable, UnreadableFile
from formats.pdf.content import opened
from formats.pdf.links_and_remarks import remarks


def words(content: bytes) -> Iterator[Source]:
    """Raises UnreadableFile."""
    with opened(content) as document:
        for number in range(len(document)):
            try:
                page = document[number]
                text = page.get_textpage()
                said = text.get_text_range()
                text.close()
                page.close()
            except pdfium.PdfiumError as error:
                raise UnreadableFile(Unreadable.BROKEN) from error
            for line in said.splitlines():
                if line.strip():
                    yield Source(" ".join(line.split()), f"page {number + 1}")
        count = len(document)
    try:
        with pikepdf.open(io.BytesIO(content)) as file:
            for number in range(min(count, len(file.pages))):
                for remark in remarks(file, number):
                    yield Source(remark.text, f"remarks on page {number + 1}")
    except pikepdf.PasswordError as error:
        raise UnreadableFile(Unreadable.LOCKED) from error
    except pikepdf.PdfError:
        return
