"""The body of an OpenDocument text as lines, tables and pictures in reading order. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from editions.document.model import Figure, Note, Runs, Table, text_of_runs
from formats.draft import Doubt, Reason, Thing
from formats.odt.inline import OdtInline, tell_change
from formats.odt.job import OdtJob, OdtStory
from formats.odt.lists import Counter
from formats.odt.package import DRAW, OFFICE, TABLE, TEXT, number
from formats.office.archive import Element
from formats.office.paragraph_roles import CaptionOf, Label, Line, Piece, Role
from formats.office.paragraphs_to_blocks import labelled
from formats.office.runs import is_said, joined, tidy
from formats.office.style_lists import counted_by_style
from formats.office.tables import WIDEST, Cell, grid

_CONTENTS = frozenset(
    TEXT + name
    for name in ("table-of-content", "illustration-index", "table-index", "object-index", "user-index",
                 "alphabetical-index")
)  # fmt: skip
_CHANGES = frozenset(TEXT + name for name in ("change", "change-start", "change-end"))
_SKIPPED = frozenset({
    f"{TEXT}tracked-changes", f"{OFFICE}forms", f"{TEXT}soft-page-break", f"{TEXT}sequence-decls",
    f"{TEXT}variable-decls", f"{TEXT}user-field-decls", f"{TABLE}table-column", f"{TABLE}table-columns",
    f"{TABLE}table-header-columns", f"{TABLE}table-column-group", f"{TABLE}calculation-settings",
})  # fmt: skip
_PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
_HEAD_STYLES = ("table heading", "table_20_heading", "tableheading", "tableheaderrowcell", "table header")


@dataclass(slots=True)
class OdtBlocks:
    """Reads what lies beside each other in one story. owner: key of the row or note that all of it stands in."""

    job: OdtJob
    story: OdtStory
    owner: str = ""
    pieces: list[Piece] = field(default_factory=list)
    _key: str = ""

    def read(self, container: Element) -> list[Piece]:
        self.children(container)
        if self._key:
            self.job.renamed[self._key] = self.owner
        return self.pieces

    def _next_key(self) -> str:
        self._key = self._key or self.job.keys.new()
        return self._key

    def children(self, container: Element) -> None:
        for one in container:
            tag = one.tag
            if tag in _PARAGRAPHS:
                self._paragraph(one)
            elif tag in (f"{TEXT}list", f"{TEXT}numbered-paragraph"):
                self._list(one, None, 0, "") if tag == f"{TEXT}list" else self._numbered(one)
            elif tag == f"{TABLE}table":
                self._table(one)
            elif tag in _CHANGES:
                tell_change(self.job, self.story, one, self._next_key())
            elif tag in _CONTENTS or tag.endswith("-source"):
                self.job.leave_out_all(one, Reason.CONTENTS_LIST, self.story.place, self._next_key())
            elif tag == f"{TEXT}section":
                self._section(one)
            elif tag.startswith(DRAW):
                self._drawn(one)
            elif tag not in _SKIPPED:
                self.children(one)

    def _numbered(self, one: Element) -> None:
        """An item that stands in no list, and says its number itself."""
        said = "".join("".join(part.itertext()) for part in one.iterfind(f"{TEXT}number")).strip()
        series = str(one.get(f"{TEXT}list-id") or one.get(f"{TEXT}style-name") or "")
        label = Label(series, number(one.get(f"{TEXT}level"), 1) - 1, ordered=bool(said), text=said)
        self.job.leave_out(Reason.LIST_NUMBER, said, self.story.place, self._next_key())
        for part in one:
            if part.tag in _PARAGRAPHS:
                self._paragraph(part, label)

    def _section(self, section: Element) -> None:
        is_hidden = section.get(f"{TEXT}display") == "none" or section.get(f"{TEXT}is-hidden") == "true"
        if is_hidden or self.job.styles.is_hidden_section(str(section.get(f"{TEXT}style-name") or "")):
            self.job.leave_out_all(section, Reason.HIDDEN, self.story.place, self._next_key())
        else:
            self.children(section)

    def _drawn(self, shape: Element) -> None:
        """A frame that is anchored to a page."""
        inline = OdtInline(self.job, self.story, self._next_key(), "")
        inline.part(shape)
        inline.finish()
        self._line(inline, Role.BODY, 0, None, False, CaptionOf.UNKNOWN)

    def _paragraph(self, one: Element, label: Label | None = None, continues: bool = False) -> None:
        job, style = self.job, str(one.get(f"{TEXT}style-name") or "")
        meaning = job.styles.meaning(style)
        if meaning.contents:
            job.leave_out_all(one, Reason.CONTENTS_LIST, self.story.place, self._next_key())
            return
        role, level = meaning.role, meaning.level
        if one.tag == f"{TEXT}h" and role not in (Role.TITLE, Role.SUBTITLE):
            role, level = Role.HEADING, number(one.get(f"{TEXT}outline-level"), 1)
        if label is None and role == Role.HEADING and one.get(f"{TEXT}is-list-header") != "true":
            label = job.lists.headings.step(level - 1)
        elif label is None and meaning.list_level and not continues and role == Role.BODY:
            label = counted_by_style(job.styles.named(style), meaning, self.pieces)
        hidden = any(mark.get(f"{TEXT}is-hidden") == "true" for mark in one.iter(f"{TEXT}hidden-paragraph"))
        is_drawn = label is not None and bool(label.text)
        inline = OdtInline(job, self.story, self._next_key(), style, hidden, is_drawn)
        inline.read(one)
        inline.finish()
        counted = _counted(one)
        self._line(inline, role, level, label, continues or meaning.continues, counted or meaning.caption_of)

    def _line(
        self, inline: OdtInline, role: Role, level: int, label: Label | None, continues: bool, caption_of: CaptionOf
    ) -> None:
        runs = tidy(inline.runs)
        self._boxes(inline.before)
        if is_said(runs):
            if role == Role.CAPTION and label is not None:
                runs, label = labelled(label, runs), None
            self.pieces.append(Line(inline.key, runs, role, level, label, continues, caption_of))
            if self._key == inline.key:
                self._key = ""
        self._boxes(inline.after)

    def _boxes(self, parts: list[Figure | Element]) -> None:
        for part in parts:
            if isinstance(part, Figure):
                self.pieces.append(part)
            else:
                key, self._key = self._key, ""
                self.children(part)
                if self._key:
                    self.job.renamed[self._key] = key
                self._key = key

    # Lists

    def _list(self, element: Element, counter: Counter | None, depth: int, style: str, goes_on: bool = False) -> None:
        """goes_on: nothing stands between it and the same level of the list that it continues."""
        own = str(element.get(f"{TEXT}style-name") or "")
        if counter is None:
            style = own or self._style_of_first(element)
            counter, goes_on = self.job.lists.begin(element, style)
        elif own and own != style:
            style = own
            counter = self.job.lists.within(counter, own)
        if depth and not goes_on and element.get(f"{TEXT}continue-numbering") != "true":
            counter.restart(depth)
        for item in element:
            if item.tag in (f"{TEXT}list-item", f"{TEXT}list-header"):
                self._item(item, counter, depth, style, goes_on)
                goes_on = False
            elif item.tag in _CHANGES:
                tell_change(self.job, self.story, item, self._next_key())

    def _style_of_first(self, element: Element) -> str:
        first = next(element.iter(*_PARAGRAPHS), None)
        return self.job.styles.list_style(str(first.get(f"{TEXT}style-name") or "")) if first is not None else ""

    def _item(self, item: Element, counter: Counter, depth: int, style: str, goes_on: bool) -> None:
        is_first = item.tag == f"{TEXT}list-item"
        own = str(item.get(f"{TEXT}style-override") or "")
        if own and own != style:
            style, counter = own, self.job.lists.overridden(counter, own)
        for one in item:
            if one.tag in _PARAGRAPHS:
                start = item.get(f"{TEXT}start-value")
                label = counter.step(depth, number(start, 1) if start else None) if is_first else None
                self._paragraph(one, label, continues=not is_first)
                is_first = goes_on = False
            elif one.tag == f"{TEXT}list":
                self._list(one, counter, depth + 1, style, goes_on)
                goes_on = False
            elif one.tag in _CHANGES:
                tell_change(self.job, self.story, one, self._next_key())
            elif one.tag not in _SKIPPED:
                wrapper = OdtBlocks(self.job, self.story, self.owner, self.pieces, self._key)
                wrapper.one(one)
                self._key = wrapper._key

    def one(self, element: Element) -> None:
        """A block that stands by itself, such as a table in an item of a list."""
        if element.tag == f"{TABLE}table":
            self._table(element)
        elif element.tag.startswith(DRAW):
            self._drawn(element)
        else:
            self.children(element)

    # Tables

    def _table(self, table: Element) -> None:
        if self.job.styles.is_hidden_section(str(table.get(f"{TABLE}style-name") or "")):
            self.job.leave_out_all(table, Reason.HIDDEN, self.story.place, self._next_key())
            return
        box = _only_cell(table)
        if box is not None:
            self.children(box)
            return
        reader = _TableReader(self.job, self.story)
        found = reader.read(table)
        if found is not None:
            self.pieces.append(found)
        self.pieces += reader.behind


def _counted(one: Element) -> CaptionOf:
    """What a caption counts, by the name of its sequence."""
    sequence = next(one.iter(f"{TEXT}sequence"), None)
    if sequence is None:
        return CaptionOf.UNKNOWN
    return CaptionOf.TABLE if sequence.get(f"{TEXT}name") == "Table" else CaptionOf.FIGURE


def _only_cell(table: Element) -> Element | None:
    cells = [one for row, _ in _rows(table) for one in row if one.tag == f"{TABLE}table-cell"]
    if len(cells) != 1:
        return None
    blocks = [one for one in cells[0] if one.tag not in _SKIPPED]
    return cells[0] if sum("".join(one.itertext()).strip() != "" for one in blocks) > 1 else None


def _rows(table: Element, heads: bool = False) -> Iterator[tuple[Element, bool]]:
    """(row, whether it stands among the heads)."""
    for one in table:
        if one.tag == f"{TABLE}table-row":
            yield one, heads
        elif one.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from _rows(one, heads or one.tag == f"{TABLE}table-header-rows")


@dataclass(slots=True)
class _TableReader:
    """behind: pictures of cells, which hold text alone."""

    job: OdtJob
    story: OdtStory
    behind: list[Piece] = field(default_factory=list)
    _rows: list[tuple[str, list[Cell]]] = field(default_factory=list)
    _heads: int = 0
    _first_is_head: bool = False
    _merged: str = ""

    def read(self, table: Element) -> Table | None:
        key = self.job.keys.new()
        for row, is_head in _rows(table):
            self._row(row, is_head)
        if not self._rows:
            return None
        has_column = next(table.iter(f"{TABLE}table-header-columns"), None) is not None
        return grid(key, self._rows, self._head_rows(key), has_column, self._merged, self.job.findings)

    def _head_rows(self, key: str) -> int:
        if len(self._rows) < 2:
            return 0
        if self._heads:
            return min(self._heads, len(self._rows) - 1)
        if not self._first_is_head:
            words = " | ".join(text_of_runs(cell.runs) for cell in self._rows[0][1])
            self.job.doubt(Doubt.HEADINGS_FROM_FIRST_ROW, words, key)
        return 1

    def _row(self, row: Element, is_head: bool) -> None:
        key = self.job.keys.new()
        cells: list[Cell] = []
        heads = []
        for one in row:
            if one.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                cells += self._cell(one, key)
                heads += [_is_head(paragraph) for paragraph in one if paragraph.tag in _PARAGRAPHS]
        if not cells:
            return
        if is_head and self._heads == len(self._rows):
            self._heads += 1
        if not self._rows:
            self._first_is_head = bool(heads) and all(heads)
        self._rows.append((key, cells[:WIDEST]))

    def _cell(self, cell: Element, key: str) -> list[Cell]:
        runs = cell_runs(cell, self.job, self.story, key, self.behind)
        spans = (number(cell.get(f"{TABLE}number-{name}-spanned"), 1) for name in ("columns", "rows"))
        if not self._merged and max(spans) > 1:
            self._merged = text_of_runs(runs) or "–"
        repeated = 1 if is_said(runs) else number(cell.get(f"{TABLE}number-columns-repeated"), 1)
        return [Cell(runs)] * max(1, min(repeated, WIDEST))


def _is_head(paragraph: Element) -> bool:
    return str(paragraph.get(f"{TEXT}style-name") or "").casefold() in _HEAD_STYLES


def cell_runs(container: Element, job: OdtJob, story: OdtStory, key: str, behind: list[Piece]) -> Runs:
    """The text of a cell or a note as one, its paragraphs on lines; tables in it too."""
    lines: list[Runs] = []
    for piece in OdtBlocks(job, story, key).read(container):
        if isinstance(piece, Line):
            lines.append(labelled(piece.label, piece.runs))
            job.renamed[piece.key] = key
        elif isinstance(piece, Table):
            rows = [joined(row.cells, " | ") for row in piece.rows]
            job.doubt(Doubt.NESTED_TABLE, text_of_runs(rows[0] if rows else ()), key)
            job.told_things[Thing.CELL] += sum(is_said(cell) for row in piece.rows for cell in row.cells)
            lines += [piece.caption, *rows]
            job.renamed |= dict.fromkeys((piece.key, *(row.key for row in piece.rows)), key)
        else:
            behind.append(piece)
    return joined(lines)


def read_notes(job: OdtJob) -> list[Piece]:
    """The notes in the order of their marks. Figures in them come last."""
    behind: list[Piece] = []
    while job.waiting_notes:
        key, place, body = job.waiting_notes.pop(0)
        job.notes.append(Note(key, cell_runs(body, job, OdtStory(place), key, behind)))
    return behind
