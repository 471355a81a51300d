"""A PDF into a draft: by its tags if nearly all words have one, else by layout. Pure."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pikepdf

from editions.document.model import Block, Heading, text_of_runs
from formats.draft import Doubt, Draft, NoteKind, Reason, Unreadable, UnreadableFile
from formats.html.blocks.elements import block_reader
from formats.html.contents import leave_out_contents, leave_out_heads_of_contents
from formats.html.styles import language_tag
from formats.html.tree import TEXT, Node, mark_blocks
from formats.pdf.note_links import mark_notes
from formats.pdf.notes import take_notes
from formats.pdf.over_pages import put_together
from formats.pdf.page.annotations import (
    Remark,
    fields,
    give_fields,
    give_links,
    pdf_date,
    remarks,
    text_of,
)
from formats.pdf.page.bookmarks import Bookmark, bookmarks
from formats.pdf.page.content import opened, read_page
from formats.pdf.page.model import Page, Word
from formats.pdf.page.spaces import FIRST_WIDE
from formats.pdf.tagged.tags import TagReader, left_over, lines_of
from formats.pdf.tagged.unlabelled import mend
from formats.pdf.text_nodes import PICTURE_PAGE, joined_text, mark_raised
from formats.pdf.untagged.layout import laid_out
from formats.web.drafting import Drafting
from formats.web.joining import Vocabulary
from formats.web.languages import without_language
from formats.web.runs import Style
from formats.web.structure import captions_attached, heads_a_part, levels_without_gaps, titled

TAGGED = 0.7  # the least share of words that tags must name for their tree to be followed
LEAST_TITLE, LEAST_WIDE_TITLE = 3, 8  # words, or signs of Chinese, of a lone heading that is the title
MOST_ATTACHED = 100  # files in a file that are told
SCANNED_BELOW = 12  # letters a page, in a file with pictures
_FILE_NAME = re.compile(
    r"(?:microsoft word|powerpoint)\s*-|\.(?:docx?|odt|pdf|indd|tex|rtf|html?)$|^(?:untitled|document\d*|about:blank)$",
    re.IGNORECASE,
)


def read(content: bytes, name: str) -> Draft:
    """Raises UnreadableFile."""
    with opened(content) as document, _structure(content) as file:
        tagged = file is not None and "/StructTreeRoot" in file.Root
        pages = []
        hidden: list[tuple[int, str]] = []
        for number in range(len(document)):
            page = read_page(document, number, drawings=True)
            if file is not None:
                give_links(file, page)
            hidden += _without_hidden(page)
            pages.append(page)
        if file is not None:
            mark_notes(file, pages)
        letters = sum(len(word.text) for page in pages for word in page.words)
        if letters < SCANNED_BELOW * len(pages) and any(page.images for page in pages):
            raise UnreadableFile(Unreadable.SCANNED)
        drafting = Drafting()
        _tell_fonts(pages, drafting)
        _tell_recognised(pages, drafting)
        vocabulary = Vocabulary(joined_text(page.words) for page in pages)
        running: list[tuple[int, str]] = []
        body = _by_tags(file, pages, vocabulary, running) if tagged and file is not None else None
        if body is None:
            body = _by_layout(file, pages, vocabulary, drafting, bookmarks(document))
        for name in _attached(file) if file is not None else ():
            drafting.find(Doubt.ATTACHMENT, name)
        unplaced = _unplaced(pages, body)
        said = [remark for number in range(len(pages)) for remark in remarks(file, number)] if file is not None else []
        return _finished(body, file, drafting, said, running, hidden, unplaced, len(pages))


@contextmanager
def _structure(content: bytes) -> Iterator[pikepdf.Pdf | None]:
    """What PDFium does not tell: tags, links, remarks. None where the file is too broken for it."""
    try:
        file = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as error:
        raise UnreadableFile(Unreadable.LOCKED) from error
    except (pikepdf.PdfError, ValueError, RuntimeError):
        yield None
        return
    try:
        yield file
    finally:
        file.close()


def _by_tags(
    file: pikepdf.Pdf, pages: list[Page], vocabulary: Vocabulary, running: list[tuple[int, str]]
) -> Node | None:
    """None where the tags name too few of the words. running: takes what no tag names, with its page."""
    reader = TagReader(file, pages, vocabulary)
    for page in pages:
        mark_raised(page.words)
    body = reader.body()
    mend(body)
    total = sum(len(word.text) for page in pages for word in page.words if not word.artifact)
    rest = left_over(pages, reader.used)
    untold = sum(len(word.text) for words in rest.values() for word in words if not word.artifact)
    if total and untold > (1 - TAGGED) * total:
        return None
    for number, words in rest.items():
        running.extend((number, line) for line in lines_of(words))
    body.adopt([_paragraph(text) for page in pages for text, _box in fields(file, page.number)])
    return body


def _attached(file: pikepdf.Pdf) -> list[str]:
    """Names of the files that lie in it."""
    try:
        return sorted(file.attachments)[:MOST_ATTACHED]
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        return []


def _paragraph(text: str) -> Node:
    node = Node("p")
    node.adopt([Node(TEXT, text)])
    return node


def _by_layout(
    file: pikepdf.Pdf | None, pages: list[Page], vocabulary: Vocabulary, drafting: Drafting, marked: list[Bookmark]
) -> Node:
    if file is not None:
        for page in pages:
            give_fields(file, page)
    layout = laid_out(pages, vocabulary, marked)
    if layout.column_pages:
        drafting.find(Doubt.COLUMNS_GUESSED, f"{layout.column_pages}")
    return layout.body


def _unplaced(pages: list[Page], body: Node) -> list[int]:
    """The page of each picture that is in no place of the body: it stands on many pages, or no tag names it."""
    placed = Counter(node.attributes.get(PICTURE_PAGE) for node in body.walk() if node.tag == "img")
    return [page.number for page in pages for _ in range(len(page.images) - placed[str(page.number)])]


def _without_hidden(page: Page) -> list[tuple[int, str]]:
    """Lines of what nobody sees, with the number of the page, which loses them."""
    lines: list[list[Word]] = []
    seen: list[Word] = []
    begins = False
    for place, word in enumerate(page.words):
        begins |= word.line_break
        if not word.hidden:
            word.line_break, begins = begins, False
            word.space |= word.line_break or (place > 0 and page.words[place - 1].hidden)
            seen.append(word)
        elif lines and not word.line_break and page.words[place - 1].hidden:
            lines[-1].append(word)
        else:
            lines.append([word])
    page.words = seen
    return [(page.number, joined_text(line)) for line in lines]


def _tell_recognised(pages: list[Page], drafting: Drafting) -> None:
    if count := sum(page.recognised > 0 for page in pages):
        drafting.find(Doubt.RECOGNISED, str(count))


def _tell_fonts(pages: list[Page], drafting: Drafting) -> None:
    fonts: dict[str, int] = {}
    for page in pages:
        for font, count in page.no_letters.items():
            fonts[font] = fonts.get(font, 0) + count
    for font, count in fonts.items():
        drafting.find(Doubt.FONT_WITHOUT_LETTERS, f"{font} ({count})")


def _finished(
    body: Node,
    file: pikepdf.Pdf | None,
    drafting: Drafting,
    said: list[Remark],
    running: list[tuple[int, str]],
    hidden: list[tuple[int, str]],
    unplaced: list[int],
    pages: int,
) -> Draft:
    put_together(body)
    notes = take_notes(body)
    mark_blocks(body)
    leave_out_contents(body)
    leave_out_heads_of_contents(body)
    language = _language(file)
    title, author, written_at = _about(file)
    keys = {str(number): f"n{number}" for number in range(1, len(notes) + 1)}
    reader = block_reader(drafting, keys, [])
    blocks = reader.read(body, Style(language=language))
    for number, note in enumerate(notes, 1):
        key = drafting.new_key()
        runs, after = reader.as_line(note.children, Style(language=language), key)
        drafting.notes.append((f"n{number}", runs))
        blocks.extend(after)
    while len(drafting.pages) < pages:
        drafting.pages.append(drafting.upcoming())
    for reason, found in ((Reason.RUNNING_HEAD, running), (Reason.HIDDEN, hidden)):
        for page, line in found:
            drafting.leave_out(reason, line, f"page {page + 1}", drafting.pages[page])
    for page in unplaced:
        drafting.find(Doubt.PICTURE_REPEATED, str(page + 1), drafting.pages[page])
    for remark in said:
        key = drafting.pages[remark.page] if remark.page < len(drafting.pages) else drafting.here()
        drafting.leave_out(Reason.COMMENT, remark.text, f"page {remark.page + 1}", key)
        drafting.review(NoteKind.COMMENT, remark.text, remark.author, remark.at, key)
    blocks = captions_attached(blocks, reader.captions)
    if not reader.title:
        named = titled(blocks, title or _lone_title(blocks, drafting), drafting)
        title, blocks = named.title, named.blocks
    draft = drafting.draft(
        reader.title or title, levels_without_gaps(blocks), subtitle=reader.subtitle, language=language, author=author,
        written_at=written_at,
    )  # fmt: skip
    return without_language(draft, language)


def _lone_title(blocks: list[Block], drafting: Drafting) -> str:
    """The words of a first heading, set larger than the text, that is the only one of a file which names no title. Of
    few words it may be that of a part: an introduction."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    if len(headings) != 1 or headings[0] is not blocks[0]:
        return ""
    words = " ".join(text_of_runs(headings[0].runs).split())
    guessed = any(found.doubt == Doubt.HEADING_GUESSED for found in drafting.findings)
    long = len(words.split()) >= LEAST_TITLE or sum(letter >= FIRST_WIDE for letter in words) >= LEAST_WIDE_TITLE
    return words if long and not guessed and not heads_a_part(words) else ""


def _language(file: pikepdf.Pdf | None) -> str:
    return language_tag(text_of(file.Root.get("/Lang"))) if file is not None else ""


def _about(file: pikepdf.Pdf | None) -> tuple[str, str, datetime | None]:
    if file is None:
        return "", "", None
    try:
        info = file.trailer.get("/Info")
        if not isinstance(info, pikepdf.Dictionary):
            return "", "", None
        title = " ".join(text_of(info.get("/Title")).split())
        return (
            "" if _FILE_NAME.search(title) else title,
            " ".join(text_of(info.get("/Author")).split()),
            pdf_date(text_of(info.get("/CreationDate"))),
        )
    except (pikepdf.PdfError, ValueError, TypeError):
        return "", "", None
