"""An untagged PDF: lines, columns, running heads, headings, lists, tables and footnotes by where text stands. Pure."""

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field
from statistics import median

from formats.draft import Doubt, Reason
from formats.html.tree import FINDING, LEFT_OUT, PAGE, TEXT, Node
from formats.pdf.content import Image, Page, Word
from formats.pdf.notes import LABEL
from formats.pdf.ruled_tables import Grid, grids_of
from formats.pdf.text_nodes import joined_text, label_text, mark_raised, text_nodes
from formats.plain.markers import Marker, guessed_level, marker_of
from formats.web.joining import Vocabulary

EDGE = 0.12  # of a page's height: where running heads stand
LARGER = 1.12  # a heading's size against the text's
_NUMBER_ONLY = re.compile(
    r"\W*(?:page|seite|página|стр\.?|第|صفحة)?\s*(?:\d{1,4}|[٠-٩]{1,4}|[ivxl]{1,6})\s*(?:(?:of|/|\||de|von|sur|из)\s*\d{1,4}|页|頁)?\W*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?:;。！？؟：；][\"'”’)\]»]*$")
_LABEL = re.compile(
    r"(?:figure|fig\.|table|chart|box|рис\.|рисунок|таблица|图|表|tableau|tabla|cuadro|figura|شكل|جدول)\s*\d",
    re.IGNORECASE,
)
_LEADERS = re.compile(r".*\S\s*(?:\.\s?){4,}\s*[\divxlc]{1,5}\s*$")


@dataclass(slots=True)
class Line:
    words: list[Word]
    page: int
    column: int = 0
    right: float = 0.0  # where lines of its column end
    grid: Grid | None = None
    image: Image | None = None
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0
    size: float = 0.0

    def measure(self) -> "Line":
        self.x0, self.x1 = min(word.x0 for word in self.words), max(word.x1 for word in self.words)
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[word.style.size] += len(word.text)
        self.size = sizes.most_common(1)[0][0]
        same = [word for word in self.words if word.style.size == self.size]
        self.y0, self.y1 = min(word.y0 for word in same), max(word.y1 for word in same)
        return self

    @property
    def text(self) -> str:
        return joined_text(self.words)

    @property
    def bold(self) -> bool:
        return bool(self.words) and all(word.style.bold for word in self.words if any(map(str.isalnum, word.text)))

    @property
    def is_right_to_left(self) -> bool:
        return bool(re.search(r"[\u0590-\u08ff\ufb1d-\ufefc]", self.text))


def lines_of(page: Page) -> list[Line]:
    """Words of one baseline, near each other, as they follow in the file; parts of a line that lie apart put together."""  # noqa: E501
    mark_raised(page.words)
    lines: list[Line] = []
    current: list[Word] = []
    for word in page.words:
        if current and not _goes_on(current[-1], word):
            lines.append(Line(current, page.number).measure())
            current = []
        current.append(word)
    if current:
        lines.append(Line(current, page.number).measure())
    lines = _merged(lines)
    for line in lines:
        _begin_at_the_right(line)
    _give_bullets(page, lines)
    return lines


def _begin_at_the_right(line: Line) -> None:
    """A sign that was drawn after its line of Arabic, and stands before it."""
    last = line.words[-1]
    if len(line.words) > 1 and line.is_right_to_left and last.x0 >= line.words[0].x1 - 1:
        last.text = label_text(last.text)
        line.words[0].space = True
        line.words = [last, *line.words[:-1]]


def _give_bullets(page: Page, lines: list[Line]) -> None:
    """A bullet that is drawn and no letter: it stands before the line all the same."""
    for dot in page.dots if len(page.dots) < 2000 else ():
        y = (dot.y0 + dot.y1) / 2
        for line in lines:
            before = dot.x0 - line.x1 if line.is_right_to_left else line.x0 - dot.x1
            if line.y0 <= y <= line.y1 and 0 < before < 2.5 * line.size and marker_of(line.text) is None:
                first = line.words[0]
                line.words.insert(0, Word("•", dot.x0, first.y0, dot.x1, first.y1, first.style))
                first.space = True
                line.measure()
                break


def _goes_on(last: Word, word: Word) -> bool:
    overlap = min(last.y1, word.y1) - max(last.y0, word.y0)
    height = min(last.y1 - last.y0, word.y1 - word.y0) or 1
    apart = max(word.x0 - last.x1, last.x0 - word.x1)
    size = max(last.style.size, word.style.size)
    return (
        overlap > 0.35 * height
        and apart < 1.4 * size
        and apart > -2 * size - max(word.x1 - word.x0, last.x1 - last.x0) / 2
    )


def _merged(lines: list[Line]) -> list[Line]:
    lines = sorted(lines, key=lambda line: (-round(line.y0), line.x0))
    merged: list[Line] = []
    for line in lines:
        for other in reversed(merged[-6:]):
            if _one_line(other, line):
                turned = line.is_right_to_left or other.is_right_to_left
                first, second = (line, other) if turned else (other, line)
                if turned:
                    first.words[0].text = label_text(first.words[0].text)
                apart = max(line.x0 - other.x1, other.x0 - line.x1)
                second.words[0].space = second.words[0].space or apart > 0.2 * line.size
                other.words = first.words + second.words
                other.measure()
                break
        else:
            merged.append(line)
    return merged


def _one_line(one: Line, other: Line) -> bool:
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    apart = max(other.x0 - one.x1, one.x0 - other.x1)
    if overlap < 0.5 * min(one.y1 - one.y0, other.y1 - other.y0) or apart < -0.5 * one.size:
        return False
    left, right = (one, other) if one.x0 <= other.x0 else (other, one)
    before = right if left.is_right_to_left else left
    is_marker = len(before.text) <= 5 and marker_of(f"{label_text(before.text.strip())} x") is not None
    return apart < (5 if is_marker else 0.7) * min(one.size, other.size)


@dataclass(slots=True)
class Layout:
    pages: list[Page]
    vocabulary: Vocabulary
    column_pages: int = 0
    running: list[Line] = field(default_factory=list)
    body_size: float = 10.0
    leading: float = 12.0
    levels: dict[float, int] = field(default_factory=dict)
    notes: dict[int, list[list[Line]]] = field(default_factory=dict)
    repeated: frozenset[int] = frozenset()
    lefts: dict[tuple[int, int], float] = field(default_factory=dict)  # by page and column: where its lines begin

    def body(self) -> Node:
        by_page = {page.number: lines_of(page) for page in self.pages}
        self._take_running_heads(by_page)
        self._measure(by_page)
        self.repeated = _repeated_images(self.pages)
        lines: list[Line] = []
        for page in self.pages:
            grids = grids_of(page)
            own = self._tables(page, by_page[page.number], grids)
            own = self._footnotes(page, own)
            lines.append(Line([], page.number))
            ordered = self._in_order(own, page)
            for line in ordered:
                if line.words:
                    place = (line.page, line.column)
                    self.lefts[place] = min(self.lefts.get(place, line.x0), line.x0)
            lines += ordered
        return _Blocks(self, lines).body()

    # Measures of the whole file

    def _measure(self, by_page: dict[int, list[Line]]) -> None:
        sizes: Counter[float] = Counter()
        for lines in by_page.values():
            for line in lines:
                sizes[line.size] += len(line.text)
        if not sizes:
            return
        self.body_size = sizes.most_common(1)[0][0]
        steps = []
        for lines in by_page.values():
            body = [line for line in lines if line.size == self.body_size]
            for one, other in itertools.pairwise(body):
                step = one.y0 - other.y0
                if 0.8 * self.body_size < step < 2.2 * self.body_size and abs(one.x0 - other.x0) < 3 * self.body_size:
                    steps.append(step)
        self.leading = min(median(steps), 1.8 * self.body_size) if steps else 1.25 * self.body_size
        heads = sorted(
            {line.size for lines in by_page.values() for line in lines if self._is_larger(line)}, reverse=True
        )
        level, before = 0, 0.0
        for size in heads:
            if not before or size < before * 0.96:
                level += 1
            self.levels[size], before = min(level, 5), size

    def _is_larger(self, line: Line) -> bool:
        return line.size >= LARGER * self.body_size and len(line.text) < 250 and any(map(str.isalpha, line.text))

    # What stands at the edges

    def _take_running_heads(self, by_page: dict[int, list[Line]]) -> None:
        """Lines at the top or bottom that stand at the same place on other pages, and page numbers."""
        shapes: Counter[tuple[str, int]] = Counter()
        edges: dict[int, list[Line]] = {}
        for page in self.pages:
            ranked = sorted(by_page[page.number], key=lambda line: -line.y0)
            near = [
                line
                for line in {id(line): line for line in ranked[:3] + ranked[-3:]}.values()
                if line.y0 > page.height * (1 - EDGE) or line.y1 < page.height * EDGE
            ]
            edges[page.number] = near
            shapes.update({(_shape(line), round(line.y0 / 4)) for line in near})
        wanted = max(2, len(self.pages) // 4) if len(self.pages) > 2 else 2
        for page in self.pages:
            for line in edges[page.number]:
                place = round(line.y0 / 4)
                often = max(shapes[(_shape(line), place + shift)] for shift in (-1, 0, 1))
                if often >= wanted or _NUMBER_ONLY.fullmatch(line.text):
                    by_page[page.number].remove(line)
                    self.running.append(line)

    def _tables(self, page: Page, lines: list[Line], grids: list[Grid]) -> list[Line]:
        for grid in grids:
            inside = [line for line in lines if grid.holds((line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2)]
            if not inside:
                continue
            for line in inside:
                for word in line.words:
                    grid.put(word)
            lines = [line for line in lines if line not in inside]
            lines.append(
                Line([], page.number, grid=grid, x0=grid.x0, y0=grid.y0, x1=grid.x1, y1=grid.y1, size=self.body_size)
            )
        for image in page.images:
            if id(image) not in self.repeated:
                lines.append(
                    Line(
                        [],
                        page.number,
                        image=image,
                        x0=image.x0,
                        y0=image.y0,
                        x1=image.x1,
                        y1=image.y1,
                        size=self.body_size,
                    )
                )
        return lines

    def _footnotes(self, page: Page, lines: list[Line]) -> list[Line]:
        """Small lines below all others that begin with a number which stands raised in the text."""
        raised = {
            word.text.strip("[]()")
            for line in lines
            for word in line.words
            if word.raised and line.size > 0.9 * self.body_size
        }
        if not raised:
            return lines
        ranked = sorted((line for line in lines if line.words), key=lambda line: -line.y0)
        small: list[Line] = []
        while ranked and ranked[-1].size < 0.94 * self.body_size:
            small.insert(0, ranked.pop())
        groups: list[list[Line]] = []
        for line in small:
            first = line.words[0].text
            if LABEL.fullmatch(first) and first.strip("[]().: ") in raised:
                groups.append([line])
            elif groups:
                groups[-1].append(line)
        if groups:
            self.notes[page.number] = groups
        taken = {id(line) for group in groups for line in group}
        return [line for line in lines if id(line) not in taken]

    # Order

    def _in_order(self, lines: list[Line], page: Page) -> list[Line]:
        before = self.column_pages
        ordered = self._columns(lines, 0)
        if self.column_pages > before:
            self.column_pages = before + 1
        return ordered

    def _columns(self, lines: list[Line], column: int) -> list[Line]:
        lines = sorted(lines, key=lambda one: (-one.y1, one.x0))
        gutter = _gutter(lines) if column < 8 else None
        if gutter is None:
            right = max((one.x1 for one in lines), default=0.0)
            for one in lines:
                one.column, one.right = column, right
            return lines
        self.column_pages += 1
        ordered: list[Line] = []
        band: list[Line] = []
        right_first = sum(one.is_right_to_left for one in lines) * 2 > len(lines)
        ends: list[Line | None] = [*lines, None]
        for line in ends:
            if line is None or line.x0 < gutter < line.x1:
                left = [one for one in band if one.x1 <= gutter]
                right_side = [one for one in band if one.x1 > gutter]
                parts = [right_side, left] if right_first else [left, right_side]
                for place, part in enumerate(parts):
                    ordered += self._columns(part, 2 * column + 1 + place) if part else []
                if line is not None:
                    line.right = line.x1
                    ordered.append(line)
                band = []
            else:
                band.append(line)
        return ordered


def _shape(line: Line) -> str:
    """What running heads of several pages have in common: a short one may count."""
    text = " ".join(line.text.split())
    return re.sub(r"\d+", "0", text) if len(text) < 60 else text[:120]


def _repeated_images(pages: list[Page]) -> frozenset[int]:
    """By id(): pictures that stand at the same place on several pages, such as a logo."""
    places = Counter((round(image.x0), round(image.y0), round(image.x1)) for page in pages for image in page.images)
    return frozenset(
        id(image)
        for page in pages
        for image in page.images
        if places[(round(image.x0), round(image.y0), round(image.x1))] > max(1, len(pages) // 4)
    )


def _gutter(lines: list[Line]) -> float | None:
    """The middle of an empty strip from top to bottom with text of some width on both sides."""
    texts = [line for line in lines if line.words]
    if len(texts) < 8:
        return None
    left, right = min(line.x0 for line in texts), max(line.x1 for line in texts)
    if right - left < 150:
        return None
    step = 2.0
    cover = [0] * (int((right - left) / step) + 2)
    for line in texts:
        for place in range(int((line.x0 - left) / step), int((line.x1 - left) / step) + 1):
            cover[place] += 1
    allowed = 0.2 * len(texts)
    first, last = int(0.2 * len(cover)), int(0.8 * len(cover))
    best: tuple[int, int, float] | None = None
    place = first
    while place < last:
        end = place
        while end < last and cover[end] <= allowed and cover[end] == cover[place]:
            end += 1
        if end - place >= 3 and (best is None or (cover[place], place - end) < best[:2]):
            best = (cover[place], place - end, left + (place + end) / 2 * step)
        place = max(end, place + 1)
    if best is None:
        return None
    gutter = best[2]
    sides = [[line for line in texts if line.x1 <= gutter], [line for line in texts if line.x0 >= gutter]]
    wide = all(
        len(side) >= max(4, len(texts) // 5) and median(line.x1 - line.x0 for line in side) > 0.22 * (right - left)
        for side in sides
    )
    return gutter if wide else None


class _Blocks:
    """Lines in order into blocks."""

    def __init__(self, layout: Layout, lines: list[Line]) -> None:
        self.layout = layout
        self.lines = lines
        self.top = Node("body", holds_blocks=True)
        self.group: list[Line] = []
        self.turns: list[Node] = []
        self.level = 0
        self.lists: list[tuple[float, Marker, Node]] = []
        self.in_item = False

    def body(self) -> Node:
        for place, line in enumerate(self.lines):
            if line.grid is not None or line.image is not None:
                self.end()
                self.end_list()
                self.top.adopt([line.grid.node(self.layout.vocabulary)] if line.grid is not None else [_figure(line)])
            elif not line.words:
                self.page(line.page)
            else:
                self.line(line, self.lines[place + 1] if place + 1 < len(self.lines) else None)
        self.end()
        self.page_end()
        return self.top

    def page(self, number: int) -> None:
        running = [line for line in self.layout.running if line.page == number]
        signs = [Node(PAGE, str(number))] + [
            Node(LEFT_OUT, line.text, {"place": f"page {number + 1}"}, reason=Reason.RUNNING_HEAD) for line in running
        ]
        self.page_end()
        self.pending = self.layout.notes.get(number, [])
        if self.group:
            self.turns += signs
        else:
            self.top.adopt(signs)

    pending: list[list[Line]] = []

    def page_end(self) -> None:
        """Notes stand at the end of their page, after the blocks that began on it."""
        for group in self.pending:
            note = Node("div", "", {"class": "pdf-note"}, holds_blocks=True)
            words = [word for line in group for word in _with_breaks(line)]
            note.adopt(_labelled(words, self.layout.vocabulary))
            self.waiting.append(note)
        self.pending = []
        if not self.group:
            self.top.adopt(self.waiting)
            self.waiting = []

    waiting: list[Node] = []

    def line(self, line: Line, after: Line | None) -> None:
        if _LEADERS.match(line.text):
            self.end()
            self.end_list()
            self.top.adopt([Node(LEFT_OUT, line.text, reason=Reason.CONTENTS_LIST, holds_blocks=True)])
            return
        level = self.heading_level(line, after)
        marker = None if level else marker_of(line.text)
        marker = marker if marker and self.begins_item(marker, line) else None
        if self.group and self.goes_on(line, level, marker):
            self.group.append(line)
            return
        self.end()
        self.level = level
        if level:
            self.end_list()
        elif marker is not None:
            self.item(marker, line)
            return
        elif self.lists and not self.in_list(line):
            self.end_list()
        self.group = [line]

    # Headings

    def heading_level(self, line: Line, after: Line | None) -> int:
        if line.size in self.layout.levels and self.layout._is_larger(line):
            return self.layout.levels[line.size]
        text = line.text.strip()
        if (
            line.bold
            and line.size >= 0.95 * self.layout.body_size
            and len(text) < 120
            and not _SENTENCE_END.search(text)
            and any(map(str.isalpha, text))
        ):
            alone = (
                after is None
                or not after.words
                or not after.bold
                or after.size != line.size
                or line.y0 - after.y0 > 1.4 * self.layout.leading
                or after.page != line.page
            )
            begins = (
                not self.group
                or self.level
                or self.group[-1].y0 - line.y0 > 1.15 * self.layout.leading
                or line.page != self.group[-1].page
            )
            short = line.x1 < line.right - 2 * line.size or self.level > 0
            if (alone or self.level or short) and begins and text[:1].upper() == text[:1]:
                return min(max(self.layout.levels.values(), default=0) + 1, 5)
        if (
            re.match(r"\d{1,2}(\.\d{1,2}){1,4}\.?\s+\S", text)
            and guessed_level(text, numbered_text=True)
            and line.x1 < line.right - 3 * line.size
            and not self._near(line)
        ):
            return min(guessed_level(text, numbered_text=True), 5)
        return 0

    def _near(self, line: Line) -> bool:
        return (
            bool(self.group)
            and self.group[-1].page == line.page
            and self.group[-1].y0 - line.y0 < 1.2 * self.layout.leading
        )

    # Paragraphs

    def goes_on(self, line: Line, level: int, marker: Marker | None) -> bool:
        last = self.group[-1]
        if marker is not None or bool(level) != bool(self.level) or (level and level != self.level):
            return False
        if abs(last.size - line.size) > 0.12 * line.size:
            return False
        if (last.page, last.column) != (line.page, line.column) or line.y0 > last.y1:
            return self.goes_over(last, line, level)
        step = last.y0 - line.y0
        leading = (
            max(self.layout.leading, 1.2 * line.size)
            if line.size > 1.05 * self.layout.body_size
            else self.layout.leading * max(line.size / self.layout.body_size, 0.8)
        )
        if step > 1.3 * leading:
            return False
        if level:
            return True
        ended = _SENTENCE_END.search(last.text)
        short = last.x1 < line.right - 0.18 * (line.right - min(last.x0, line.x0)) and not line.is_right_to_left
        set_in = line.x0 > last.x0 + 0.8 * line.size and len(self.group) > 1 and not line.is_right_to_left
        return not (ended and ((short and not line.text[:1].islower()) or set_in))

    def goes_over(self, last: Line, line: Line, level: int) -> bool:
        """Whether a paragraph goes on in the next column or on the next page."""
        if level or _SENTENCE_END.search(last.text):
            return False
        first = line.text[:1]
        return (
            first.islower()
            or last.text.endswith(("-", "\u2010", ","))
            or (first.isalpha() and first.upper() == first.lower() and last.x1 > last.right - 3 * last.size)
        )

    def end(self) -> None:
        if not self.group:
            return
        lines, self.group = self.group, []
        words = [word for line in lines for word in _with_breaks(line)]
        nodes = text_nodes(words, self.layout.vocabulary, heading=self.level > 0)
        if self.level:
            node = Node(f"h{min(self.level, 6)}")
            guessed = (
                self.level > max(self.layout.levels.values(), default=0) or lines[0].size not in self.layout.levels
            )
            node.adopt(
                [
                    *([Node(FINDING, joined_text(words), {"doubt": str(Doubt.HEADING_GUESSED)})] if guessed else []),
                    *nodes,
                ]
            )
            self.top.adopt([node])
        elif self.in_item and self.lists:
            item = self.lists[-1][2].children[-1]
            holder = Node("p")
            holder.adopt(nodes)
            item.adopt([holder])
        else:
            node = Node("p")
            node.adopt(nodes)
            if self.is_set_in(lines):
                holder = Node("blockquote", holds_blocks=True)
                holder.adopt([node])
                node = holder
            elif _LABEL.match(lines[0].text) and len(lines) <= 3:
                node.attributes["class"] = "caption"
            self.top.adopt([node])
        self.top.adopt(self.turns)
        self.top.adopt(self.waiting)
        self.turns, self.waiting = [], []
        self.level, self.in_item = 0, False

    def is_set_in(self, lines: list[Line]) -> bool:
        """A quotation: set in on both sides, or one line set in that is not in the middle."""
        before = min(line.x0 for line in lines) - self.layout.lefts.get((lines[0].page, lines[0].column), 0.0)
        after = lines[0].right - max(line.x1 for line in lines)
        if any(line.is_right_to_left for line in lines):
            before, after = after, before
        if not 1.4 * lines[0].size <= before <= 6 * lines[0].size:
            return False
        return after >= lines[0].size if len(lines) > 1 else abs(before - after) > 2 * lines[0].size

    # Lists

    def begins_item(self, marker: Marker, line: Line) -> bool:
        if not marker.ordered:
            return (
                marker.kind not in "–—-*"
                or not self._near(line)
                or bool(self.lists)
                or self.group[-1].text.endswith(":")
            )
        for _, other, node in self.lists:
            if other.kind == marker.kind and marker.number == other.number + sum(
                child.tag == "li" for child in node.children
            ):
                return True
        return (
            marker.number == 1
            or (not self._near(line) and marker.kind != "1.")
            or (not self._near(line) and marker.number < 30 and not self.lists)
        )

    def in_list(self, line: Line) -> bool:
        return line.x0 > self.lists[0][0] + 0.6 * line.size and not line.is_right_to_left

    def item(self, marker: Marker, line: Line) -> None:
        at = line.x1 if line.is_right_to_left else line.x0
        further = -1 if line.is_right_to_left else 1
        while self.lists and (
            further * (at - self.lists[-1][0]) < -0.5 * line.size
            or (
                abs(at - self.lists[-1][0]) <= 0.5 * line.size
                and self.lists[-1][1].kind != marker.kind
                and any(kind.kind == marker.kind for _, kind, _ in self.lists)
            )
        ):
            self.lists.pop()
        same = bool(self.lists) and abs(at - self.lists[-1][0]) <= 0.5 * line.size
        if same and (
            self.lists[-1][1].ordered != marker.ordered
            or (marker.ordered and marker.number == 1 and marker.kind == self.lists[-1][1].kind)
        ):
            self.lists.pop()
            same = False
        if not same:
            made = Node("ol" if marker.ordered else "ul", holds_blocks=True)
            if marker.ordered and marker.number != 1:
                made.attributes["start"] = str(marker.number)
            if marker.ordered and marker.kind.strip("().") in ("a", "i"):
                made.attributes["type"] = marker.kind.strip("().")
            (self.lists[-1][2].children[-1] if self.lists else self.top).adopt([made])
            self.lists.append((at, marker, made))
        item = Node("li", holds_blocks=True)
        item.adopt([Node(LEFT_OUT, marker.text, reason=Reason.LIST_NUMBER)])
        self.lists[-1][2].adopt([item])
        rest = _without_marker(line, marker)
        self.in_item = True
        self.group = [rest]

    def end_list(self) -> None:
        self.lists = []


def _without_marker(line: Line, marker: Marker) -> Line:
    """The line without the sign at its beginning, which may be a word of its own or part of one."""
    waiting = marker.text
    words = list(line.words)
    while words and waiting:
        text = words[0].text
        if waiting.startswith(text):
            waiting = waiting[len(text) :].lstrip()
            words.pop(0)
        elif text.startswith(waiting):
            first = words[0]
            words[0] = Word(
                text[len(waiting) :],
                first.x0,
                first.y0,
                first.x1,
                first.y1,
                first.style,
                first.tag,
                first.artifact,
                True,
                False,
                first.href,
                first.raised,
            )
            waiting = ""
        else:
            break
    return Line(words, line.page, line.column, line.right, None, None, line.x0, line.y0, line.x1, line.y1, line.size)


def _with_breaks(line: Line) -> list[Word]:
    for place, word in enumerate(line.words):
        word.line_break = place == 0
        word.space = word.space or place == 0
    return line.words


def _labelled(words: list[Word], vocabulary: Vocabulary) -> list[Node]:
    label = Node("span", "", {"class": "label"})
    label.adopt([Node(TEXT, words[0].text)])
    rest = words[1:]
    for word in rest[:1]:
        word.space = True
    return [label, Node(TEXT, " "), *text_nodes(rest, vocabulary)]


def _figure(line: Line) -> Node:
    import base64

    image = line.image
    data = base64.b64encode(image.content).decode() if image is not None and image.content else ""
    return Node(
        "img",
        "",
        {"src": f"data:image/{image.kind};base64,{data}" if data and image is not None else f"page {line.page + 1}"},
    )
