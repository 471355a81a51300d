"""HTML into the parts of a body: running text, tables, images, quotations. Pure, and total: no word is lost.

The running text comes out in the small language of the editor (`bpf_pages.blocks.draftail_features`), so that
opening and saving the page changes nothing.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape

from bs4 import BeautifulSoup, NavigableString, Tag

from bpf_pages.conversion.rich_text import BREAKS, HEADINGS, UNSAID
from bpf_pages.importing.headings_and_footnotes import footnotes, heading_levels, title_of
from bpf_pages.importing.inline_html import (
    LIST_ITEMS,
    Notes,
    element_html,
    escaped,
    inline_html,
    is_said,
    letters,
    plain_words,
    trimmed,
)

SPLIT_AT = 8_000  # characters of a text after which a heading begins a new block: the editor stays quick
_QUOTED = ["p", "li", "div", *HEADINGS]
_DATA = re.compile(r"data:(image/(?:png|jpeg|gif|webp));base64,", re.IGNORECASE)


class Doubt(StrEnum):
    """What a person should look at after an import. The words for people are in `services.DOUBTS`."""

    HEADINGS_FROM_FIRST_ROW = "first row as headings"
    MERGED_CELLS = "merged cells"
    PICTURE_NOT_FETCHED = "picture not fetched"
    PICTURE_UNREADABLE = "picture unreadable"
    PICTURE_WITHOUT_ALT = "picture without description"


@dataclass(frozen=True, slots=True)
class Text:
    html: str


@dataclass(frozen=True, slots=True)
class Quotation:
    html: str


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Grid:
    """headings: plain text, one a column. rows: rich text of the cells, each row as long as the headings."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = Text | Quotation | Picture | Grid


@dataclass(frozen=True, slots=True)
class Body:
    """title: the words of a first heading that stands alone on its level, "" if there is none."""

    title: str
    parts: tuple[Part, ...]
    doubts: tuple[tuple[Doubt, str], ...]


def parts_of(html: str) -> Body:
    """Raises RecursionError if elements stand inside each other some hundreds deep, as no office program writes."""
    soup = BeautifulSoup(html, "html.parser")
    notes = footnotes(soup)
    title = title_of(soup)
    walk = _Walk(notes, heading_levels(soup))
    walk.visit(soup)
    walk.end_text()
    return Body(title, tuple(walk.parts), tuple(walk.doubts))


@dataclass
class _Walk:
    """Goes through the soup in reading order. html: the running text since the last part. line: its end."""

    notes: Notes
    levels: dict[str, str]
    parts: list[Part] = field(default_factory=list)
    doubts: list[tuple[Doubt, str]] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)

    def visit(self, node: Tag) -> None:
        for child in list(node.children):
            if isinstance(child, NavigableString):
                if is_said(child):
                    self.line.append(escaped(child))
            elif isinstance(child, Tag) and child.name not in UNSAID:
                self.tag(child)

    def tag(self, tag: Tag) -> None:
        if tag.name in HEADINGS:
            self.heading(tag)
        elif tag.name in ("ul", "ol", "dl"):
            self.end_line()
            self.html.append(self.list(tag))
            self.hoisted(tag)
        elif tag.name == "table":
            self.add(self.grid(tag))
            self.hoisted(tag)
        elif tag.name == "img":
            self.picture(tag)
        elif tag.name == "blockquote":
            self.quotation(tag)
        elif tag.name in BREAKS or tag.name in LIST_ITEMS or tag.find([*BREAKS, *HEADINGS, "img", "ul", "ol"]):
            self.paragraph(tag)
        else:
            self.line.append(element_html(tag, self.notes))

    def paragraph(self, tag: Tag) -> None:
        """A block of its own, or a wrapper around blocks. An inline element around blocks gives up its marks."""
        breaks = tag.name in BREAKS or tag.name in LIST_ITEMS
        if breaks:
            self.end_line()
        self.visit(tag)
        if breaks:
            self.end_line()

    def heading(self, tag: Tag) -> None:
        self.end_line()
        if sum(map(len, self.html)) > SPLIT_AT:
            self.end_text()
        if words := inline_html(tag, self.notes):
            level = self.levels[tag.name]
            self.html.append(f"<{level}>{words}</{level}>")
        self.hoisted(tag)

    def quotation(self, tag: Tag) -> None:
        blocks = [block for block in tag.find_all(_QUOTED) if not block.find(_QUOTED)]
        whole = letters(tag) == "".join(map(letters, blocks))
        lines = [inline_html(block, self.notes) for block in (blocks if whole else [tag])]
        self.add(Quotation("".join(f"<p>{line}</p>" for line in lines if line)))
        self.hoisted(tag)

    def list(self, tag: Tag) -> str:
        kind = "ol" if tag.name == "ol" else "ul"
        items: list[str] = []
        loose: list[str] = []
        for child in tag.children:
            if isinstance(child, NavigableString):
                loose.append(escaped(child) if is_said(child) else "")
            elif not isinstance(child, Tag):
                continue
            elif child.name in ("ul", "ol", "dl"):
                items.append(f"<li>{self.list(child)}</li>")
            elif child.name in LIST_ITEMS:
                items.append(self.item(child))
            elif child.name not in UNSAID:
                loose.append(element_html(child, self.notes))
        if words := trimmed("".join(loose)):
            items.insert(0, f"<li>{words}</li>")
        return f"<{kind}>{''.join(items)}</{kind}>" if items else ""

    def item(self, tag: Tag) -> str:
        inner = [child for child in tag.find_all(["ul", "ol", "dl"]) if _nearest_item(child) is tag]
        lists = [self.list(child) for child in inner]
        for child in inner:
            child.extract()
        words = inline_html(tag, self.notes)
        for child in inner:
            tag.append(child)
        return f"<li>{words}{''.join(lists)}</li>" if words or any(lists) else ""

    def hoisted(self, tag: Tag) -> None:
        """Images inside an element that can hold none stand after it."""
        for image in tag.find_all("img"):
            self.picture(image)

    def picture(self, tag: Tag) -> None:
        alt = " ".join(str(tag.get("alt") or "").split())
        source = str(tag.get("src") or "")
        data = _DATA.match(source)
        if not data:
            self.doubts.append((Doubt.PICTURE_NOT_FETCHED, source[:200]))
            if alt:
                self.end_line()
                self.html.append(f"<p>{escape(alt, quote=False)}</p>")
            return
        try:
            content = base64.b64decode(source[data.end() :], validate=True)
        except binascii.Error:
            self.doubts.append((Doubt.PICTURE_UNREADABLE, alt))
            return
        if not alt:
            self.doubts.append((Doubt.PICTURE_WITHOUT_ALT, ""))
        self.add(Picture(content, alt))

    def grid(self, table: Tag) -> Grid:
        rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
        caption = trimmed(" ".join(filter(None, (*self.captions(table), *_strays(table, rows)))))
        if not rows:
            return Grid(caption, (), ())
        if not _is_head(rows[0]):
            self.doubts.append((Doubt.HEADINGS_FROM_FIRST_ROW, rows[0].get_text(" ", strip=True)[:80]))
        heads = list(_spread(rows[0]))
        cells = [list(self.cells(row)) for row in rows[1:]]
        width = max(len(heads), *map(len, cells)) if cells else len(heads)
        filled = [[*row, *[""] * (width - len(row))] for row in [heads, *cells]]
        return Grid(caption, tuple(filled[0]), tuple(map(tuple, filled[1:])))

    def captions(self, table: Tag) -> Iterator[str]:
        yield from (
            inline_html(each, self.notes) for each in table.find_all("caption") if each.find_parent("table") is table
        )

    def cells(self, row: Tag) -> Iterator[str]:
        """Rich text a cell. A merged cell gives its words to its first place."""
        for cell in _cells(row):
            span = _span(cell)
            if span > 1 or str(cell.get("rowspan") or "1") != "1":
                self.doubts.append((Doubt.MERGED_CELLS, cell.get_text(" ", strip=True)[:80]))
            words = inline_html(cell, self.notes)
            yield f"<p>{words}</p>" if words else ""
            yield from [""] * (span - 1)

    def add(self, part: Part) -> None:
        self.end_text()
        if part not in (Quotation(""), Grid("", (), ())):
            self.parts.append(part)

    def end_line(self) -> None:
        if words := trimmed("".join(self.line)):
            self.html.append(f"<p>{words}</p>")
        self.line.clear()

    def end_text(self) -> None:
        self.end_line()
        if text := "".join(self.html):
            self.parts.append(Text(text))
        self.html.clear()


def _is_head(row: Tag) -> bool:
    return row.find_parent("thead") is not None or not row.find("td")


def _strays(table: Tag, rows: list[Tag]) -> Iterator[str]:
    """Words that stand in a table but in no cell of a row and in no caption. Escaped."""
    kept = {id(cell) for row in rows for cell in _cells(row)}
    kept |= {id(each) for each in table.find_all("caption") if each.find_parent("table") is table}
    for text in table.find_all(string=True):
        if is_said(text) and text.strip() and not any(id(parent) in kept for parent in text.parents):
            yield escaped(text)


def _cells(row: Tag) -> list[Tag]:
    return list(row.find_all(["td", "th"], recursive=False))


def _spread(row: Tag) -> Iterator[str]:
    for cell in _cells(row):
        yield plain_words(cell)
        yield from [""] * (_span(cell) - 1)


def _span(cell: Tag) -> int:
    """Columns of a cell, at most 50: a larger number is a mistake or malice, and the words lose nothing by it."""
    given = str(cell.get("colspan") or "1")
    return min(int(given), 50) if given.isascii() and given.isdigit() and int(given) else 1


def _nearest_item(tag: Tag) -> Tag | None:
    return tag.find_parent(list(LIST_ITEMS))
