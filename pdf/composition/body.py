"""The body: blocks of the neutral document as flowables, each with its structure element."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportlab.platypus.doctemplate import NextPageTemplate
from reportlab.platypus.flowables import Flowable, PageBreak

from editions.comparison.alignment import PieceKind
from editions.document.model import Block as DocumentBlock
from editions.document.model import Detail, Figure, Heading, Item, ListBlock, Quote, Section, SectionKind, Table
from editions.document.model import Paragraph as DocumentParagraph
from editions.document.passages import plain
from formats.redline import ChangedRun
from pdf.composition.inline_marks import plain_span
from pdf.composition.numbered_text import Place, RunningText
from pdf.composition.strings import detail_name, kind_name, primary, words_in
from pdf.layout.images_and_qr_code import FigureBlock, UnreadableImage, decoded
from pdf.layout.page_templates import TALL, WIDE
from pdf.layout.paragraphs import Block, Label, Paragraph
from pdf.layout.styles import ACCENT, END, INDENT, RULE, WARNING, bold
from pdf.layout.tables import PADDING, RowBlock, bands
from pdf.tagging.structure_tree import Node, head_attributes, list_attributes

WIDE_TABLE = 6  # columns from which an annex lies on its side
BULLETS = ("•", "–", "·")

RAILED = {
    SectionKind.DISSENT: WARNING,
    SectionKind.ALTERNATIVE: WARNING,
    SectionKind.OPTION: WARNING,
    SectionKind.DRAFT_NOTICE: WARNING,
}
"""Colour of the rail beside a typed block; other kinds have the accent's."""

COUNTED = frozenset({SectionKind.FINDING, SectionKind.RECOMMENDATION, SectionKind.PRACTICE, SectionKind.CASE_STUDY})
"""Kinds that readers count, as on the web page: "Recommendation 7"."""

UNRAILED = frozenset({SectionKind.ANNEX, SectionKind.REFERENCES, SectionKind.CONTRIBUTORS})


class Body(RunningText):
    """Builds the flowables of one document's body: its blocks, each by its kind."""

    def flowables(self, parent: Node) -> list[Flowable]:
        return list(self._blocks(self.job.document.blocks, Place(parent)))

    def _blocks(self, blocks: Sequence[DocumentBlock], place: Place) -> Iterator[Flowable]:
        for block in blocks:
            match block:
                case Heading():
                    yield self.set_heading(block.key, block.runs, place)
                case DocumentParagraph():
                    node = Node("P", place.node)
                    yield self.set_text(block.key, block.runs, node, place, self.styles.body, self.styles.body_ink)
                case ListBlock():
                    yield from self._list(block.items, block.ordered, place, 0)
                case Table():
                    yield from self._table(block, place)
                case Figure():
                    yield from self._figure(block, place)
                case Quote():
                    yield from self._quote(block, place)
                case Section():
                    yield from self._section(block, place)

    # Lists, quotes

    def _list(self, items: Sequence[Item], ordered: bool, place: Place, depth: int) -> Iterator[Flowable]:
        parent = Node("L", place.node, attributes=list_attributes(ordered))
        index = 0
        for item in items:
            removed = self.is_removed(item.key)
            index += not removed
            node = Node("LI", parent)
            label, body = Node("Lbl", node), Node("LBody", node)
            inner = place.within(body, INDENT)
            sign = f"{index}." if ordered and not removed else BULLETS[min(depth, len(BULLETS) - 1)]
            ink = self.styles.body_ink
            bullet = plain_span(sign, ink, label, "en" if ordered else self.language)
            hung = Label([bullet], inner.indent - (5.0 if ordered else 7.0), END)
            look = replace(self.styles.body, after=4.0)
            block = self.set_text(item.key, item.runs, body, inner, look, ink, [hung])
            block.begins = self.context.direction
            yield block
            if item.items:
                yield from self._list(item.items, item.ordered, inner, depth + 1)

    def _quote(self, quote: Quote, place: Place) -> Iterator[Flowable]:
        node = Node("BlockQuote", place.node)
        inner = Place(node, place.indent + INDENT, place.rail or RULE)
        slanted = not self.context.direction and primary(self.words_language) != "zh"  # neither script has italics
        ink = replace(self.styles.body_ink, style=replace(self.styles.body_ink.style, italic=slanted))
        body = self.set_text(quote.key, quote.runs, Node("P", node), inner, self.styles.body, ink)
        body.rail_edge = place.indent + 2.0
        yield body
        if plain(quote.attribution):
            by = Node("P", node)
            spans = [plain_span("— ", self.styles.caption_ink, by, self.language)]
            spans += self.inliner.spans(quote.attribution, self.styles.caption_ink, by)
            body.after = 1.0
            look = replace(self.styles.caption, indent=inner.indent, after=9.0)
            line = Paragraph(spans, look, self.context, (), self.note_of)
            line.rail, line.rail_edge = inner.rail, place.indent + 2.0
            self.make_notes(spans, place.node)
            yield line

    # Typed blocks

    def _section(self, section: Section, place: Place) -> Iterator[Flowable]:
        node = Node("Sect", place.node)
        rail = None if section.kind in UNRAILED else RAILED.get(section.kind, ACCENT)
        inner = Place(node, place.indent, rail or place.rail)
        flowables = [*self._section_head(section, inner), *self._blocks(section.blocks, inner)]
        if section.kind == SectionKind.ANNEX and _widest_table(section.blocks) >= WIDE_TABLE:
            yield from on_wide_pages(flowables)
        else:
            yield from flowables

    def _section_head(self, section: Section, place: Place) -> Iterator[Flowable]:
        kind = kind_name(str(section.kind), self.words_language)
        if section.kind in COUNTED:
            self.kind_counts[section.kind] += 1
            number = self.redline.ordinals[section.key] if self.redline else self.kind_counts[section.kind]
            kind = f"{kind} {number}"
        if kind.casefold() != plain(section.title).casefold():
            ink = self.styles.label_ink if place.rail != WARNING else replace(self.styles.label_ink, colour=WARNING)
            node, change = Node("P", place.node), self.change_of(section.key)
            label = Paragraph(
                self.inliner.spans((ChangedRun(kind, change=change, language=self.words_language),), ink, node)
                if change != PieceKind.EQUAL
                else [plain_span(kind, ink, node, self.words_language)],
                replace(self.styles.label, indent=place.indent),
                self.context,
            )
            label.keeps_with_next, label.rail = True, place.rail
            yield label
        else:
            kind = ""
        if plain(section.title):
            heading = self.set_heading(section.key, section.title, place)
            heading.before = 2.0 if place.rail or kind else heading.before
            yield heading
        for detail in section.details:
            yield self._detail(detail, place)

    def _detail(self, detail: Detail, place: Place) -> Paragraph:
        node = Node("P", place.node)
        name = detail_name(detail.name, self.words_language)
        before = [plain_span(f"{name}: ", bold(self.styles.fact_ink), node, self.words_language)] if name else []
        look = replace(self.styles.fact, indent=place.indent)
        return self.set_text(detail.key, detail.runs, node, place, look, self.styles.fact_ink, before=before)

    # Tables and figures

    def _table(self, table: Table, place: Place) -> Iterator[Flowable]:
        node = Node("Table", place.node)
        if plain(table.caption):
            caption = Node("Caption", node)
            ink = bold(self.styles.caption_ink)
            label = self.caption_label(table.key, table.caption)
            block = self.set_text(table.key, table.caption, caption, place, self.styles.caption, ink, label=label)
            block.keeps_with_next, block.before = True, 8.0
            yield block
        if not table.rows or not any(row.cells for row in table.rows):
            return
        heads = min(table.header_rows, len(table.rows) - 1)
        head = Node("THead", node) if heads > 0 else node
        body = Node("TBody", node)
        count = max(len(row.cells) for row in table.rows)
        rows = [
            self._row(table, index, count, head if index < heads else body, index < heads, place)
            for index in range(len(table.rows))
        ]
        for block in bands(rows, self.context, place.indent):
            block.rail = place.rail
            yield block

    def _row(self, table: Table, index: int, count: int, parent: Node, is_head: bool, place: Place) -> RowBlock:
        row = table.rows[index]
        node = Node("TR", parent)
        cells = [*row.cells, *[()] * (count - len(row.cells))]
        made = []
        for column, runs in enumerate(cells):
            is_row_head = table.header_column and column == 0 and not is_head
            cell = Node("TH" if is_head or is_row_head else "TD", node)
            if is_head or is_row_head:
                cell.attributes = head_attributes("Column" if is_head else "Row")
            ink = bold(self.styles.cell_ink) if is_head or is_row_head else self.styles.cell_ink
            labels = self.number_label(row.key, cell, -place.indent - PADDING) if column == 0 else []
            spans = self.inliner.spans(runs, ink, cell)
            if not spans:
                cell.slot()
            block = Paragraph(spans, self.styles.cell, self.context, labels, self.note_of)
            if column == 0:
                block.anchors = (self.place_name(self.passages[row.key].anchor),)
            block.anchors += self.mark_places(spans)
            block.is_changed = column == 0 and row.key in self.changed
            self.make_notes(spans, place.node)
            made.append(block)
        return RowBlock(made, is_head)

    def _figure(self, figure: Figure, place: Place) -> Iterator[Flowable]:
        # In PDF 2.0 a caption is the first or the last of what it stands in (ISO 14289-2, 8.2.5.27).
        around = Node("Sect", place.node) if self.job.is_pdf_2 else place.node
        node = Node("Figure", around, alt=figure.alt)
        caption_parent = Node("Caption", around) if plain(figure.caption) else None
        try:
            content = self.job.images.get(figure.source)
            if content is None:
                raise UnreadableImage
            block: Block = FigureBlock(decoded(content), node, self.context, place.indent)
        except UnreadableImage:
            told, ink = words_in(self.words_language)["image_missing"], self.styles.caption_ink
            spans = [
                plain_span(f"{told} ", ink, node, self.words_language),
                plain_span(figure.alt, ink, node, self.language),
            ]
            spans[0].phrase = self.words_language if self.words_language != self.language else ""
            look = replace(self.styles.caption, indent=place.indent)
            block = Paragraph(spans, look, self.context)
            block.keeps_with_next = True
        block.rail = place.rail
        runs = figure.caption or (ChangedRun(figure.alt, change=self.change_of(figure.key)),)
        parent = caption_parent or Node("P", around)
        yield block
        look, label = replace(self.styles.caption, after=12.0), self.caption_label(figure.key, figure.caption)
        yield self.set_text(figure.key, runs, parent, place, look, self.styles.caption_ink, label=label)


def on_wide_pages(flowables: Sequence[Flowable]) -> list[Flowable]:
    """A story part on sheets that lie on their side."""
    return [NextPageTemplate(WIDE), PageBreak(), *flowables, NextPageTemplate(TALL), PageBreak()]


def _widest_table(blocks: Sequence[DocumentBlock]) -> int:
    tables = (block for block in blocks if isinstance(block, Table))
    return max((len(row.cells) for table in tables for row in table.rows), default=0)
