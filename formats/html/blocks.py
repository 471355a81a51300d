"""The tree of an HTML file, tidied by the other modules, into blocks of the neutral document. Pure."""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import unquote, unquote_to_bytes

from editions.document.model import (
    Block,
    Figure,
    Heading,
    Item,
    ListBlock,
    Mark,
    Paragraph,
    Quote,
    Row,
    Run,
    Runs,
    Table,
)
from formats.draft import Doubt, Equation, NoteKind, Picture, Reason
from formats.html import mathematics
from formats.html.lists import roman
from formats.html.notes import RemarkBody
from formats.html.styles import points, style_in
from formats.html.tables import Cell, Grid, grid_of
from formats.html.tree import FINDING, LEFT_OUT, NOTE, PAGE, REMARK, TEXT, Node, is_block
from formats.web.drafting import Drafting
from formats.web.links import link_target
from formats.web.runs import BREAK, Piece, Style, joined_lines, plain, runs_of
from formats.web.structure import heading_runs

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
PICTURE_KINDS = frozenset({"png", "jpeg", "jpg", "gif", "webp"})
TITLE_POINTS = 20  # the least size of type of a title that is only set large
_TITLES = frozenset({"msotitle", "title", "doc-title", "firstheading"})
_SUBTITLES = frozenset({"msosubtitle", "subtitle"})
_CAPTIONS = re.compile(r"msocaption|caption|wp-caption-text|thumbcaption|figure-caption", re.IGNORECASE)
_QUOTES = frozenset({"msoquote", "msointensequote", "quotations", "quote"})
_RUNNING_HEADS = frozenset({"msoheader", "msofooter"})
_CONTENTS = re.compile(r"mso(?:toc\d|tocheading|tof|tableoffigures)|contents-?(?:heading|\d)", re.IGNORECASE)
_DATA = re.compile(r"\s*data:\s*([\w.+-]*/[\w.+-]+)?((?:;[^,;]*)*),", re.IGNORECASE)


@dataclass(slots=True)
class BlockReader:
    """Reads nodes in order. `out` takes blocks, `line` the pieces of the paragraph that is open."""

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
        reader = _ELEMENTS.get(node.tag)
        if reader is not None:
            reader(self, node, own)
        elif is_block(node):
            self.block(node, own)
        else:
            self.visit(node.children, self.linked(node, own))

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
        for number, part in enumerate(_parted(pieces) if self.lines_apart else [pieces]):
            if runs := runs_of(part):
                self.out.append(Paragraph(key if not number else self.drafting.new_key(), runs))

    def linked(self, node: Node, style: Style) -> Style:
        if node.tag != "a" or not (href := node.attributes.get("href", "")):
            return style
        target, doubt = link_target(href, self.base)
        if doubt is not None:
            self.drafting.find(doubt, href, self.here())
        return replace(style, href=target)

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
            texts, kept = _texts(block)
            lines.extend(texts)
            after.extend(kept)
        return joined_lines(lines), after

    # Blocks.

    def block(self, node: Node, style: Style) -> None:
        self.end_line()
        names = {name.lower() for name in node.classes}
        if names & _RUNNING_HEADS or node.css.get("mso-element") in ("header", "footer"):
            self.drafting.leave_out(Reason.RUNNING_HEAD, node.words(), "", self.here())
        elif any(_CONTENTS.fullmatch(name) for name in names):
            self.drafting.leave_out(Reason.CONTENTS_LIST, node.words(), "", self.here())
        elif self._is_heading(node):
            self.heading(node, style)
        elif not node.holds_blocks and names & (_TITLES | _SUBTITLES) and self._head_of_file(node, names, style):
            return
        elif not node.holds_blocks and any(_CAPTIONS.fullmatch(name) for name in names):
            key = self.drafting.new_key()
            text, after = self.as_line(node.children, style, key)
            self.captions.add(key)
            self.out.extend([Paragraph(key, text), *after])
        elif names & _QUOTES and node.tag == "p":
            self._office_quote(node, style)
        else:
            self.visit(node.children, style)
            self.end_line()

    def _is_heading(self, node: Node) -> bool:
        return not node.holds_blocks and (
            node.attributes.get("role") == "heading"
            or (node.css.get("mso-outline-level", "").isdigit() and node.tag == "p")
        )

    def _head_of_file(self, node: Node, names: set[str], style: Style) -> bool:
        """Whether it is the title or subtitle, which stands at the beginning and once."""
        is_title = bool(names & _TITLES)
        if self.out or (self.title if is_title else self.subtitle) or (not is_title and not self.title):
            return False
        text, after = self.as_line(node.children, style, self.drafting.here())
        if not plain(text).strip() or any(run.note for run in text):
            self.out.extend([Paragraph(self.drafting.new_key(), text), *after])
            return True
        if is_title:
            self.title = plain(text)
        else:
            self.subtitle = plain(text)
        self.out.extend(after)
        return True

    def _office_quote(self, node: Node, style: Style) -> None:
        key = self.drafting.new_key()
        text, after = self.as_line(node.children, style, key)
        if all(Mark.EMPHASIS in run.marks for run in text if run.text.strip()):  # Word's own look of a quotation
            text = tuple(replace(run, marks=run.marks - {Mark.EMPHASIS}) for run in text)
        last = self.out[-1] if self.out else None
        if isinstance(last, Quote) and last.key.isdigit() and int(last.key) == int(key) - 1:
            self.out[-1] = replace(last, runs=joined_lines([last.runs, text]))
        elif text:
            self.out.append(Quote(key, text))
        self.out.extend(after)

    def heading(self, node: Node, style: Style) -> None:
        self.end_line()
        names = {name.lower() for name in node.classes} | {node.attributes.get("id", "").lower()}
        if names & _TITLES and not node.holds_blocks and self._head_of_file(node, {"title"}, style):
            return
        said = node.attributes.get("aria-level", "") or node.css.get("mso-outline-level", "")
        level = HEADINGS.get(node.tag) or (int(said) if said.isdigit() and len(said) < 3 else 2)
        key = self.drafting.new_key()
        text, after = self.as_line(node.children, replace(style, marks=frozenset()), key)
        self.out.extend([Heading(key, min(max(level, 1), 6), heading_runs(text)), *after])

    def preformatted(self, node: Node, style: Style) -> None:
        self.end_line()
        if node.holds_blocks:
            self.visit(node.children, style)
            self.end_line()
            return
        apart, self.lines_apart = self.lines_apart, False
        self.visit(node.children, style.with_mark(Mark.CODE))
        self.end_line()
        self.lines_apart = apart

    def quotation(self, node: Node, style: Style) -> None:
        self.end_line()
        key = self.drafting.new_key()
        attribution: Runs = ()
        footers = [child for child in node.children if child.tag == "footer"]
        if footers:
            attribution, _ = self.as_line([inner for footer in footers for inner in footer.children], style, key)
            attribution = _without_dash(attribution)
        with self.apart() as found:
            self.visit([child for child in node.children if child not in footers], style)
        lines: list[Runs] = []
        for block in found:
            if isinstance(block, Paragraph) or (isinstance(block, Quote) and not block.attribution):
                lines.append(block.runs)
            else:
                self._quote(key, lines, ())
                key, lines = self.drafting.new_key(), []
                self.out.append(block)
        self._quote(key, lines, attribution)

    def _quote(self, key: str, lines: list[Runs], attribution: Runs) -> None:
        if lines or attribution:
            self.out.append(Quote(key, joined_lines(lines), attribution))

    # Lists.

    def list_block(self, node: Node, style: Style) -> None:
        self.end_line()
        key = self.drafting.new_key()
        items: list[Item] = []
        for item, after in self.items(node, style):
            if item is not None:
                items.append(item)
            if after:
                if items:
                    self.out.append(ListBlock(key, node.tag == "ol", tuple(items)))
                self.out.extend(after)
                key, items = self.drafting.new_key(), []
        if items:
            self.out.append(ListBlock(key, node.tag == "ol", tuple(items)))

    def items(self, node: Node, style: Style) -> list[tuple[Item | None, list[Block]]]:
        """The items of a list, each with what stands in it and can be no item."""
        told: list[tuple[Item | None, list[Block]]] = []
        number = 0
        numbering = _Numbering(node)
        for group in _item_groups(node):
            if len(group) == 1 and group[0].tag in ("ul", "ol"):
                self._nest(told, group[0], style)
                continue
            outer = group[0] if group[0].tag in ("li", "dd", "dt") else None
            own = style_in(outer, style) if outer is not None else style
            found = self._item(group if outer is None else outer.children, own, told)
            if found is not None:
                number += 1
                if numbering.differs(number, outer):
                    self.drafting.find(Doubt.LIST_NUMBERING, numbering.said(number), found)
        return told

    def _item(self, nodes: Iterable[Node], style: Style, told: list[tuple[Item | None, list[Block]]]) -> str | None:
        key = self.drafting.new_key()
        lines: list[Runs] = []
        nested: list[Item] = []
        ordered = False
        after: list[Block] = []
        for block in self.within(nodes, style, key):
            if isinstance(block, ListBlock):
                ordered = block.ordered if not nested else ordered
                nested.extend(block.items)
            elif isinstance(block, Paragraph | Quote | Heading) and not nested:
                lines.extend(_texts(block)[0])
            elif isinstance(block, Paragraph):  # the item goes on after the list in it
                last = nested[-1]
                nested[-1] = replace(last, runs=joined_lines([last.runs, block.runs]))
            else:
                after.append(block)
        runs = joined_lines(lines)
        if not runs and nested:  # an item that only holds a list
            last_item = told[-1][0] if told else None
            if last_item is not None:
                told[-1] = (
                    replace(
                        last_item,
                        items=(*last_item.items, *nested),
                        ordered=ordered if not last_item.items else last_item.ordered,
                    ),
                    [*told[-1][1], *after],
                )
            else:
                told.extend((item, []) for item in nested)
                if after:
                    told.append((None, after))
            return None
        if runs:
            told.append((Item(key, runs, tuple(nested), ordered), after))
            return key
        if after:
            told.append((None, after))
        return None

    def _nest(self, told: list[tuple[Item | None, list[Block]]], node: Node, style: Style) -> None:
        """A list straight in a list: it belongs to the item before it."""
        found = self.within([node], style)
        for block in found:
            last = told[-1][0] if told else None
            if isinstance(block, ListBlock) and last is not None:
                ordered = last.ordered if last.items else block.ordered
                told[-1] = (replace(last, items=(*last.items, *block.items), ordered=ordered), told[-1][1])
            elif isinstance(block, ListBlock):
                told.extend((item, []) for item in block.items)
            else:
                told.append((None, [block]))

    def definitions(self, node: Node, style: Style) -> None:
        """Terms as items, what is said of them as items below."""
        self.end_line()
        key = self.drafting.new_key()
        items: list[Item] = []
        after: list[Block] = []
        for child in _definition_parts(node):
            told: list[tuple[Item | None, list[Block]]] = []
            inside = child.children if child.tag in ("dt", "dd") else [child]
            self._item(inside, style_in(child, style) if not child.tag.startswith("#") else style, told)
            found = [item for item, _ in told if item is not None]
            after.extend(block for _, more in told for block in more)
            if child.tag == "dd" and items:
                items[-1] = replace(items[-1], items=(*items[-1].items, *found))
            else:
                items.extend(found)
        if items:
            self.out.append(ListBlock(key, ordered=False, items=tuple(items)))
        self.out.extend(after)

    # Tables and figures.

    def table(self, node: Node, style: Style) -> None:
        self.end_line()
        grid = grid_of(node)
        width = max(map(len, grid.rows), default=0)
        is_layout = node.attributes.get("role") in ("presentation", "none") or (width <= 1 and not grid.head_rows)
        if is_layout or self._is_layout(node, grid.rows):
            self._side_by_side(grid, style)
            return
        key = self.drafting.new_key()
        after: list[Block] = []
        caption, more = self.as_line([inner for found in grid.captions for inner in found.children], style, key)
        after += more
        if grid.loose:
            after += self.within(grid.loose, style)
        rows: list[Row] = []
        for cells in grid.rows:
            row, more = self._row(cells, style)
            after += more
            if any(row.cells):
                rows.append(row)
        heads = min(grid.head_rows, len(rows))
        if rows and not heads:
            heads = 1
            self.drafting.find(Doubt.HEADINGS_FROM_FIRST_ROW, key=key)
        if grid.merged:
            self.drafting.find(Doubt.MERGED_CELLS, key=key)
        row_heads = bool(grid.head_rows) and _has_row_heads(grid.rows[grid.head_rows :])
        told = tuple(_with_plain_heads(row, place < heads, row_heads) for place, row in enumerate(rows))
        self.out.append(Table(key, caption, told, heads, row_heads))
        self.out.extend(after)

    def _side_by_side(self, grid: Grid, style: Style) -> None:
        """The cells of a table that is none, one after the other."""
        for child in grid.captions:
            self.visit(child.children, style)
            self.end_line()
        self.visit(grid.loose, style)
        for cell in (cell for line in grid.rows for cell in line):
            if cell.node is not None:
                self.end_line()
                self.visit(cell.node.children, style_in(cell.node, style))
                self.end_line()

    def _row(self, line: list[Cell], style: Style) -> tuple[Row, list[Block]]:
        key = self.drafting.new_key()
        cells: list[Runs] = []
        after: list[Block] = []
        for cell in line:
            runs: Runs = ()
            if cell.node is not None:
                own = style_in(cell.node, style)
                runs, more = self.as_line(cell.node.children, own, key)
                after += more
            cells.append(runs)
        return Row(key, tuple(cells)), after

    def _is_layout(self, node: Node, rows: list[list[Cell]]) -> bool:
        """A table that only puts parts of a page side by side: headings or tables stand in it."""
        inner = {found.tag for row in rows for cell in row if cell.node is not None for found in cell.node.walk()}
        return bool(inner & {"h1", "h2", "h3", "main", "article", "section"}) or (
            "table" in inner and not any(cell.is_head for row in rows for cell in row) and len(rows) <= 2
        )

    def figure(self, node: Node, style: Style) -> None:
        self.end_line()
        key = self.drafting.new_key()
        words = [inner for inner in node.walk() if inner.tag == "figcaption"]
        caption: Runs = ()
        after: list[Block] = []
        if words:
            caption, after = self.as_line(words[0].children, style, key)
            words[0].tag, words[0].children = "span", []
        found = self.within(node.children, style)
        for place in range(len(found) - 1, -1, -1):
            block = found[place]
            if caption and isinstance(block, Figure | Table) and not block.caption:
                found[place] = replace(block, caption=caption)
                break
            if caption and isinstance(block, Quote) and not block.attribution:
                found[place] = replace(block, attribution=_without_dash(caption))
                break
        else:
            if caption:
                found.append(Paragraph(key, caption))
        self.out.extend([*found, *after])

    def picture(self, node: Node, style: Style) -> None:
        source = node.attributes.get("src", "")
        alt = " ".join(node.attributes.get("alt", "").split())
        if _is_tracking_dot(node):
            return
        kind, content = _data_picture(source)
        if content is None:
            told = " — ".join(filter(None, (alt, "" if kind else source[:200])))
            doubt = Doubt.PICTURE_KIND if kind else Doubt.PICTURE_NOT_FETCHED
            if source or alt:
                self.drafting.find(
                    doubt, kind if kind and not alt else told if not kind else f"{kind} — {alt}", self.here()
                )
            return
        key = self.drafting.new_key()
        name = f"picture-{len(self.drafting.pictures) + 1}.{kind}"
        self.drafting.pictures.append(Picture(name, content))
        if not alt:
            self.drafting.find(Doubt.PICTURE_WITHOUT_ALT, name, key)
        figure = Figure(key, name, alt, (), 0, 0)
        if self.line:
            self.waiting_figures.append(figure)
        else:
            self.out.append(figure)

    @property
    def waiting_figures(self) -> "_AfterLine":
        return _AfterLine(self)

    def formula(self, node: Node, style: Style) -> None:
        if node.attributes.get("display") == "block" and not self.line:
            self.end_line()
        for note in mathematics.annotations(node):
            self.drafting.leave_out(Reason.DOUBLE, note.words(), "", self.here())
        text = mathematics.readable(node)
        for inner in [found for found in node.walk() if found.tag in (LEFT_OUT, NOTE, REMARK)]:
            self.sign(replace(inner, holds_blocks=False), style)
        if not text:
            return
        self.say(text, style)
        key = self.here()
        self.drafting.equations.append(Equation(key, text, mathematics.source(node)))
        self.drafting.find(Doubt.EQUATION, text, key)

    def rule(self, node: Node, style: Style) -> None:
        self.end_line()

    def quoted_words(self, node: Node, style: Style) -> None:
        self.say("“", style)
        self.visit(node.children, style)
        self.say("”", style)

    def nothing(self, node: Node, style: Style) -> None:
        return


def _has_row_heads(body: list[list[Cell]]) -> bool:
    lines = [line for line in body if line]
    return any(line[0].is_head for line in lines) and all(line[0].is_head or line[0].node is None for line in lines)


def _with_plain_heads(row: Row, is_head: bool, row_heads: bool) -> Row:
    """Bold says nothing in a cell that is a head."""
    heads = len(row.cells) if is_head else int(row_heads)
    return replace(row, cells=(*map(heading_runs, row.cells[:heads]), *row.cells[heads:]))


class _AfterLine:
    """Figures inside a line stand behind it: the line is put down first."""

    def __init__(self, reader: BlockReader) -> None:
        self.reader = reader

    def append(self, figure: Figure) -> None:
        self.reader.end_line()
        self.reader.out.append(figure)


_ELEMENTS = {
    **dict.fromkeys(HEADINGS, BlockReader.heading), "pre": BlockReader.preformatted, "xmp": BlockReader.preformatted,
    "listing": BlockReader.preformatted, "plaintext": BlockReader.preformatted, "blockquote": BlockReader.quotation,
    "ul": BlockReader.list_block, "ol": BlockReader.list_block, "menu": BlockReader.list_block, "dir": BlockReader.list_block,  # noqa: E501
    "dl": BlockReader.definitions, "table": BlockReader.table, "figure": BlockReader.figure, "img": BlockReader.picture,
    "math": BlockReader.formula, "hr": BlockReader.rule, "q": BlockReader.quoted_words, "wbr": BlockReader.nothing,
}  # fmt: skip


def _parted(pieces: list[Piece]) -> list[list[Piece]]:
    """Where two line breaks follow each other, a paragraph ends: pages written by hand do it so."""
    if sum(BREAK in piece.text for piece in pieces) < 2:
        return [pieces]
    parts: list[list[Piece]] = [[]]
    breaks = 0
    for piece in pieces:
        if piece.text == BREAK and not piece.note:
            breaks += 1
            continue
        if not piece.text.strip() and not piece.note:
            if not breaks:
                parts[-1].append(piece)
            continue
        if breaks >= 2:
            parts.append([])
        elif breaks:
            parts[-1].append(Piece(BREAK, piece.style))
        breaks = 0
        parts[-1].append(piece)
    return parts


def _texts(block: Block) -> tuple[list[Runs], list[Block]]:
    """Lines of text of a block that stands where only text can; or itself, where it can be none."""
    match block:
        case Heading() | Paragraph():
            return [block.runs], []
        case Quote():
            return [block.runs, block.attribution], []
        case ListBlock():
            return list(_item_lines(block.items)), []
        case Table():
            rows = [joined_cells(row.cells) for row in block.rows]
            return [block.caption, *rows], []
        case _:
            return [], [block]


def _item_lines(items: tuple[Item, ...]) -> Iterator[Runs]:
    for item in items:
        yield item.runs
        yield from _item_lines(item.items)


def joined_cells(cells: tuple[Runs, ...]) -> Runs:
    told: list[Run] = []
    for cell in cells:
        if cell:
            told.extend([*([Run(" | ")] if told else []), *cell])
    return tuple(told)


def _without_dash(runs: Runs) -> Runs:
    if runs and not runs[0].note:
        return (replace(runs[0], text=re.sub(r"^[\s—–-]+", "", runs[0].text)), *runs[1:])
    return runs


def _item_groups(node: Node) -> list[list[Node]]:
    """The items of a list; what stands between them and is no item makes one of its own."""
    groups: list[list[Node]] = []
    loose: list[Node] = []
    for child in node.children:
        if child.tag in ("li", "dd", "dt", "ul", "ol"):
            if any(found.tag != TEXT or found.text.strip() for found in loose):
                groups.append(loose)
            loose = []
            groups.append([child])
        else:
            loose.append(child)
    if any(found.tag != TEXT or found.text.strip() for found in loose):
        groups.append(loose)
    return groups


def _definition_parts(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.tag == "div":
            yield from _definition_parts(child)
        elif child.tag != TEXT or child.text.strip():
            yield child


class _Numbering:
    """The numbers an ordered list shows, against 1, 2, 3."""

    def __init__(self, node: Node) -> None:
        start = node.attributes.get("start", "")
        self.shift = int(start) - 1 if re.fullmatch(r"-?\d{1,6}", start) else 0
        self.kind = node.attributes.get("type", "1").strip() or "1"
        named = node.css.get("list-style-type", "")
        self.kind = {
            "lower-alpha": "a",
            "lower-latin": "a",
            "upper-alpha": "A",
            "upper-latin": "A",
            "lower-roman": "i",
            "upper-roman": "I",
        }.get(named, self.kind)
        self.ordered = node.tag == "ol" and named != "none"
        self.told = False

    def differs(self, number: int, item: Node | None) -> bool:
        """Whether to tell of this item: the first of the list that counts otherwise, and each leap after it."""
        if not self.ordered:
            return False
        value = item.attributes.get("value", "") if item is not None else ""
        if re.fullmatch(r"-?\d{1,6}", value) and int(value) - number != self.shift:
            self.shift, self.told = int(value) - number, False
        if self.told or (not self.shift and self.kind not in ("a", "A", "i", "I")):
            return False
        self.told = True
        return True

    def said(self, number: int) -> str:
        number += self.shift
        if self.kind in ("a", "A") and 1 <= number <= 26:
            letter = chr(96 + number)
            return f"{letter.upper() if self.kind == 'A' else letter}."
        if self.kind in ("i", "I") and 1 <= number < 4000:
            return f"{to_roman(number) if self.kind == 'i' else to_roman(number).upper()}."
        return f"{number}."


def to_roman(number: int) -> str:
    told = ""
    for value, letters in (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        while number >= value:
            told, number = told + letters, number - value
    assert roman(told) or not told  # noqa: S101  the two are each other's reverse
    return told


def _data_picture(source: str) -> tuple[str, bytes | None]:
    """The kind of a picture that stands in the file itself and its bytes; None for a kind not taken; "" if elsewhere."""  # noqa: E501
    match = _DATA.match(source)
    if not match:
        return "", None
    kind = (match[1] or "text/plain").lower().rpartition("/")[2]
    if kind not in PICTURE_KINDS:
        return kind, None
    try:
        rest = source[match.end() :]
        if "base64" in match[2].lower():
            content = base64.b64decode(re.sub(r"\s", "", unquote(rest)) + "==", validate=False)
        else:
            content = unquote_to_bytes(rest)
    except (binascii.Error, ValueError):
        return kind, None
    return ("jpeg" if kind == "jpg" else kind), content or None


def _is_tracking_dot(node: Node) -> bool:
    sizes = {node.attributes.get("width", ""), node.attributes.get("height", "")}
    return sizes <= {"0", "1", "1px"} and not node.attributes.get("alt", "").strip()


def moment(text: str) -> datetime | None:
    """An ISO date and time; without a zone it is taken as UTC."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def is_set_large(node: Node) -> bool:
    """Whether all words of a paragraph are of the size of a title."""
    said = [inner for inner in node.walk() if inner.tag == TEXT and inner.text.strip()]
    return bool(said) and all(
        any(points(outer.css.get("font-size", "")) >= TITLE_POINTS for outer in text.ancestors()) for text in said
    )
