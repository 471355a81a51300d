"""Lines of a page: words of one baseline, near each other, with drawn bullets before them. Pure."""

import itertools
from collections import Counter
from dataclasses import dataclass, replace

from formats.pdf.page.model import Image, Page, Word
from formats.pdf.page.right_to_left import RIGHT_TO_LEFT
from formats.pdf.text_nodes import joined_text, label_text, mark_raised
from formats.pdf.untagged.grid import Grid
from formats.plain.list_and_heading_markers import Marker, marker_of

MOST_PARTS = 6  # drawn before a part of a line, among which what stands beside it is looked for
BETWEEN_PARTS = 0.7  # of the size of type: parts of a line that lie further from each other may be cells
LINES_OF_COLUMN = 3  # that begin and end at the same places show its edges,
NARROW = 0.6  # of the width of all text: a column of a newspaper and no whole page,
EVEN = 0.3  # of the size of type, between two gaps that are the same
AFTER_MARKER = 5  # the same for a bullet or number and its item


@dataclass(slots=True)
class Line:
    """Words, or a table (grid) or picture (image) in their place.

    begin, rest: how far it stands from the edges of its column, where it begins and where it ends, in the direction of
    its text; known once lines are in order.
    """

    words: list[Word]
    page: int
    column: int = 0
    grid: Grid | None = None
    image: Image | None = None
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0
    size: float = 0.0
    turned: bool = False  # whether its page is read from the right
    begin: float = 0.0
    rest: float = 0.0

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
    def is_bold(self) -> bool:
        said = [word for word in self.words if any(map(str.isalnum, word.text))]
        return bool(said) and all(word.style.bold for word in said)

    @property
    def is_italic(self) -> bool:
        said = [word for word in self.words if any(map(str.isalnum, word.text))]
        return bool(said) and all(word.style.italic for word in said)

    @property
    def is_right_to_left(self) -> bool:
        return self.turned and bool(RIGHT_TO_LEFT.search(self.text))

    @property
    def first_width(self) -> float:
        """Of its first word, which is what would have had to stand on the line before."""
        return self.words[0].x1 - self.words[0].x0 if self.words else 0.0


def lines_of(page: Page) -> list[Line]:
    """Words of one baseline, near each other, as they follow in the file; parts of a line that lie apart put together."""  # noqa: E501
    mark_raised(page.words)
    lines: list[Line] = []
    current: list[Word] = []
    for word in page.words:
        if current and not _goes_on(current[-1], word):
            lines.append(Line(current, page.number, turned=page.right_to_left).measure())
            current = []
        current.append(word)
    if current:
        lines.append(Line(current, page.number, turned=page.right_to_left).measure())
    lines = _stretched(_merged(lines))
    for line in lines:
        _begin_at_the_right(line)
    _give_bullets(page, lines)
    return lines


def without_marker(line: Line, marker: Marker) -> Line:
    """The line without the sign at its beginning, which may be a word of its own or part of one."""
    waiting = marker.text
    words = list(line.words)
    while words and waiting:
        text = words[0].text
        if waiting.startswith(text):
            waiting = waiting[len(text) :].lstrip()
            words.pop(0)
        elif text.startswith(waiting):
            words[0] = replace(words[0], text=text[len(waiting) :], space=True, line_break=False)
            waiting = ""
        else:
            break
    return replace(line, words=words)


def with_breaks(line: Line) -> list[Word]:
    for place, word in enumerate(line.words):
        word.line_break = place == 0
        word.space = word.space or place == 0
    return line.words


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
    """Lines with the parts of one put together; a part may stand between two that are there already."""
    merged: list[Line] = []
    for part in sorted(lines, key=lambda line: (-round(line.y0), line.x0)):
        whole = part
        while (place := _place_beside(merged, whole)) is not None:
            whole = _put_together(merged.pop(place), whole)
        merged.append(whole)
    return merged


def _place_beside(lines: list[Line], line: Line) -> int | None:
    """Of the last of lines that is of one line with it."""
    near = range(len(lines) - 1, max(len(lines) - MOST_PARTS, 0) - 1, -1)
    return next((place for place in near if _one_line(lines[place], line)), None)


def _put_together(other: Line, line: Line) -> Line:
    turned = line.is_right_to_left or other.is_right_to_left
    first, second = (line, other) if turned == (line.x0 > other.x0) else (other, line)
    if turned:
        first.words[0].text = label_text(first.words[0].text)
    apart = max(line.x0 - other.x1, other.x0 - line.x1)
    second.words[0].space = second.words[0].space or apart > 0.2 * line.size
    other.words = first.words + second.words
    return other.measure()


def _stretched(lines: list[Line]) -> list[Line]:
    """Lines with those put together whose words were driven apart to fill a narrow column: others fill it with the
    same edges, and all gaps of such a line are the same."""
    if not lines:
        return lines
    wide = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    edges = Counter((round(line.x0), round(line.x1)) for line in lines if len(line.words) > 1)
    for (left, right), count in edges.items():
        if count < LINES_OF_COLUMN or right - left > NARROW * wide:
            continue
        rows: dict[int, list[Line]] = {}
        for line in lines:
            if left - 1 <= line.x0 and line.x1 <= right + 1:
                rows.setdefault(round(line.y0), []).append(line)
        for row in rows.values():
            row.sort(key=lambda line: line.x0)
            if _fills(row, left, right):
                first, *more = row
                first.words = [word for line in row for word in line.words]
                for line in more:
                    line.words[0].space = True
                first.measure()
                gone = set(map(id, more))
                lines = [line for line in lines if id(line) not in gone]
    return lines


def _fills(row: list[Line], left: int, right: int) -> bool:
    gaps = [other.x0 - one.x1 for one, other in itertools.pairwise(row)]
    even = bool(gaps) and max(gaps) - min(gaps) <= EVEN * row[0].size and min(gaps) > 0
    return (
        even
        and abs(row[0].x0 - left) <= 1
        and abs(row[-1].x1 - right) <= 1
        and not any(line.turned or line.is_right_to_left for line in row)
    )


def _one_line(one: Line, other: Line) -> bool:
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    apart = max(other.x0 - one.x1, one.x0 - other.x1)
    if overlap < 0.5 * min(one.y1 - one.y0, other.y1 - other.y0) or apart < -0.5 * one.size:
        return False
    left, right = (one, other) if one.x0 <= other.x0 else (other, one)
    before = right if left.is_right_to_left else left
    is_marker = len(before.text) <= AFTER_MARKER and marker_of(f"{label_text(before.text.strip())} x") is not None
    return apart < (AFTER_MARKER if is_marker else BETWEEN_PARTS) * min(one.size, other.size)
