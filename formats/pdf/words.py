"""Every word of a PDF as PDFium gives its pages, line by line, and every remark on them. Pure."""

import io
from collections.abc import Iterator

import pikepdf

from formats.draft import Source, Unreadable, UnreadableFile
from formats.pdf.content import opened, read_page
from formats.pdf.links_and_remarks import remarks


def words(content: bytes) -> Iterator[Source]:
    """Raises UnreadableFile."""
    with opened(content) as document:
        for number in range(len(document)):
            line: list[str] = []
            for word in read_page(document, number, drawings=False).words:
                if word.line_break and line:
                    yield Source(" ".join("".join(line).split()), f"page {number + 1}")
                    line = []
                line.append(f" {word.text}" if word.space else word.text)
            if line:
                yield Source(" ".join("".join(line).split()), f"page {number + 1}")
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
