"""Paragraphs in any of the six languages, and the base of everything that stands in a text column."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reportlab.platypus.flowables import Flowable

from pdf.layout.context import LayoutContext
from pdf.layout.page_recorder import PageRecorder
from pdf.layout.styles import CENTRE, END, START, Look
from pdf.placed_document import Bookmark, TextBox
from pdf.tagging.structure_tree import Node
from pdf.text.lines import Line, PlacedWord, gap_of, joined, placed, trailing_spaces
from pdf.text.spans import Colour, Span, Unit, Word

HYPHENATION_ZONE = 0.16
"""Share of the measure a line may leave empty before a word is hyphenated: left-aligned text rarely needs to."""

FUZZ = 1e-6
"""Points by which a height may miss; the same as reportlab's frames allow."""

RAIL_EDGE = 38.0  # where the rail beside a typed block stands, in points from the column's edge


@dataclass(frozen=True, slots=True)
class Label:
    """Spans that hang beside a paragraph's first line: a bullet, a ¶ number.

    edge: points from the side where the column begins. align: whether the label begins (START) or ends (END) there.
    """

    spans: Sequence[Span]
    edge: float
    align: str = START


class Block(Flowable):  # type: ignore[misc]
    """What stands in a text column and is tagged.

    anchors: keys that lead here. bookmark: (title, key, level) in the outline. notes: footnotes whose marks it holds,
    as flowables. rail: colour of a bar beside it, for typed blocks and quotes. direction: 0 left to right, 1 the other.
    """

    # reportlab sets and deletes these on every flowable it places. On an instance that costs 2.5 KB each for good
    # (CPython then gives it a dictionary of its own), a megabyte at 100 pages; no block of ours reads them.
    _frame = canv = property(lambda self: None, lambda self, value: None, lambda self: None)

    direction = 0
    anchors: tuple[str, ...] = ()
    bookmark: tuple[str, str, int] | None = None
    before = 0.0
    after = 0.0
    keeps_with_next = False
    is_changed = False
    begins_page = False  # set by the column that asks it to split: no other page has more room
    rail: Colour | None = None
    rail_edge = RAIL_EDGE

    @property
    def notes(self) -> list["Block"]:
        return []

    @property
    def element(self) -> Node | None:
        """The structure element of what it holds, where that is one passage."""
        return None

    @property
    def is_mirrored(self) -> bool:
        """Whether the document's lines begin on the right, whatever those of the block do."""
        return bool(self.direction)

    def getSpaceBefore(self) -> float:
        return self.before

    def getSpaceAfter(self) -> float:
        return self.after

    def drawOn(self, page: PageRecorder, x: float, y: float, _sW: float = 0) -> None:
        """reportlab calls this where the block has found its place."""
        for key in self.anchors:
            page.anchor(key, y + self.height, self.element)
        if page.is_measuring:
            self.measured_on(page, x, y)
            return
        if self.bookmark:
            page.add(Bookmark(*self.bookmark))
        if self.rail:
            left = x + self.width - self.rail_edge - 1.6 if self.is_mirrored else x + self.rail_edge
            page.rectangle(left, y - self.after / 2, 1.6, self.height + self.after / 2 + 2, self.rail)
        self.place(page, x, y)

    def measured_on(self, page: PageRecorder, x: float, y: float) -> None:
        """In the measuring pass, what holds other blocks passes it on to them."""

    def place(self, page: PageRecorder, x: float, y: float) -> None:
        """Add the block's boxes to the page, with its lower left corner at (x, y)."""
        raise NotImplementedError


class Notes(Protocol):
    """Where a paragraph looks up the footnotes whose marks it holds."""

    def __call__(self, key: str) -> Block | None: ...


class Paragraph(Block):
    """Spans of text set in lines."""

    def __init__(
        self,
        spans: Sequence[Span],
        look: Look,
        context: LayoutContext,
        labels: Sequence[Label] = (),
        notes: Notes | None = None,
        direction: int | None = None,
    ) -> None:
        """direction: where it differs from that of the document. Lines begin on that side, but for `begins`: in a list,
        beside the sign."""
        super().__init__()
        self.spans = [span for span in spans if span.text]
        self.look = look
        self.context = context
        self.direction = context.direction if direction is None else direction
        self.begins = self.direction
        self.labels = list(labels)
        self.before, self.after = look.before, look.after
        self.find_note = notes
        self.lines: list[Line] = []
        self.is_part = False
        self.measure = -1.0
        self._units: list[Unit] | None = None

    @property
    def element(self) -> Node | None:
        return self.spans[0].slot.node.passage if self.spans else None

    @property
    def is_mirrored(self) -> bool:
        return bool(self.context.direction)

    # Layout

    @property
    def units(self) -> list[Unit]:
        if self._units is None:
            self._units = self.context.typesetter.units(self.spans, self.direction)
        return self._units

    @property
    def notes(self) -> list[Block]:
        if self.find_note is None:
            return []
        if self.is_part:
            spans = list(dict.fromkeys(word.span for line in self.lines for word in line.words))
        else:
            spans = self.spans
        return [note for span in spans if span.note and (note := self.find_note(span.note)) is not None]

    def narrowest(self) -> float:
        """Width of the widest thing that may not be torn, in points."""
        return max((unit.width for unit in self.units), default=0.0) + self.look.indent + self.look.end_indent

    def widest(self) -> float:
        """Width on one line."""
        return sum(unit.width + unit.space for unit in self.units) + self.look.indent + self.look.end_indent

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if not self.is_part and width != self.measure:
            self.lines = self._fill(width - self.look.indent - self.look.end_indent)
            self._units = None  # a long document would keep every word twice
        self.measure = width
        self.width, self.height = width, self.look.leading * len(self.lines)
        return width, self.height

    def _fill(self, room: float) -> list[Line]:
        lines: list[Line] = []
        words: list[Word] = []
        join = self._unjoined if self.direction or self.look.justified else joined
        used = space = 0.0
        waiting = self.units[::-1]
        while waiting:
            unit = waiting.pop()
            if used + space + unit.width <= room + FUZZ:
                words += unit.words
                used, space = used + space + unit.width, unit.space
                if unit.ends_line and waiting:
                    lines.append(Line(join(words), used))
                    words, used, space = [], 0.0, 0.0
                continue
            if halves := self._halves(unit, room, used + space, is_last=not waiting):
                head, tail = halves
                lines.append(Line(join(words + head.words), used + space + head.width, is_full=True))
                waiting.append(tail)
            elif words:
                lines.append(Line(join(words), used, is_full=True))
                waiting.append(unit)
            else:
                lines.append(Line(join(unit.words), unit.width))
            words, used, space = [], 0.0, 0.0
        if words:
            lines.append(Line(join(words), used))
        return lines

    @staticmethod
    def _unjoined(words: list[Word]) -> list[Word]:
        """Right to left, and between two edges, every word finds its own place."""
        return words

    def _halves(self, unit: Unit, room: float, used: float, *, is_last: bool) -> tuple[Unit, Unit] | None:
        """Both parts of a unit that does not fit where `used` points of the line are taken, if it should be cut.

        is_last: of the paragraph. Half a word is no last line.
        """
        roomy = room - used > HYPHENATION_ZONE * room
        if (
            self.look.hyphenated
            and roomy
            and not is_last
            and (halves := self.context.typesetter.cut(unit, room - used))
        ):
            return halves
        if unit.width > room and (not used or roomy):
            return self.context.typesetter.tear(unit, room - used)
        return None

    def split(self, width: float, height: float) -> list[Flowable]:
        """Two parts with two lines each at least, so that no line stands alone; [] where that cannot be."""
        self.wrap(width, height)
        room = int((height + FUZZ) // self.look.leading)
        fits = min(room, len(self.lines) - 2)
        if fits < 2 and self.begins_page:
            fits = min(room, len(self.lines) - 1)
        return [] if fits < (1 if self.begins_page else 2) else list(self.parts(fits))

    def parts(self, count: int) -> tuple["Paragraph", "Paragraph"]:
        """The first `count` lines, and the others."""
        return self._part(self.lines[:count], first=True), self._part(self.lines[count:], first=False)

    def _part(self, lines: list[Line], first: bool) -> "Paragraph":
        labels = self.labels if first else ()
        part = Paragraph(self.spans, self.look, self.context, labels, self.find_note, self.direction)
        part.lines, part.is_part, part.measure = lines, True, self.measure
        part.before, part.after = (self.before, 0.0) if first else (0.0, self.after)
        part.begins = self.begins
        part.is_changed, part.rail, part.rail_edge = self.is_changed, self.rail, self.rail_edge
        if first:
            part.anchors, part.bookmark = self.anchors, self.bookmark
        return part

    def measured_on(self, page: PageRecorder, x: float, y: float) -> None:
        """Forget the lines: a long document set twice needs half the memory of one whose lines are all kept."""
        if not self.is_part:
            self.lines, self.measure = [], -1.0

    # Placing

    def place(self, page: PageRecorder, x: float, y: float, is_artifact: bool = False) -> None:
        look = self.look
        left = x + (look.end_indent if self.context.direction else look.indent)
        room = self.measure - look.indent - look.end_indent
        baseline = y + self.height - look.leading * 0.5 - self._lift()
        if look.counted:
            page.count_lines(len(self.lines), baseline, look.leading)
        words: list[PlacedWord] = []
        for label in self.labels:
            words += self._placed_label(label, x, baseline)
        for line in self.lines:
            gap = gap_of(line, room) if look.justified else 0.0
            words += placed(line, self._start_of(line, left, room), baseline, self.direction, gap)
            baseline -= look.leading
        page.add(TextBox(words, is_artifact))
        if self.is_changed:
            page.change_bar(y, self.height)

    def _lift(self) -> float:
        """From the middle of a line to its baseline: half the height of capitals (0.67 of the size in these faces)."""
        size = max((span.ink.size for span in self.spans if not span.ink.rise), default=10.0)
        return 0.335 * size

    def _start_of(self, line: Line, left: float, room: float) -> float:
        align = {START: END, END: START}.get(self.look.align, CENTRE) if self.begins else self.look.align
        return left + {START: 0.0, END: room - line.width, CENTRE: (room - line.width) / 2}[align]

    def _placed_label(self, label: Label, x: float, baseline: float) -> list[PlacedWord]:
        """On the side where the document's lines begin, whatever the paragraph's own direction is."""
        direction = self.context.direction
        words = [word for unit in self.context.typesetter.units(label.spans, direction) for word in unit.words]
        width = sum(word.width for word in words[: len(words) - trailing_spaces(words)])
        edge = x + self.measure - label.edge if direction else x + label.edge
        begins_left = (label.align == START) != bool(direction)
        return placed(Line(words, width), edge if begins_left else edge - width, baseline, direction)
