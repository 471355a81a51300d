"""Paragraphs in any of the six languages, and the base of everything that stands in a text column."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from reportlab.platypus.flowables import Flowable

from pdf.bidi import visual_order
from pdf.canvas import Box, Colour, TaggedCanvas
from pdf.faces import Shaped, Show
from pdf.structure import Node, Slot
from pdf.text import Span, Typesetter, Unit, Word

HYPHENATION_ZONE = 0.16
"""Share of the measure a line may leave empty before a word is hyphenated: left-aligned text rarely needs to."""

FUZZ = 1e-6
"""Points by which a height may miss; the same as reportlab's frames allow."""

RAIL_EDGE = 38.0  # where the rail beside a typed block stands, in points from the column's edge

START, END, CENTRE = "start", "end", "centre"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is set; all lengths in points. indent: on the side where its lines begin.

    counted: its lines count for the line numbers of a draft.
    """

    leading: float
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    end_indent: float = 0.0
    align: str = START
    hyphenated: bool = False
    counted: bool = False


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
    rail: Colour | None = None
    rail_edge = RAIL_EDGE

    @property
    def notes(self) -> list["Block"]:
        return []

    def getSpaceBefore(self) -> float:
        return self.before

    def getSpaceAfter(self) -> float:
        return self.after

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:
        for key in self.anchors:
            canvas.anchor(key, y + self.height)
        if canvas.measuring:
            self.measured_on(canvas, x, y)
            return
        if self.bookmark:
            canvas.bookmark(*self.bookmark)
        if self.rail:
            with canvas.artifact():
                left = x + self.width - self.rail_edge - 1.6 if self.direction else x + self.rail_edge
                canvas.fill_box(left, y - self.after / 2, 1.6, self.height + self.after / 2 + 2, self.rail)
        self.paint(canvas, x, y)

    def measured_on(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """In the measuring pass, what holds other blocks passes it on to them."""

    def paint(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Draw with the lower left corner at (x, y)."""
        raise NotImplementedError


@dataclass(slots=True, eq=False)
class Line:
    """words in logical order. width: without the spaces at its end."""

    words: list[Word]
    width: float


class Notes(Protocol):
    """Where a paragraph looks up the footnotes whose marks it holds."""

    def __call__(self, key: str) -> Block | None: ...


class Paragraph(Block):
    """Spans of text set in lines.

    direction: 0 left to right, 1 right to left.
    """

    def __init__(
        self,
        spans: Sequence[Span],
        look: Look,
        setter: Typesetter,
        direction: int = 0,
        labels: Sequence[Label] = (),
        notes: Notes | None = None,
    ) -> None:
        super().__init__()
        self.spans = [span for span in spans if span.text]
        self.look = look
        self.setter = setter
        self.direction = direction
        self.labels = list(labels)
        self.before, self.after = look.before, look.after
        self.find_note = notes
        self.lines: list[Line] = []
        self.is_part = False
        self.measure = -1.0
        self._units: list[Unit] | None = None

    # Layout

    @property
    def units(self) -> list[Unit]:
        if self._units is None:
            self._units = self.setter.units(self.spans, self.direction)
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
        join = self._unjoined if self.direction else joined
        used = space = 0.0
        waiting = self.units[::-1]
        while waiting:
            unit = waiting.pop()
            if used + space + unit.width <= room + FUZZ:
                words += unit.words
                used, space = used + space + unit.width, unit.space
                continue
            if halves := self._halves(unit, room, used + space):
                head, tail = halves
                lines.append(Line(join(words + head.words), used + space + head.width))
                waiting.append(tail)
            elif words:
                lines.append(Line(join(words), used))
                waiting.append(unit)
            else:
                lines.append(Line(join(unit.words), unit.width))
            words, used, space = [], 0.0, 0.0
        if words:
            lines.append(Line(join(words), used))
        return lines

    @staticmethod
    def _unjoined(words: list[Word]) -> list[Word]:
        """Right to left every word finds its own place."""
        return words

    def _halves(self, unit: Unit, room: float, used: float) -> tuple[Unit, Unit] | None:
        """Both parts of a unit that does not fit where `used` points of the line are taken, if it should be cut."""
        roomy = room - used > HYPHENATION_ZONE * room
        if self.look.hyphenated and roomy and (halves := self.setter.cut(unit, room - used)):
            return halves
        if unit.width > room and (not used or roomy):
            return self.setter.tear(unit, room - used)
        return None

    def split(self, width: float, height: float) -> list[Flowable]:
        """Two parts with two lines each at least, so that no line stands alone; [] where that cannot be."""
        self.wrap(width, height)
        fits = min(int((height + FUZZ) // self.look.leading), len(self.lines) - 2)
        return [] if fits < 2 else list(self.parts(fits))

    def parts(self, count: int) -> tuple["Paragraph", "Paragraph"]:
        """The first `count` lines, and the others."""
        return self._part(self.lines[:count], first=True), self._part(self.lines[count:], first=False)

    def _part(self, lines: list[Line], first: bool) -> "Paragraph":
        labels = self.labels if first else ()
        part = Paragraph(self.spans, self.look, self.setter, self.direction, labels, self.find_note)
        part.lines, part.is_part, part.measure = lines, True, self.measure
        part.before, part.after = (self.before, 0.0) if first else (0.0, self.after)
        part.is_changed, part.rail, part.rail_edge = self.is_changed, self.rail, self.rail_edge
        if first:
            part.anchors, part.bookmark = self.anchors, self.bookmark
        return part

    def measured_on(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Forget the lines: a long document set twice needs half the memory of one whose lines are all kept."""
        if not self.is_part:
            self.lines, self.measure = [], -1.0

    # Drawing

    def paint(self, canvas: TaggedCanvas, x: float, y: float, as_artifact: bool = False) -> None:
        look = self.look
        brush = Brush(canvas, as_artifact)
        left = x + (look.end_indent if self.direction else look.indent)
        room = self.measure - look.indent - look.end_indent
        baseline = y + self.height - look.leading * 0.5 - self._lift()
        if look.counted:
            canvas.count_lines(len(self.lines), baseline, look.leading)
        for label in self.labels:
            self._paint_label(brush, label, x, baseline)
        for line in self.lines:
            brush.line(line, self._start_of(line, left, room), baseline, self.direction)
            baseline -= look.leading
        brush.finish()
        if self.is_changed:
            canvas.change_bar(y, self.height)

    def _lift(self) -> float:
        """From the middle of a line to its baseline: half the height of capitals (0.67 of the size in these faces)."""
        size = max((span.ink.size for span in self.spans if not span.ink.rise), default=10.0)
        return 0.335 * size

    def _start_of(self, line: Line, left: float, room: float) -> float:
        align = {START: END, END: START}.get(self.look.align, CENTRE) if self.direction else self.look.align
        return left + {START: 0.0, END: room - line.width, CENTRE: (room - line.width) / 2}[align]

    def _paint_label(self, brush: "Brush", label: Label, x: float, baseline: float) -> None:
        words = [word for unit in self.setter.units(label.spans, self.direction) for word in unit.words]
        width = sum(word.width for word in words[: len(words) - _trailing_spaces(words)])
        edge = x + self.measure - label.edge if self.direction else x + label.edge
        begins_left = (label.align == START) != bool(self.direction)
        brush.line(Line(words, width), edge if begins_left else edge - width, baseline, self.direction)


def joined(words: list[Word]) -> list[Word]:
    """Words that run on from left to right in one look, as one: a tenth of the objects, the same glyphs."""
    made: list[Word] = []
    for word in words:
        last = made[-1] if made else None
        if (
            last is None
            or last.span is not word.span
            or last.face is not word.face
            or last.level
            or word.level
            or not last.shaped.is_plain
            or not word.shaped.is_plain
        ):
            made.append(word)
            continue
        shaped = Shaped((Show(0.0, last.shaped.shows[0].array + word.shaped.shows[0].array),), 0.0)
        made[-1] = Word(last.span, last.face, shaped, last.width + word.width, last.size, 0, False)
    return made


class Brush:
    """Writes words as marked contents, one for each stretch of words of one slot, and remembers what links cover."""

    def __init__(self, canvas: TaggedCanvas, as_artifact: bool = False) -> None:
        self.canvas = canvas
        self.as_artifact = as_artifact
        self.slot: Slot | None = None
        self.context: Any = None
        self.state: tuple[str, float, Colour, float] | None = None
        self.array: list[str] = []
        self.pen = (0.0, 0.0)
        self.links: list[tuple[Span, Box]] = []
        self.strikes: list[tuple[float, float, float, Colour]] = []

    def line(self, line: Line, x: float, baseline: float, direction: int) -> None:
        """Words of one line, whose left end stands at x."""
        words = line.words
        if direction or any(word.level for word in words):
            places = self._visual_places(words, x, direction)
        else:
            places, at = [], x
            for word in words:
                places.append(at)
                at += word.width
        for word, place in zip(words, places, strict=True):
            self._word(word, place, baseline)

    @staticmethod
    def _visual_places(words: list[Word], x: float, direction: int) -> list[float]:
        levels = [word.level for word in words]
        for index in range(len(words) - 1, -1, -1):  # L1: spaces at the end of a line take the paragraph's level
            if not words[index].is_space:
                break
            levels[index] = direction
        places = [0.0] * len(words)
        order = visual_order(levels)
        if direction:  # spaces at the line's end stand left of it
            x -= sum(word.width for word in words[::-1][: _trailing_spaces(words)])
        for index in order:
            places[index] = x
            x += words[index].width
        return places

    def _word(self, word: Word, x: float, baseline: float) -> None:
        span = word.span
        if span.slot is not self.slot:
            self._leave()
            self.slot = span.slot
            self.context = self.canvas.artifact("Pagination") if self.as_artifact else self.canvas.marked(span.slot)
            self.context.__enter__()
            self.canvas.write("BT")
        ink = span.ink
        name = self.canvas.use(word.face)
        for index, show in enumerate(word.shaped.shows):
            wanted = (name, word.size, ink.colour, show.rise * word.size / 1000 + ink.rise)
            joins = wanted == self.state and abs(x - self.pen[0]) < 0.01 and baseline == self.pen[1]
            if not joins or index:
                self._flush()
                self._set(wanted, x, baseline, moves=not index)
            self.array.append(show.array)
        self.pen = (x + word.width, baseline)
        if span.address or span.place:
            self._cover(span, x, baseline, word)
        if ink.struck:
            self.strikes.append((x, baseline + 0.3 * ink.size, word.width, ink.colour))

    def _set(self, wanted: tuple[str, float, Colour, float], x: float, baseline: float, moves: bool) -> None:
        """Write what changed of the text state. moves: False where the pen goes on from the glyphs before."""
        name, size, colour, rise = wanted
        old = self.state
        operators = []
        if old is None or old[:2] != (name, size):
            operators.append(f"/{name} {size:g} Tf")
        if old is None or old[2] != colour:
            operators.append(f"{colour[0]:g} {colour[1]:g} {colour[2]:g} rg")
        if old is None or old[3] != rise:
            operators.append(f"{rise:.2f} Ts")
        if moves:
            operators.append(f"1 0 0 1 {x:.2f} {baseline:.2f} Tm")
        self.canvas.write(" ".join(operators))
        self.state = wanted

    def _flush(self) -> None:
        if self.array:
            self.canvas.write(f"[{''.join(self.array).replace('><', '')}] TJ")
            self.array = []

    def _cover(self, span: Span, x: float, baseline: float, word: Word) -> None:
        box = (x, baseline - 0.25 * word.size, x + word.width, baseline + 0.8 * word.size)
        if self.links and self.links[-1][0] is span and self.links[-1][1][1] == box[1]:
            last = self.links.pop()[1]
            box = (min(last[0], box[0]), box[1], max(last[2], box[2]), max(last[3], box[3]))
        self.links.append((span, box))

    def _leave(self) -> None:
        self._flush()
        self.state = None
        if self.context is not None:
            self.canvas.write("ET")
            self.context.__exit__(None, None, None)
            self.context = None
        self.slot = None

    def finish(self) -> None:
        """End the last marked content, then draw the strikes and lay the links over the words."""
        self._leave()
        if self.strikes:
            with self.canvas.artifact():
                for x, y, width, colour in self.strikes:
                    self.canvas.fill_box(x, y, width, 0.5, colour)
        for span, box in () if self.as_artifact else self.links:
            self.canvas.link(_link_node(span.slot.node), box, span.text, address=span.address, place=span.place)


def _trailing_spaces(words: list[Word]) -> int:
    count = 0
    for word in reversed(words):
        if not word.is_space:
            break
        count += 1
    return count


def _link_node(node: Node) -> Node:
    """The Link element that a span's text stands in."""
    found: Node | None = node
    while found is not None and found.tag != "Link":
        found = found.parent
    return found or node
