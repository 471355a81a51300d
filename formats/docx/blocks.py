"""The body of a Word file as lines, tables and pictures in reading order. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar

from editions.document.model import Figure, Note, Run, Runs, Table, text_of_runs
from formats.docx.chunks import INNER, read_chunk
from formats.docx.inline import Inline, is_placeholder, says_anything
from formats.docx.job import Job, Story, change_of
from formats.docx.ledger_words import element_words, part_words
from formats.docx.package import MC, A, R, W, switched, value
from formats.docx.pictures import leave_out_all
from formats.docx.styles import indent_of, numbering_of, outline_of
from formats.draft import Doubt, NoteKind, Reason, Thing
from formats.office.archive import Element
from formats.office.paragraph_roles import CaptionOf, Label, Line, Piece, Role
from formats.office.paragraphs_to_blocks import labelled
from formats.office.runs import BREAK, is_said, joined, tidy
from formats.office.style_lists import counted_by_style
from formats.office.style_names import StyleMeaning
from formats.office.tables import Cell, grid

LEAST_INDENT = 180  # twentieths of a point; less is no indent
_CONTENTS_GALLERIES = ("table of contents", "custom table of contents", "table of figures", "table of authorities")
_THROUGH = frozenset(W + name for name in ("customXml", "smartTag", "ins", "moveTo", "del", "moveFrom", "sdtContent"))
_CHANGES = {
    f"{W}ins": NoteKind.INSERTION, f"{W}moveTo": NoteKind.INSERTION,
    f"{W}del": NoteKind.DELETION, f"{W}moveFrom": NoteKind.DELETION,
}  # fmt: skip


@dataclass(slots=True)
class Blocks:
    """Reads what lies beside each other in one story. waiting: runs of a paragraph that the next one goes on with, as
    where a deletion took the end between them, or a large initial stands alone. owner: key of the row or note that all
    of it stands in."""

    job: Job
    story: Story
    owner: str = ""
    pieces: list[Piece] = field(default_factory=list)
    _key: str = ""
    _waiting: Runs = ()
    _body_indent: int = 0  # of the last paragraph in no list
    _item_indent: int = 0  # the least of the items of the open list

    def read(self, container: Element) -> list[Piece]:
        self._children(container)
        if is_said(self._waiting):
            self.pieces.append(Line(self._take_key(), tidy(self._waiting)))
        if self._key:  # what was told of an empty end
            self.job.renamed[self._key] = self.owner
        return self.pieces

    def _next_key(self) -> str:
        """Of the paragraph now read; kept for the next where this one says nothing."""
        self._key = self._key or self.job.keys.new()
        return self._key

    def _take_key(self) -> str:
        key, self._key = self._next_key(), ""
        return key

    def _children(self, container: Element) -> None:
        for one in container:
            handler = self._handlers.get(one.tag)
            if handler is not None:
                handler(self, one)
            elif one.tag in _CHANGES:
                self._changed(one)
            elif one.tag in _THROUGH:
                self._children(one)

    def _commented(self, mark: Element) -> None:
        self.job.commented.setdefault(value(mark, "id"), self._next_key())

    def _changed(self, element: Element) -> None:
        before = self.story.change
        self.story.change = before or change_of(element, _CHANGES[element.tag])
        self._children(element)
        self.story.change = before

    def _alternatives(self, element: Element) -> None:
        forms = list(element)
        taken = next((one for one in forms if says_anything(one)), None)
        for one in forms:
            if one is taken:
                self._children(one)
            else:
                leave_out_all(one, Reason.DOUBLE, self.job, self.story, self._next_key())

    def _control(self, control: Element) -> None:
        content = control.find(f"{W}sdtContent")
        if content is None:
            return
        gallery = value(control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")).lower()
        if is_placeholder(control):
            leave_out_all(content, Reason.HIDDEN, self.job, self.story, self._next_key())
            return
        is_contents = gallery in _CONTENTS_GALLERIES
        self.story.contents += is_contents
        self._children(content)
        self.story.contents -= is_contents

    def _embedded(self, chunk: Element) -> None:
        """Another whole file in the place of text: Word shows what it says as if it stood here."""
        relation = self.story.relations.get(str(chunk.get(f"{R}id") or ""))
        part = relation.target if relation is not None and not relation.external else ""
        found = read_chunk(part, self.job, is_first=not self.pieces and not self.owner)
        if found is None:
            self.job.doubt(Doubt.ATTACHMENT, relation.target if relation else "", self._next_key())
        else:
            self.pieces += found

    def _linked_part(self, mark: Element) -> None:
        """A part of a long document that lies in a file of its own."""
        relation = self.story.relations.get(str(mark.get(f"{R}id") or ""))
        self.job.doubt(Doubt.ATTACHMENT, relation.target if relation else "", self._next_key())

    def _drawn_paragraph(self, paragraph: Element) -> None:
        text = "".join(
            str(one.text or "") if one.tag == f"{A}t" else BREAK for one in paragraph.iter(f"{A}t", f"{A}br")
        )
        if text.strip():
            self.pieces.append(Line(self._take_key(), tidy([Run(text)])))

    # Paragraphs

    def _paragraph(self, paragraph: Element) -> None:
        job, key = self.job, self._next_key()
        properties = paragraph.find(f"{W}pPr")
        style = value(properties.find(f"{W}pStyle")) if properties is not None else ""
        style = style or job.styles.default_paragraph
        meaning = job.styles.meaning(style)
        self.story.contents += meaning.contents
        inline = Inline(job, self.story, key, style, runs=list(self._waiting))
        inline.read(paragraph)
        self.story.contents -= meaning.contents
        self._waiting = ()
        inline.finish()
        if _goes_on(properties, bool(inline.runs)):
            self._waiting = tuple(inline.runs)
        runs = () if self._waiting else tidy(inline.runs)
        is_shown = is_said(runs)
        label, continues = self._label(properties, style, is_shown or _is_empty_item(paragraph))
        self._boxes(inline.before)
        if is_shown:
            self._key = ""
            if label is None and not continues:
                self._body_indent = self._left(properties, style)
            self.pieces.append(self._line(key, runs, properties, meaning, label, continues, inline.caption_of))
        self._boxes(inline.after)

    def _line(
        self, key: str, runs: Runs, properties: Element | None, meaning: StyleMeaning, label: Label | None,
        continues: bool, counted: CaptionOf,
    ) -> Line:  # fmt: skip
        outline = outline_of(properties)
        role, level = meaning.role, meaning.level
        if outline is not None and role in (Role.BODY, Role.HEADING):
            role, level = (Role.HEADING, outline + 1) if outline < 9 else (Role.BODY, 0)
        if role == Role.CAPTION and label is not None:
            runs, label = labelled(label, runs), None
        return Line(key, runs, role, level, label, continues, counted or meaning.caption_of)

    def _label(self, properties: Element | None, style: str, is_counted: bool) -> tuple[Label | None, bool]:
        """What a list draws before the paragraph, and whether it goes on in the item before it."""
        job = self.job
        meaning = job.styles.meaning(style)
        own = numbering_of(properties)
        inherited = job.styles.numbering(style)
        number = (own[0] if own else "") or (inherited[0] if inherited else "")
        if number == "0" or not (number or meaning.list_level):
            return None, meaning.role == Role.BODY and (meaning.continues or self._is_in_item(properties, style))
        if meaning.contents or not is_counted:
            return None, False
        label = self._counted(number, own, inherited, style)
        if label is None:
            return None, number != "" and job.numbering.is_blank(number, max(own[1], 0) if own else 0)
        if meaning.list_level > 1:  # each such style has a list of its own, and people give it others
            label = replace(label, level=max(label.level, meaning.list_level - 1))
        self._note_indent(number, label, properties, style)
        return label, False

    def _left(self, properties: Element | None, style: str) -> int:
        own = indent_of(properties)
        return (own if own is not None else self.job.styles.indent(style)) or 0

    def _note_indent(self, number: str, label: Label, properties: Element | None, style: str) -> None:
        own = indent_of(properties)
        own = own if own is not None else self.job.numbering.indent(number, label.level)
        indent = max(own if own is not None else self._left(properties, style), LEAST_INDENT)
        self._item_indent = min(indent, self._item_indent) if self._in_list() else indent

    def _in_list(self) -> bool:
        last = self.pieces[-1] if self.pieces else None
        return isinstance(last, Line) and last.role == Role.BODY and (last.label is not None or last.continues)

    def _is_in_item(self, properties: Element | None, style: str) -> bool:
        """Whether a paragraph without a number stands under the text of the list item before it, and not as far out as
        the text around the list."""
        if not self._in_list() or outline_of(properties) is not None:
            return False
        return self._left(properties, style) >= max(self._item_indent, self._body_indent + 1)

    def _counted(
        self, number: str, own: tuple[str, int] | None, inherited: tuple[str, int] | None, style: str
    ) -> Label | None:
        """own, inherited: the list that the paragraph, and its style, name."""
        job = self.job
        place = own[1] if own and own[1] >= 0 else -1
        if place < 0:
            place = inherited[1] if inherited and inherited[1] >= 0 and not (own and own[0]) else -1
        if place < 0:
            place = next(
                (found for one in job.styles.chain(style) if (found := job.numbering.level_of(number, one.id))), 0
            )
        if job.numbering.is_blank(number, place):
            return None
        label = job.numbering.counted(number, place)
        if label is None and job.styles.meaning(style).list_level:  # a list that the file names and lacks
            return counted_by_style(style, job.styles.meaning(style), self.pieces, place)
        return label

    def _boxes(self, parts: list[Figure | Element]) -> None:
        """Figures, and the paragraphs of text boxes, behind or before the line they are anchored in."""
        for part in parts:
            if not isinstance(part, Figure):
                fields, self.story.fields = self.story.fields, []
                waiting, self._waiting = self._waiting, ()
                key, self._key = self._key, ""
                self._children(part)
                if is_said(self._waiting):
                    self.pieces.append(Line(self._take_key(), tidy(self._waiting)))
                self.job.renamed |= {self._key: key} if self._key else {}
                self.story.fields, self._waiting, self._key = fields, waiting, key
            else:
                self.pieces.append(part)

    # Tables

    def _table(self, table: Element) -> None:
        box = _only_cell(table)
        if box is not None:
            self._children(box)
            return
        reader = _TableReader(self.job, self.story)
        found = reader.read(table)
        if found is not None:
            self.pieces.append(found)
        self.pieces += reader.behind

    _handlers: ClassVar[dict[str, Callable[["Blocks", Element], None]]] = {
        f"{W}p": _paragraph,
        f"{W}tbl": _table,
        f"{W}sdt": _control,
        f"{MC}AlternateContent": _alternatives,
        f"{A}p": _drawn_paragraph,
        f"{W}altChunk": _embedded,
        f"{W}subDoc": _linked_part,
        f"{W}commentRangeStart": _commented,
    }


def _is_empty_item(paragraph: Element) -> bool:
    """An empty paragraph that was put in a list by hand takes a number, as Word draws it; one whose words are hidden
    or deleted takes none."""
    own = numbering_of(paragraph.find(f"{W}pPr"))
    return own is not None and not any(one.text for one in paragraph.iter(f"{W}t", f"{W}delText"))


def _goes_on(properties: Element | None, has_runs: bool) -> bool:
    if properties is None or not has_runs:
        return False
    frame = properties.find(f"{W}framePr")
    if value(frame, "dropCap") in ("drop", "margin"):
        return True
    mark = properties.find(f"{W}rPr")
    return mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)


def _only_cell(table: Element) -> Element | None:
    """The cell of a table that is but a box around text: paragraphs, lists, headings."""
    cells = [one for row in table.iterfind(f"{W}tr") for one in row.iterfind(f"{W}tc")]
    if len(cells) != 1:
        return None
    said = [one for one in cells[0] if one.tag == f"{W}tbl" or (one.tag == f"{W}p" and says_anything(one))]
    return cells[0] if len(said) > 1 else None


@dataclass(slots=True)
class _TableReader:
    """behind: pictures of cells, which hold text alone."""

    job: Job
    story: Story
    behind: list[Piece] = field(default_factory=list)
    _rows: list[tuple[str, list[Cell]]] = field(default_factory=list)
    _heads: int = 0
    _merged: str = ""
    _restarted: str = ""  # words of the cell that those below go on with

    def read(self, table: Element) -> Table | None:
        key = self.job.keys.new()
        story = replace(self.story, fields=self.story.fields, flat=True)
        for row in _table_rows(table):
            self._row(row, story)
        self.story.contents = story.contents
        if not self._rows:
            return None
        return grid(
            key, self._rows, self._head_rows(table, key), self._has_head_column(table), self._merged, self.job.findings
        )

    def _head_rows(self, table: Element, key: str) -> int:
        look, style = _look(table)
        if self._heads or len(self._rows) < 2 or look.get("firstRow") is False:
            return min(self._heads, len(self._rows) - 1) if len(self._rows) > 1 else 0
        if not (look.get("firstRow") and self.job.styles.sets_apart(style)[0]):
            words = " | ".join(text_of_runs(cell.runs) for cell in self._rows[0][1])
            self.job.doubt(Doubt.HEADINGS_FROM_FIRST_ROW, words, key)
        return 1

    def _has_head_column(self, table: Element) -> bool:
        look, style = _look(table)
        return bool(look.get("firstColumn")) and self.job.styles.sets_apart(style)[1]

    def _row(self, row: Element, story: Story) -> None:
        properties = row.find(f"{W}trPr")
        key = self.job.keys.new()
        before = story.change
        for name in ("del", "ins"):
            mark = properties.find(W + name) if properties is not None else None
            if mark is not None and story.change is None:
                story.change = change_of(mark, NoteKind.DELETION if name == "del" else NoteKind.INSERTION)
        deleted = story.change is not None and story.change.kind == NoteKind.DELETION
        cells = [Cell(span=_skipped(properties, "gridBefore"))] if _skipped(properties, "gridBefore") else []
        cells += [self._cell(cell, key, story) for cell in _row_cells(row)]
        story.change = before
        if deleted and not any(is_said(cell.runs) for cell in cells):
            return
        if not cells:
            return
        if switched(properties.find(f"{W}tblHeader") if properties is not None else None) and self._heads == len(
            self._rows
        ):
            self._heads += 1
        self._rows.append((key, cells))

    def _cell(self, cell: Element, key: str, story: Story) -> Cell:
        properties = cell.find(f"{W}tcPr")
        span, merge, change = "", None, None
        if properties is not None:
            span = value(properties.find(f"{W}gridSpan"))
            merge = (
                properties.find(f"{W}vMerge")
                if properties.find(f"{W}hMerge") is None
                else properties.find(f"{W}hMerge")
            )
            change = properties.find(f"{W}cellDel")
        before = story.change
        if change is not None:
            story.change = before or change_of(change, NoteKind.DELETION)
        runs = cell_runs(cell, self.job, story, key, self.behind)
        story.change = before
        if not is_said(runs) and any(one.thing == Thing.CELL for one in element_words(cell, story.place)):
            self.job.told_things[Thing.CELL] += 1  # its words are deleted
        continued = merge is not None and value(merge) != "restart"
        found = Cell(runs, int(span) if span.isdecimal() and len(span) < 4 else 1)
        if merge is not None and not continued:
            self._restarted = text_of_runs(runs)
        if not self._merged and (continued or found.span > 1):
            self._merged = (self._restarted if continued else text_of_runs(runs)) or "–"
        return found


def _skipped(properties: Element | None, name: str) -> int:
    count = value(properties.find(W + name)) if properties is not None else ""
    return int(count) if count.isdecimal() and len(count) < 3 else 0


def _table_rows(table: Element) -> Iterator[Element]:
    return _inside(table, f"{W}tr")


def _row_cells(row: Element) -> Iterator[Element]:
    return _inside(row, f"{W}tc")


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Children of one kind, those in content controls and other wrappers too."""
    for one in parent:
        if one.tag == tag:
            yield one
        elif one.tag == f"{W}sdt" or one.tag in _THROUGH:
            yield from _inside(one, tag)


def _look(table: Element) -> tuple[dict[str, bool], str]:
    """What the table asks of its style, in the two ways of writing it, and the style."""
    properties = table.find(f"{W}tblPr")
    look = properties.find(f"{W}tblLook") if properties is not None else None
    style = value(properties.find(f"{W}tblStyle")) if properties is not None else ""
    if look is None:
        return {}, style
    found = {}
    for name, bit in (("firstRow", 0x20), ("firstColumn", 0x80)):
        said, bits = value(look, name), value(look)
        try:
            found[name] = said.lower() in ("1", "true", "on") if said else bool(int(bits or "0", 16) & bit)
        except ValueError:
            continue
    return found, style


def cell_runs(container: Element, job: Job, story: Story, key: str, behind: list[Piece]) -> Runs:
    """The text of a cell or a note as one, its paragraphs on lines; tables in it too."""
    reader = Blocks(job, story, key)
    lines = []
    for piece in reader.read(container):
        if isinstance(piece, Line):
            lines.append(labelled(piece.label, piece.runs))
            _rename(job, piece.key, key)
        elif isinstance(piece, Table):
            rows = [joined(row.cells, " | ") for row in piece.rows]
            job.doubt(Doubt.NESTED_TABLE, text_of_runs(rows[0] if rows else ()), key)
            job.told_things[Thing.CELL] += sum(is_said(cell) for row in piece.rows for cell in row.cells)
            lines += [piece.caption, *rows]
            for old in (piece.key, *(row.key for row in piece.rows)):
                _rename(job, old, key)
        else:
            behind.append(piece)
    return joined(lines)


def _rename(job: Job, old: str, new: str) -> None:
    job.renamed[old] = new


def read_notes(job: Job) -> list[Piece]:
    """The notes that marks lead to, in the order of these; those of no mark are left out. Figures in them come last."""
    behind: list[Piece] = []
    done: set[tuple[str, str]] = set()
    parts = {kind: _note_elements(job, kind) for kind in ("footnotes", "endnotes")}
    while job.waiting_notes:
        kind, number, key = job.waiting_notes.pop(0)
        if kind == INNER:
            job.notes.append(Note(key, job.inner_notes[key]))
            continue
        found = parts[kind].get(number)
        done.add((kind, number))
        runs: Runs = ()
        if found is not None:
            part, element = found
            runs = cell_runs(element, job, Story(part, kind, job.package.relations(part), flat=True), key, behind)
        job.notes.append(Note(key, runs))
    for kind, notes in parts.items():
        for number, (part, element) in notes.items():
            if (kind, number) not in done:
                reason = Reason.DELETION if (kind, number) in job.deleted_notes else Reason.HIDDEN
                leave_out_all(element, reason, job, Story(part, kind, job.package.relations(part)), "")
    return behind


def _note_elements(job: Job, kind: str) -> dict[str, tuple[str, Element]]:
    found = {}
    for part in job.package.related(kind):
        root = job.package.tree(part)
        for one in root if root is not None else ():
            if one.tag in (f"{W}footnote", f"{W}endnote"):
                found[value(one, "id")] = (part, one)
    return found


def leave_out_part(job: Job, name: str, place: str, reason: Reason) -> None:
    for source in part_words(job.package, name, place):
        job.leave_out(reason, source.text, source.place, "")
