"""Lines in order into nodes: headings, paragraphs, items, quotations, captions, tables, pictures. Pure."""

import re
from dataclasses import dataclass, field

from formats.draft import Doubt, Reason
from formats.html.tree import FINDING, LEFT_OUT, PAGE, Node
from formats.pdf.lists import SAME_PLACE, Lists
from formats.pdf.text_nodes import SENTENCE_END, joined_text, picture_node, text_nodes
from formats.pdf.untagged.captions import is_caption
from formats.pdf.untagged.footnotes import note_of
from formats.pdf.untagged.lines import Line, with_breaks, without_marker
from formats.pdf.untagged.measures import Measures
from formats.plain.list_and_heading_markers import Marker, marker_of
from formats.web.joining import Vocabulary

_LEADERS = re.compile(r".*\S\s*(?:\.\s?){4,}\s*[\divxlc]{1,5}\s*$")
LEAST_SET_IN, MOST_SET_IN = 1.4, 6  # sizes of type by which a quotation stands inwards
IN_THE_MIDDLE = 1.5  # sizes of type between the space before and after a line that is centred


@dataclass(slots=True)
class Flow:
    """lines: of the whole file, a line without words where a page begins. running: heads by page; notes: by page."""

    lines: list[Line]
    measures: Measures
    vocabulary: Vocabulary
    running: dict[int, list[Line]]
    notes: dict[int, list[list[Line]]]
    top: Node = field(default_factory=lambda: Node("body", holds_blocks=True))
    group: list[Line] = field(default_factory=list)
    turns: list[Node] = field(default_factory=list)
    waiting: list[Node] = field(default_factory=list)
    pending: list[list[Line]] = field(default_factory=list)
    level: int = 0
    item: Node | None = None
    before: Line | None = None
    lists: Lists = field(init=False)

    def __post_init__(self) -> None:
        self.lists = Lists(self.top)

    def body(self) -> Node:
        for place, line in enumerate(self.lines):
            after = self.lines[place + 1] if place + 1 < len(self.lines) else None
            if line.grid is not None or line.image is not None:
                self.end(line)
                self.lists.end()
                self.top.adopt([self._thing(line)])
                self.before = line
            elif not line.words:
                self.page(line.page)
            else:
                self.line(line, after)
        self.end(None)
        self.page_end()
        return self.top

    def _thing(self, line: Line) -> Node:
        if line.grid is not None:
            return line.grid.node(self.vocabulary, right_to_left=line.turned)
        return picture_node(line.image, line.page)

    # Pages

    def page(self, number: int) -> None:
        signs = [Node(PAGE, str(number))] + [
            Node(LEFT_OUT, line.text, {"place": f"page {number + 1}"}, reason=Reason.RUNNING_HEAD)
            for line in self.running.get(number, ())
        ]
        self.page_end()
        self.pending = self.notes.get(number, [])
        if self.group:
            self.turns += signs
        else:
            self.top.adopt(signs)

    def page_end(self) -> None:
        """Notes stand at the end of their page, after the blocks that began on it."""
        self.waiting += [note_of(group, self.vocabulary) for group in self.pending]
        self.pending = []
        if not self.group:
            self.top.adopt(self.waiting)
            self.waiting = []

    # Lines

    def line(self, line: Line, after: Line | None) -> None:
        if _LEADERS.match(line.text):
            self.end(line)
            self.lists.end()
            self.top.adopt([Node(LEFT_OUT, line.text, reason=Reason.CONTENTS_LIST, holds_blocks=True)])
            return
        level = self.measures.level(line, self.group[-1] if self.group else None, after)
        marker = None if level else marker_of(line.text, self.lists.expected())
        marker = marker if marker and self.begins_item(marker, line) else None
        if self.group and marker is None and self.goes_on(line, level) and not self.parts_caption(line, after):
            self.group.append(line)
            return
        self.end(line)
        self.level = level
        if marker is not None:
            rest = without_marker(line, marker).measure()
            text = self.text_begin(line, rest)
            self.item = self.lists.item(marker, line.begin, text, line.size)
            self.item.adopt([Node(LEFT_OUT, marker.text, reason=Reason.LIST_NUMBER)])
            self.group = [rest]
            rest.begin = text
            return
        self.group = [line]

    @staticmethod
    def text_begin(line: Line, rest: Line) -> float:
        """How far the text of an item stands from the edge."""
        return line.begin + (line.x1 - rest.x1 if line.turned else rest.x0 - line.x0)

    def begins_item(self, marker: Marker, line: Line) -> bool:
        near = self.is_near(line)
        if not marker.ordered:
            return marker.kind not in "–—-*" or not near or bool(self.lists.open) or self.group[-1].text.endswith(":")
        if (marker.kind, marker.number) in self.lists.expected():
            return True
        return marker.number == 1 or (
            not near and (marker.kind != "1." or (marker.number < 30 and not self.lists.open))
        )

    def is_near(self, line: Line) -> bool:
        return bool(self.group) and (
            self.group[-1].page == line.page and self.group[-1].y0 - line.y0 < 1.2 * self.measures.leading
        )

    # Paragraphs

    def goes_on(self, line: Line, level: int) -> bool:
        last = self.group[-1]
        if level != self.level or not _is_same_type(last, line):
            return False
        if (last.page, last.column) != (line.page, line.column) or line.y0 > last.y1:
            return self.goes_over(last, line, level)
        larger = line.size > 1.05 * self.measures.body_size
        usual = self.measures.leading * max(line.size / self.measures.body_size, 0.8)
        if last.y0 - line.y0 > 1.3 * (max(self.measures.leading, 1.2 * line.size) if larger else usual):
            return False
        if level:
            return True
        return self._is_same_text(last, line)

    def _is_same_text(self, last: Line, line: Line) -> bool:
        """Of two lines that stand close: whether the second goes on with the first, by where they begin and end."""
        ended = bool(SENTENCE_END.search(last.text))
        if ended and line.is_italic and not last.is_italic:
            return False
        if self.item is not None:
            return self._is_same_item(line, ended=ended)
        below = line.y1 < last.y1 - 0.5 * line.size
        if below and line.begin > last.begin + LEAST_SET_IN * line.size and last.rest > line.first_width + line.size:
            return False  # a quotation
        least_rest = min(self._least_rest(), line.rest) if below else self._least_rest()
        had_room = last.rest - least_rest > line.first_width + 0.4 * line.size
        set_in = line.begin > last.begin + 0.8 * line.size and len(self.group) > 1
        if ended and set_in:
            return False
        if abs(line.begin - last.begin) > LEAST_SET_IN * line.size and ended and len(self.group) > 1:
            return False
        return not (ended and had_room and not line.text[:1].islower() and last.rest > 0.18 * self._width(last))

    def parts_caption(self, line: Line, after: Line | None) -> bool:
        """Whether a caption begins or ends at a line that stands close to the one before."""
        return self._begins_caption(line, after) or self._ends_caption(line)

    def _ends_caption(self, line: Line) -> bool:
        """Whether the one line below a picture says what it shows: no sentence, and what follows had room behind it."""
        last = self.group[-1]
        below_picture = self.before is not None and self.before.image is not None and self.before.page == last.page
        had_room = last.rest > line.first_width + 0.4 * line.size
        return below_picture and had_room and len(self.group) == 1 and not SENTENCE_END.search(last.text)

    def _begins_caption(self, line: Line, after: Line | None) -> bool:
        """Whether a line that stands close to a sentence that ended is of the table below."""
        ended = bool(SENTENCE_END.search(self.group[-1].text)) and not SENTENCE_END.search(line.text)
        return ended and after is not None and after.grid is not None and after.page == line.page

    def _least_rest(self) -> float:
        return min(line.rest for line in self.group)

    def _width(self, line: Line) -> float:
        return line.rest + line.x1 - line.x0

    def _is_same_item(self, line: Line, *, ended: bool) -> bool:
        last, begin = self.group[-1], self.lists.text
        near = max(SAME_PLACE, 0.6) * line.size
        if len(self.group) > 1:
            return abs(line.begin - last.begin) <= near or not ended
        had_room = last.rest > line.first_width + 0.4 * line.size
        if had_room and line.begin < self.lists.begin - 0.3 * line.size:
            return False
        if abs(line.begin - begin) <= near:
            return not (ended and had_room and last.rest > 0.3 * self._width(last))
        return not ended

    def goes_over(self, last: Line, line: Line, level: int) -> bool:
        """Whether a paragraph goes on in the next column or on the next page."""
        if level or SENTENCE_END.search(last.text):
            return False
        first = line.text[:1]
        return (
            first.islower()
            or last.text.endswith(("-", "\u2010", ","))
            or (first.isalpha() and first.upper() == first.lower() and last.rest < 3 * last.size)
        )

    # What a group of lines is

    def end(self, after: Line | None) -> None:
        if not self.group:
            return
        lines, self.group = self.group, []
        words = [word for line in lines for word in with_breaks(line)]
        nodes = text_nodes(words, self.vocabulary, heading=self.level > 0)
        if self.item is not None:
            holder = Node("p")
            holder.adopt(nodes)
            self.item.adopt([holder])
        else:
            self.lists.end()
            self.top.adopt([self._heading(lines, nodes) if self.level else self._paragraph(lines, nodes, after)])
        self.top.adopt(self.turns)
        self.top.adopt(self.waiting)
        self.turns, self.waiting = [], []
        self.level, self.item = 0, None
        self.before = lines[-1]

    def _heading(self, lines: list[Line], nodes: list[Node]) -> Node:
        node = Node(f"h{min(self.level, 6)}")
        if not self.measures.is_sure(lines[0]):
            said = joined_text(word for line in lines for word in line.words)
            node.adopt([Node(FINDING, said, {"doubt": str(Doubt.HEADING_GUESSED)})])
        node.adopt(nodes)
        return node

    def _paragraph(self, lines: list[Line], nodes: list[Node], after: Line | None) -> Node:
        node = Node("p")
        node.adopt(nodes)
        if place := is_caption(lines, self.before, after, self.measures):
            node.attributes["class"] = f"caption {place}"
        elif self.is_set_in(lines):
            holder = Node("blockquote", holds_blocks=True)
            holder.adopt([node])
            return holder
        return node

    def is_set_in(self, lines: list[Line]) -> bool:
        """A quotation: set in on both sides, or one line set in that is not in the middle."""
        size, begin, rest = lines[0].size, min(line.begin for line in lines), min(line.rest for line in lines)
        if not LEAST_SET_IN * size <= begin <= MOST_SET_IN * size:
            return False
        if len(lines) > 1:
            even = all(abs(line.begin - begin) < 1.5 for line in lines)
            return rest >= size or (even and self.measures.begins_at_edge)
        if self.measures.first_line and abs(begin - self.measures.first_line) < 1.5:
            return False
        return abs(begin - rest) > IN_THE_MIDDLE * size or self.is_usual(begin)

    def is_usual(self, begin: float) -> bool:
        """Whether other lines begin there too, which centred ones do by chance alone."""
        return sum(self.measures.begins[round(begin) + step] for step in (-1, 0, 1)) > 2


def _is_same_type(last: Line, line: Line) -> bool:
    """Whether two lines are set in one size, or one of them is in part, as where most of it is a quoted command."""
    near = 0.12 * line.size
    return (
        abs(last.size - line.size) <= near
        or any(abs(word.style.size - last.size) <= 0.05 * last.size for word in line.words)
        or any(abs(word.style.size - line.size) <= 0.05 * line.size for word in last.words)
    )
