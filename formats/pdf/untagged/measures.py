"""Measures of a whole file by which its lines are judged: size and leading of the text, levels of headings. Pure."""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from formats.pdf.page.bookmarks import Bookmark
from formats.pdf.text_nodes import SENTENCE_END
from formats.pdf.untagged.lines import Line
from formats.plain.list_and_heading_markers import guessed_level

LARGER = 1.12  # a heading's size against the text's
AT_EDGE = 0.15  # of all lines
SAME_SIZE = 0.96
LONGEST_HEADING = 250
MOST_HEADING_LINES = 4  # over which the title of a bookmark goes
_NUMBERED = re.compile(r"\d{1,2}(\.\d{1,2}){1,4}\.?\s+\S")
MOST_BESIDE = 8  # lines that stand between two of a column, beside the first
_INDENTS = 3  # paragraphs that begin set in, from which on that is how this file begins paragraphs

LONG = 0.85  # of the length that one line of ten passes
LEAST_STEPS = 5  # behind such lines, to go by them

Kind = tuple[float, bool]  # of a heading: its size, and whether it is italic


@dataclass(slots=True)
class Measures:
    """levels: of headings by their kind. begins: how many lines begin how far from the edge of their column, in whole
    points. first_line: how far the first lines of paragraphs are set in, 0 where they are not. bookmarked: levels of
    the lines that bookmarks of the file name, by `id`; lines live as long as their measures are asked."""

    body_size: float = 10.0
    leading: float = 12.0
    levels: dict[Kind, int] = field(default_factory=dict)
    begins: Counter[int] = field(default_factory=Counter)
    first_line: float = 0.0
    bookmarked: dict[int, int] = field(default_factory=dict)

    @property
    def begins_at_edge(self) -> bool:
        """Whether the text stands at the edge of its column, so that what is set in is set apart."""
        return sum(self.begins[place] for place in (-1, 0, 1)) > AT_EDGE * self.begins.total()

    @classmethod
    def of(cls, pages: list[list[Line]]) -> "Measures":
        sizes: Counter[float] = Counter()
        for line in itertools.chain.from_iterable(pages):
            sizes[line.size] += len(line.text)
        measures = cls()
        if sizes:
            measures.body_size = sizes.most_common(1)[0][0]
            measures.leading = _leading(pages, measures.body_size)
        return measures

    def look_at(self, lines: list[Line], bookmarks: Sequence[Bookmark] = ()) -> None:
        """lines: in order, with their edges."""
        said = [line for line in lines if line.words]
        self.bookmarked = _bookmarked(said, bookmarks)
        self.begins = Counter(round(line.begin) for line in said)
        self.first_line = self._first_line(said)
        kinds: list[Kind] = []
        for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
            if line.words and self.is_heading(line, before, after):
                kinds.append(_kind(line))
        self.levels = _levels(kinds)

    def _first_line(self, lines: list[Line]) -> float:
        found: Counter[int] = Counter()
        for one, other in itertools.pairwise(lines):
            near = 0 < one.y0 - other.y0 < 1.3 * self.leading and one.page == other.page
            if near and one.begin > 0.8 * one.size and abs(other.begin) < 2 and one.rest < 3 * one.size:
                found[round(one.begin)] += 1
        place, count = found.most_common(1)[0] if found else (0, 0)
        return float(place) if count >= _INDENTS else 0.0

    def is_larger(self, line: Line) -> bool:
        text = line.text
        return line.size >= LARGER * self.body_size and len(text) < LONGEST_HEADING and any(map(str.isalpha, text))

    def is_heading(self, line: Line, before: Line | None, after: Line | None) -> bool:
        """By its size or weight; before, after: its neighbours in order."""
        return self.is_larger(line) or self._stands_out(line, before, after)

    def _stands_out(self, line: Line, before: Line | None, after: Line | None) -> bool:
        """Whether a line is bold all through, and alone or one of few that are."""
        text = line.text.strip()
        if not line.is_bold or len(text) > 120 or SENTENCE_END.search(text) or not any(map(str.isalpha, text)):
            return False
        alone = not self._is_near(line, after) or not after or not after.is_bold or after.size != line.size
        begins = not self._is_near(before, line)
        follows = before is not None and before.is_bold and before.size == line.size
        short = line.rest > 2 * line.size
        apart = not self._is_near(line, after) or (after is not None and line.y0 - after.y0 > 1.15 * self.leading)
        return (begins or follows) and (alone or short) and (apart or line.size >= 0.95 * self.body_size)

    def _is_near(self, line: Line | None, after: Line | None) -> bool:
        if line is None or after is None or not line.words or not after.words or line.page != after.page:
            return False
        return 0 < line.y0 - after.y0 <= 1.15 * self.leading

    def level(self, line: Line, before: Line | None, after: Line | None) -> int:
        """0 for what is no heading."""
        if self.is_heading(line, before, after) or self._counts_as_others(line):
            return self.levels.get(_kind(line), 0)
        if level := self.bookmarked.get(id(line)):
            return level
        text = line.text.strip()
        if not _NUMBERED.match(text) or self._is_near(before, line) or self._is_near(line, after):
            return 0
        return min(guessed_level(text, numbered_text=True), 5) if line.rest > 3 * line.size else 0

    def _counts_as_others(self, line: Line) -> bool:
        """Whether a line is but a number, set large and bold as headings are that have words."""
        return line.is_bold and line.size >= LARGER * self.body_size and _kind(line) in self.levels

    def is_sure(self, line: Line) -> bool:
        """Whether its size makes it a heading, or the file itself does by a bookmark."""
        return self.is_larger(line) or id(line) in self.bookmarked


def _bookmarked(lines: list[Line], bookmarks: Sequence[Bookmark]) -> dict[int, int]:
    """The level of each line that is the title of a bookmark to its page, or a part of one that goes over lines."""
    named = {bookmark.page for bookmark in bookmarks}
    by_page: dict[int, list[tuple[Line, str]]] = {}
    for line in lines:
        if line.page in named and (said := _squeezed(line.text)):
            by_page.setdefault(line.page, []).append((line, said))
    found: dict[int, int] = {}
    for bookmark in bookmarks:
        title = _squeezed(bookmark.title)
        if len(title) >= LONGEST_HEADING:
            continue
        own = by_page.get(bookmark.page, [])
        for place, (line, said) in enumerate(own):
            if id(line) in found or not title.startswith(said):
                continue
            rest, whole = title, []
            for one, part in own[place : place + MOST_HEADING_LINES]:
                if not rest or not rest.startswith(part):
                    break
                rest = rest.removeprefix(part)
                whole.append(one)
            if not rest:
                found |= {id(one): bookmark.level for one in whole}
                break
    return found


def _squeezed(text: str) -> str:
    """Without spaces, which a bookmark and a page set otherwise, and without case."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _levels(kinds: list[Kind]) -> dict[Kind, int]:
    """Larger ones first; of two of one size, the one that stands first in the file. kinds: in its order."""
    ranked: list[list[Kind]] = []
    for kind in sorted(dict.fromkeys(kinds), key=lambda kind: -kind[0]):
        if ranked and kind[0] >= ranked[-1][0][0] * SAME_SIZE:
            ranked[-1].append(kind)
        else:
            ranked.append([kind])
    levels: dict[Kind, int] = {}
    level = 0
    for same in ranked:
        for italic in dict.fromkeys(kind[1] for kind in sorted(same, key=kinds.index)):
            level += 1
            levels |= {kind: min(level, 6) for kind in same if kind[1] == italic}
    return levels


def _kind(line: Line) -> Kind:
    return line.size, line.is_italic


def _leading(pages: list[list[Line]], size: float) -> float:
    """From line to line within paragraphs: behind lines that are long, as most of the others end one."""
    body = [[line for line in lines if line.size == size] for lines in pages]
    widths = sorted(line.x1 - line.x0 for lines in body for line in lines)
    long = LONG * widths[len(widths) * 9 // 10] if widths else 0.0
    steps, behind_long = [], []
    for lines in body:
        for place, one in enumerate(lines):
            below = (other for other in lines[place + 1 : place + 1 + MOST_BESIDE] if _is_below(one, other))
            step = one.y0 - next(below, one).y0
            if 0.8 * size < step < 2.2 * size:
                steps.append(step)
                if one.x1 - one.x0 >= long:
                    behind_long.append(step)
    usual = behind_long if len(behind_long) >= LEAST_STEPS else steps
    return min(median(usual), 1.8 * size) if usual else 1.25 * size


def _is_below(one: Line, other: Line) -> bool:
    """Whether it begins about where the other does, on another line."""
    return abs(one.x0 - other.x0) < 3 * one.size and one.y0 - other.y0 > 0.4 * one.size
