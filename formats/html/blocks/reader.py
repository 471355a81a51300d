"""Reads the nodes of an HTML file in order into blocks: what a line is, and where a block begins. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from editions.document.model import Block, Paragraph, Runs
from formats.addresses import mended
from formats.draft import Doubt, NoteKind, Reason
from formats.html.blocks.texts import lines_of, parted
from formats.html.comments import RemarkBody
from formats.html.left_out import things_in
from formats.html.styles import style_in
from formats.html.tree import FINDING, LEFT_OUT, NOTE, PAGE, REMARK, TEXT, Node
from formats.web.dates import moment
from formats.web.drafting import Drafting
from formats.web.runs import BREAK, Piece, Style, joined_lines, runs_of


@dataclass(slots=True)
class BlockReader:
    """Reads nodes in order. `out` takes blocks, `line` the pieces of the paragraph that is open.

    read_element: what reads an element that is no tracked change; it asks this reader back for what stands in it.
    """

    read_element: "Callable[[BlockReader, Node, Style], None]"
    drafting: Drafting
    note_keys: dict[str, str]
    remarks: list[RemarkBody]
    base: str = ""
    says_remarks: bool = False  # comments of the file are a reviewer's, as LibreOffice writes them
    title: str = ""
    subtitle: str = ""
    captions: set[str] = field(default_factory=set)
    out: list[Block] = field(default_factory=list)
    line: list[Piece] = field(default_factory=list)
    line_key: str = ""
    marked: set[str] = field(default_factory=set)  # keys of the notes whose mark stands in the text
    lines_apart: bool = True  # two line breaks end a paragraph

    def read(self, body: Node, style: Style) -> list[Block]:
        self.visit(body.children, style)
        self.end_line()
        return self.out

    # What a node is.

    def visit(self, nodes: Iterable[Node], style: Style) -> None:
        for node in nodes:
            if node.tag == TEXT:
                self.say(node.text, style)
            elif node.tag.startswith("#"):
                self.sign(node, style)
            elif node.tag == "br":
                self.say(BREAK, style)
            else:
                self.element(node, style)

    def element(self, node: Node, style: Style) -> None:
        own = style_in(node, style)
        if node.tag in ("del", "ins") and self.change(node, own):
            return
        self.read_element(self, node, own)

    def sign(self, node: Node, style: Style) -> None:
        if node.tag == NOTE:
            if key := self.note_keys.get(node.text):
                self.open_line()
                self.line.append(Piece("", style, note=key))
                self.marked.add(key)
        elif node.tag == REMARK:
            number = int(node.text) - 1
            if 0 <= number < len(self.remarks):
                remark = self.remarks[number]
                self.drafting.review(NoteKind.COMMENT, remark.text, remark.author, remark.at, self.here())
        elif node.tag == LEFT_OUT and node.reason is not None:
            if node.holds_blocks:
                self.end_line()
            self.drafting.leave_out(node.reason, node.text, node.attributes.get("place", ""), self.here())
            self.drafting.told_things.update(node.things or ())
            if node.reason == Reason.COMMENT and self.says_remarks and self.line and not node.attributes:
                self.drafting.review(NoteKind.COMMENT, node.text, key=self.here())

        elif node.tag == PAGE:
            self.drafting.pages.append(self.drafting.upcoming() if self.line else self.here())
        elif node.tag == FINDING:
            self.drafting.find(Doubt(node.attributes["doubt"]), node.text, self.here())

    def change(self, node: Node, style: Style) -> bool:
        """A tracked change; whether it is done with."""
        author = unquote(re.sub(r"^mailto:", "", node.attributes.get("cite", "")))
        author = "" if re.match(r"https?://|#|/", author) else author
        author = author or node.attributes.get("data-author", "") or node.attributes.get("author", "")
        at = moment(node.attributes.get("datetime", ""))
        text = node.words(left_out=False)
        deleted = node.tag == "del"
        if deleted:
            self.drafting.leave_out(Reason.DELETION, node.words(), "", self.here())
            self.drafting.told_things.update(things_in(node))
        if not node.holds_blocks and not self.line and not deleted:
            self.open_line()
        self.drafting.review(NoteKind.DELETION if deleted else NoteKind.INSERTION, text, author, at, self.here())
        return deleted

    # A line of text.

    def here(self) -> str:
        return self.drafting.holder or self.line_key or self.drafting.here()

    def open_line(self) -> None:
        if not self.line_key:
            self.line_key = self.drafting.new_key()

    def say(self, text: str, style: Style) -> None:
        if not self.line and not style.kept_space and not text.strip(f" \t\r\n\f{BREAK}"):
            return
        self.open_line()
        self.line.append(Piece(text, style))

    def end_line(self) -> None:
        pieces, key = self.line, self.line_key
        self.line, self.line_key = [], ""
        if not pieces:
            return
        for number, part in enumerate(parted(pieces) if self.lines_apart else [pieces]):
            if runs := runs_of(part):
                self.out.append(Paragraph(key if not number else self.drafting.new_key(), runs))

    def linked(self, node: Node, style: Style) -> Style:
        if node.tag != "a" or not (href := node.attributes.get("href", "")):
            return style
        address = mended(href, self.base)
        if address.doubt is not None:
            self.drafting.find(address.doubt, href, self.here())
        return replace(style, href=address.href)

    @contextmanager
    def apart(self, holder: str = "") -> Iterator[list[Block]]:
        """Blocks read in here come into the list it gives. holder: key that takes what is noted meanwhile."""
        before = (self.out, self.line, self.line_key, self.drafting.holder, self.lines_apart)
        self.out, self.line, self.line_key = [], [], ""
        self.drafting.holder, self.lines_apart = holder or before[3], before[4] and not holder
        try:
            yield self.out
            self.end_line()
        finally:
            self.out, self.line, self.line_key, self.drafting.holder, self.lines_apart = before

    def within(self, nodes: Iterable[Node], style: Style, holder: str = "") -> list[Block]:
        with self.apart(holder) as found:
            self.visit(nodes, style)
        return found

    def as_line(self, nodes: Iterable[Node], style: Style, holder: str) -> tuple[Runs, list[Block]]:
        """Blocks as one text with line breaks, and what can be no text and stands after it."""
        lines: list[Runs] = []
        after: list[Block] = []
        for block in self.within(nodes, style, holder):
            texts, kept = lines_of(block)
            lines.extend(texts)
            after.extend(kept)
        return joined_lines(lines), after

    # Blocks.

    # Lists.

    # Tables and figures.
