"""What the body of a document is made of when a file is brought in: running text, tables, images, quotations. Pure.

The running text is in the small language of the editor (`bpf_pages.blocks.draftail_features`), so that opening and
saving the page changes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from bpf_pages.conversion.rich_text import NOTE_ATTRIBUTE, safe_address
from bpf_pages.conversion.splitting_long_texts import PART, SPLIT_AT
from editions.document.model import (
    Block,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Mark,
    Paragraph,
    Quote,
    Run,
    Runs,
    Section,
    Table,
)

ELEMENTS = {
    Mark.STRONG: "b", Mark.EMPHASIS: "i", Mark.CODE: "code", Mark.SUPERSCRIPT: "sup", Mark.SUBSCRIPT: "sub",
    Mark.DELETED: "s",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """starts: where each block of the text begins in its HTML."""

    html: str
    starts: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Quotation:
    html: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """source: name of the picture in the draft. caption: rich text of one line."""

    source: str
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """headings: plain text, one a column. rows: rich text of the cells, each row as long as the headings."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_heads: bool = False


Part = Text | Quotation | Picture | Grid


@dataclass(frozen=True, slots=True)
class Body:
    """Every word of a document, in its order. places: from the key of a block to the number of its part, from 0, and
    where it begins in the HTML of a text."""

    parts: tuple[Part, ...]
    places: Mapping[str, tuple[int, int]]


def body_of(document: Document) -> Body:
    writer = _Writer({note.key: note.runs for note in document.notes})
    writer.blocks(document.blocks)
    writer.end_text()
    return Body(tuple(writer.parts), writer.places)


@dataclass
class _Writer:
    """notes: the words of each footnote by its key. html: the blocks of the running text since the last part, starts:
    where each begins, length: the letters of all."""

    notes: Mapping[str, Runs]
    parts: list[Part] = field(default_factory=list)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    html: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    length: int = 0

    def blocks(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        match block:
            case Heading(_, level, runs):
                self.say(f"h{min(level + 1, 6)}", runs, at=SPLIT_AT)
            case Paragraph(_, runs):
                self.say("p", runs, at=PART)
            case ListBlock(_, ordered, items):
                self.add_text(self.list(items, ordered), at=PART)
                self.places |= dict.fromkeys(_keys(items), self.here())
            case Table():
                self.add(self.grid(block))
            case Figure(_, source, alt, caption):
                self.add(Picture(source, alt, self.inline(caption)))
            case Quote(_, runs, attribution):
                lines = self.inline(runs).split("<br/>")
                quoted = "".join(f"<p>{line}</p>" for line in lines if line.strip())
                self.add(Quotation(quoted, _plain(attribution)))
            case Section():
                self.section(block)
        self.places[block.key] = self.here()

    def here(self) -> tuple[int, int]:
        """Where the last block begins: a text is a part only once it ends, what stands by itself is one already."""
        return (len(self.parts), self.starts[-1]) if self.html else (len(self.parts) - 1, 0)

    def section(self, section: Section) -> None:
        """Readers of foreign files make none; one from our own JSON keeps its words."""
        self.say("h2", section.title, at=SPLIT_AT)
        for detail in section.details:
            self.say("p", detail.runs, at=PART)
        self.blocks(section.blocks)

    def say(self, element: str, runs: Runs, *, at: int) -> None:
        if words := self.inline(runs):
            self.add_text(f"<{element}>{words}</{element}>", at=at)

    def add_text(self, html: str, *, at: int) -> None:
        if self.length > at:
            self.end_text()
        self.starts.append(self.length)
        self.html.append(html)
        self.length += len(html)

    def add(self, part: Part) -> None:
        self.end_text()
        self.parts.append(part)

    def end_text(self) -> None:
        if self.html:
            self.parts.append(Text("".join(self.html), tuple(self.starts)))
        self.html, self.starts, self.length = [], [], 0

    def list(self, items: tuple[Item, ...], ordered: bool) -> str:
        kind = "ol" if ordered else "ul"
        inner = (
            f"<li>{self.inline(item.runs)}{self.list(item.items, item.ordered) if item.items else ''}</li>"
            for item in items
        )
        return f"<{kind}>{''.join(inner)}</{kind}>"

    def grid(self, table: Table) -> Grid:
        """Rows of one width. Several head rows become one, as the editor has one."""
        heads, rows = table.rows[: table.header_rows], table.rows[table.header_rows :]
        width = max((len(row.cells) for row in table.rows), default=0)
        columns = [[_plain(row.cells[place]) for row in heads if place < len(row.cells)] for place in range(width)]
        headings = tuple(" / ".join(dict.fromkeys(filter(None, column))) for column in columns)
        filled = (
            tuple(self.cell(row.cells[place]) if place < len(row.cells) else "" for place in range(width))
            for row in rows
        )
        return Grid(self.inline(table.caption), headings, tuple(filled), table.header_column)

    def cell(self, runs: Runs) -> str:
        words = self.inline(runs)
        return f"<p>{words}</p>" if words else ""

    def inline(self, runs: Runs) -> str:
        return "".join(self.run(run) for run in runs).strip()

    def run(self, run: Run) -> str:
        if run.note:
            words = self.inline(self.notes.get(run.note, ()))
            return f'<span {NOTE_ATTRIBUTE}="">{words}</span>' if words else ""
        html = escape(run.text, quote=False).replace("\n", "<br/>")
        if not html.strip():
            return html
        for mark in sorted(run.marks):
            html = f"<{ELEMENTS[mark]}>{html}</{ELEMENTS[mark]}>"
        if run.language:
            html = f'<span lang="{escape(run.language)}">{html}</span>'
        address = safe_address(run.href)
        return f'<a href="{escape(address)}">{html}</a>' if address and not address.startswith("#") else html


def _plain(runs: Runs) -> str:
    return " ".join("".join(run.text for run in runs).split())


def _keys(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        yield item.key
        yield from _keys(item.items)
