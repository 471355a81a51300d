"""The blocks of a document as paragraphs, lists, tables and pictures of Word. Pure."""

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from docx.document import Document as File
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.oxml.shape import CT_Inline
from docx.shared import Emu

from core.languages.direction import direction_of
from editions.comparison.alignment import PieceKind
from editions.document.caption_numbers import CaptionNumber, caption_numbers
from editions.document.model import (
    Block,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Row,
    Run,
    Runs,
    Section,
    Table,
)  # fmt: skip
from editions.document.passages import Passage, plain
from formats.cover import Cover, Labels, PictureOf
from formats.docx.package import R, W
from formats.docx_writing import styles
from formats.docx_writing.elements import add, root
from formats.docx_writing.inline import Inline
from formats.docx_writing.numbering import Lists, Numbered, list_style
from formats.office.archive import Element
from formats.office.bookmarks import bookmark_of
from formats.redline import ChangedRun, change_of
from formats.xml_text import one_line

EMU_A_PIXEL = 9525  # at 96 pixels an inch
WIDEST, HIGHEST = 5_760_000, 7_560_000  # EMU: 16 and 21 cm
NAMES = {"w": W.strip("{}"), "r": R.strip("{}")}
_SPACES = re.compile(r"\s+")
FIRST_NOTE = 1  # 0 and -1 are the lines above the notes


@dataclass(slots=True)
class Body:
    """passages: by key. changes: keys of passages and sections that only one of two editions has. root: a body without
    properties, which `placed` puts into the file. Notes wait in `inline.marked`.

    The root is a tree of its own because python-docx looks up a class for each element of its trees, which costs more
    than all the rest.
    """

    file: File
    document: Document
    cover: Cover
    picture_of: PictureOf
    passages: Mapping[str, Passage]
    inline: Inline
    lists: Lists
    labels: Labels
    changes: Mapping[str, PieceKind] = field(default_factory=dict)
    _bookmarks: int = 0
    _named: set[str] = field(default_factory=set)
    _pictures: int = 0
    caption_numbers: Mapping[str, CaptionNumber] = field(init=False)
    root: Element = field(default_factory=lambda: root("body", NAMES))
    _last: Element | None = None

    def __post_init__(self) -> None:
        self.caption_numbers = caption_numbers(self.document, self._is_removed)

    def _is_removed(self, key: str) -> bool:
        return self.changes.get(key) == PieceKind.DELETED

    def write(self, title: Runs = (), subtitle: Runs = ()) -> None:
        """title, subtitle: with their changes, where there are any."""
        self._title("Title", title or (Run(self.document.title),))
        self._title("Subtitle", subtitle or (Run(self.document.subtitle),))
        self._blocks(self.document.blocks)
        if self.changes or (self._last is not None and self._last.tag == f"{W}tbl"):
            self._paragraph("", "")  # Word calls a file broken that ends in a table

    def placed(self) -> None:
        """Puts what was written before the last properties of the file's body."""
        body = self.file.element.body
        properties = body.sectPr
        body.extend(list(self.root))
        if properties is not None:
            body.append(properties)

    def _title(self, style: str, runs: Runs) -> None:
        if plain(runs):
            paragraph = self._paragraph(style, self.document.language)
            runs = tuple(replace(run, text=_SPACES.sub(" ", run.text)) for run in runs)
            self.inline.write(paragraph, runs, self.document.language)
            whole = {change_of(run) for run in runs if run.text.strip()}
            if len(whole) == 1:
                self.inline.tracking.mark_paragraph(paragraph, whole.pop())

    def _blocks(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            match block:
                case Heading():
                    self._heading(block.key, block.runs)
                case Paragraph():
                    self.passage(self._paragraph("", self._language(block.key)), block.key, block.runs)
                case ListBlock():
                    self._items(block.items, block.ordered, 0)
                case Table():
                    self._table(block)
                case Figure():
                    self._figure(block)
                case Quote():
                    self._quote(block)
                case Section():
                    self._section(block)

    def _language(self, key: str) -> str:
        found = self.passages.get(key)
        return found.language if found else self.document.language

    def _paragraph(self, style: str, language: str, parent: Element | None = None) -> Element:
        if parent is None:
            made = self._last = add(self.root, "p")
        else:
            made = add(parent, "p")
        look = add(made, "pPr")
        if style:
            add(look, "pStyle", style)
        if direction_of(language or self.document.language) == "rtl":
            add(look, "bidi")
        if not len(look):
            made.remove(look)
        return made

    def passage(self, paragraph: Element, key: str, runs: Runs, before: str = "") -> None:
        """The text of one passage with its number before it, inside its bookmark. before: a label in words, which is
        part of what is read back; the number of a caption is not."""
        with self._changed(key, paragraph):
            self._begin(paragraph, key)
            if label := self.cover.caption_label(self.caption_numbers.get(key)):
                self.inline.words(paragraph, label, styles.CAPTION_NUMBER)
            if before:
                self.inline.words(paragraph, before)
            self.inline.write(paragraph, runs, self._language(key))
            self._end(paragraph)

    @contextmanager
    def _changed(self, key: str, paragraph: Element) -> Iterator[PieceKind]:
        """What is written meanwhile is of one edition only, if the passage or section is. Cells and notes have a
        paragraph whatever becomes of it."""
        change = self.inline.change = self.changes.get(key, PieceKind.EQUAL)
        yield change
        if paragraph.getparent() is self.root:
            self.inline.tracking.mark_paragraph(paragraph, change)
        self.inline.change = PieceKind.EQUAL

    def _begin(self, paragraph: Element, key: str) -> None:
        name = bookmark_of(key)
        if key and name not in self._named:
            self._named.add(name)
            add(paragraph, "bookmarkStart", id=str(self._bookmarks), name=name)
        found = self.passages.get(key)
        if found is not None and found.number:
            self.inline.words(paragraph, f"¶ {found.number} ", styles.NUMBER)

    def _end(self, paragraph: Element) -> None:
        start = next(paragraph.iterchildren(f"{W}bookmarkStart"), None)
        if start is not None:
            add(paragraph, "bookmarkEnd", id=str(self._bookmarks))
            self._bookmarks += 1

    def _heading(self, key: str, runs: Runs) -> None:
        found = self.passages.get(key)
        paragraph = self._paragraph(f"Heading{found.level if found else 1}", self._language(key))
        self.passage(paragraph, key, runs)

    def _quote(self, quote: Quote) -> None:
        runs = quote.runs
        if plain(quote.attribution):
            dash = ChangedRun("\n— ", change=self.changes.get(quote.key, PieceKind.EQUAL))
            own = self.document.language  # the words quoted may be in another
            runs = (*runs, dash, *(replace(run, language=run.language or own) for run in quote.attribution))
        self.passage(self._paragraph("Quote", self._language(quote.key)), quote.key, runs)

    def _section(self, section: Section) -> None:
        if label := self.labels.next(section):
            paragraph = self._paragraph(styles.LABEL, self.document.language)
            with self._changed(section.key, paragraph):
                self.inline.words(paragraph, label)
        if plain(section.title):
            self._heading(section.key, section.title)
        for detail in section.details:
            paragraph = self._paragraph("", self._language(detail.key))
            self.passage(paragraph, detail.key, detail.runs, f"{self.cover.detail(detail.name)}: ")
        self._blocks(section.blocks)

    def _items(self, items: tuple[Item, ...], ordered: bool, level: int = 0, outer: Numbered | None = None) -> None:
        if not items:
            return
        if outer is None:
            own = self.lists.begin(items, ordered=ordered)
        else:
            own = self.lists.nested(outer, ordered=ordered, level=level)
        for item in items:
            paragraph = self._paragraph(list_style(ordered, level), self._language(item.key))
            look = paragraph.find(f"{W}pPr")
            numbers = add(look, "numPr")
            look.insert(1, numbers)  # behind the style, before the direction
            add(numbers, "ilvl", str(min(level, 8)))
            add(numbers, "numId", own.number)
            self.passage(paragraph, item.key, item.runs)
            self._items(item.items, item.ordered, level + 1, own)

    # Tables

    def _table(self, table: Table) -> None:
        if plain(table.caption):
            self.passage(self._paragraph(styles.TABLE_CAPTION, self._language(table.key)), table.key, table.caption)
        elif self.changes or (self._last is not None and self._last.tag == f"{W}tbl"):
            self._paragraph("", "")  # else the two would be one, or become one where what is between them goes
        width = max((len(row.cells) for row in table.rows), default=0)
        if not width:
            return
        made = self._last = add(self.root, "tbl")
        heads = min(table.header_rows, len(table.rows) - 1)
        properties = add(made, "tblPr")
        add(properties, "tblStyle", styles.TABLE)
        if self.document.direction == "rtl":
            add(properties, "bidiVisual")
        add(properties, "tblW", w="5000", type="pct")
        bits = 0x0600 | (0x20 if heads > 0 else 0) | (0x80 if table.header_column else 0)  # as older programs read it
        add(
            properties, "tblLook", f"{bits:04X}", firstRow=str(int(heads > 0)), lastRow="0",
            firstColumn=str(int(table.header_column)), lastColumn="0", noHBand="1", noVBand="1",
        )  # fmt: skip
        columns = add(made, "tblGrid")
        for _ in range(width):
            add(columns, "gridCol", w=str(9000 // width))
        for place, row in enumerate(table.rows):
            self._row(made, row, width, is_head=place < heads)

    def _row(self, table: Element, row: Row, width: int, *, is_head: bool) -> None:
        made = add(table, "tr")
        properties = add(made, "trPr")
        add(properties, "cantSplit")
        if is_head:
            add(properties, "tblHeader")
        self.inline.tracking.mark_row(properties, self.changes.get(row.key, PieceKind.EQUAL))
        for place in range(width):
            cell = add(made, "tc")
            add(add(cell, "tcPr"), "tcW", w="0", type="auto")
            runs = row.cells[place] if place < len(row.cells) else ()
            paragraph = self._paragraph("", self._language(row.key), cell)
            if place == 0:
                self.passage(paragraph, row.key, runs)
            else:
                self.inline.write(paragraph, runs, self._language(row.key))

    # Pictures

    def _figure(self, figure: Figure) -> None:
        """A picture with its description, and its caption below. What Word cannot show is told by its description."""
        paragraph = self._paragraph("", self.document.language)
        with self._changed(figure.key, paragraph) as change:
            if not self._picture(paragraph, figure, change):
                self.inline.words(paragraph, f"[{figure.alt}]" if figure.alt else "[–]")
        caption = paragraph
        if plain(figure.caption):
            caption = self._paragraph(styles.IMAGE_CAPTION, self._language(figure.key))
        self.passage(caption, figure.key, figure.caption)

    def _picture(self, paragraph: Element, figure: Figure, change: PieceKind) -> bool:
        content = self.picture_of(figure)
        if not content:
            return False
        try:
            relation, image = self.file.part.get_or_add_image(io.BytesIO(content))
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, ZeroDivisionError):
            return False
        self._pictures += 1
        width = (figure.width or image.px_width) * EMU_A_PIXEL
        height = (figure.height or image.px_height) * EMU_A_PIXEL
        scale = min(1.0, WIDEST / max(width, 1), HIGHEST / max(height, 1))
        inline: Any = CT_Inline.new_pic_inline(
            self._pictures,
            relation,
            f"picture{self._pictures}",
            Emu(max(1, int(width * scale))),
            Emu(max(1, int(height * scale))),
        )
        inline.docPr.set("name", f"Picture {self._pictures}")
        inline.docPr.set("descr", one_line(figure.alt))
        add(add(self.inline.tracking.around(paragraph, change), "r"), "drawing").append(inline)
        return True
