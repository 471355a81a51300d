"""Every word of a PDF as PDFium gives its pages, line by line, every remark on them, their links and pictures. Pure."""

import io
from collections.abc import Iterator

import pikepdf

from formats.draft import Source, Thing, Unreadable, UnreadableFile
from formats.pdf.page.annotations import address_of, annotations, fields, remarks
from formats.pdf.page.content import opened, read_page
from formats.pdf.page.drawings import count_pictures
from formats.pdf.page.model import Word
from formats.pdf.text_nodes import joined_text, mark_raised
from formats.web.joining import Vocabulary


def words(content: bytes) -> Iterator[Source]:
    """Raises UnreadableFile."""
    with opened(content) as document:
        pages = [read_page(document, number, drawings=False).words for number in range(len(document))]
        vocabulary = Vocabulary(map(joined_text, pages))
        for number, found in enumerate(pages):
            for line in _lines(found, vocabulary):
                yield Source(line, f"page {number + 1}")
            for _ in range(count_pictures(document, number)):
                yield Source("", f"page {number + 1}", Thing.PICTURE)
        count = len(document)
    try:
        with pikepdf.open(io.BytesIO(content)) as file:
            for number in range(min(count, len(file.pages))):
                yield from _links(file, number)
                for text, _box in fields(file, number):
                    yield Source(text, f"form on page {number + 1}")
                for remark in remarks(file, number):
                    yield Source(remark.text, f"remarks on page {number + 1}")
    except pikepdf.PasswordError as error:
        raise UnreadableFile(Unreadable.LOCKED) from error
    except pikepdf.PdfError:
        return


def _lines(found: list[Word], vocabulary: Vocabulary) -> Iterator[str]:
    mark_raised(found)
    line: list[str] = []
    for word in found:
        if word.line_break and line and vocabulary.number_joined(line[-1], word.text):
            line.append(word.text)
            continue
        if word.line_break and line:
            yield " ".join("".join(line).split())
            line = []
        apart = word.space or word.raised  # the mark of a note stands close to the word before it
        line.append(f" {word.text}" if apart else word.text)
    if line:
        yield " ".join("".join(line).split())


def _links(file: pikepdf.Pdf, number: int) -> Iterator[Source]:
    """One for each stretch of annotations that leads to the same address: a link over two lines has two."""
    before = ""
    for one in annotations(file, number):
        href = address_of(one)
        if href and href != before:
            yield Source(href, f"page {number + 1}", Thing.LINK)
        before = href
