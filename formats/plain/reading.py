"""Plain text into a draft: headings, lists and paragraphs by how lines begin, end and stand. Pure."""

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field

from core.charset import decoded
from editions.document.model import Block, Heading, Item, ListBlock, Paragraph, Quote, Row, Run, Runs, Table
from formats.draft import Doubt, Draft, LeftOut, Reason, Thing, Unreadable, UnreadableFile
from formats.office.runs import before_words
from formats.plain.links import pieces_of
from formats.plain.list_and_heading_markers import (
    COUNTS_PLAINLY,
    Marker,
    bare_marker,
    guessed_level,
    marker_of,
    roman_heading,
)
from formats.plain.notes import NOTE_LINE, marks_in, notes_at_end
from formats.plain.tables import TypedTable, table_at
from formats.web.drafting import Drafting
from formats.web.joining import LIGATURES, Vocabulary, join_lines
from formats.web.runs import runs_of
from formats.web.structure import levels_without_gaps, titled

LONGEST = 30_000_000  # characters
LONGEST_PARAGRAPH = 3000  # characters; a longer one is parted at the end of a sentence
DEEPEST_MARGIN, LEAST_AT_MARGIN = 8, 0.4  # letters, and the share of all lines that stand there
LONGEST_HANGING = 60  # characters of a heading that only its place tells of
UNWRAPPED = 160  # characters in a line that no program cut
_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,}|\*{3,}|_{3,})\s*$")
_RULE = re.compile(r"\s*[-=_*~#.·•─━═]{3,}\s*$")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|seite|página|стр\.?|第)?\s*\d{1,4}\s*(?:(?:of|/|de|von|sur|из)\s*\d{1,4}|页|頁)?\W*", re.IGNORECASE
)
_LEADERS = re.compile(r".*\S\s*(?:\.\s?){4,}\s*[\divxlc]{1,5}\s*$")
_SENTENCE = re.compile(r"(?<=[.!?。！？؟])[\"')\]”’]*\s+|(?<=[。！？])")
_ENDS_SENTENCE = re.compile(r"[.!?:。！？؟]['\"”’)]?$")


@dataclass(slots=True)
class Line:
    text: str
    page: int

    @property
    def indent(self) -> int:
        text = self.text.expandtabs(4)
        return len(text) - len(text.lstrip())

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()


def read(content: bytes, name: str) -> Draft:
    """Raises UnreadableFile."""
    found = decoded(content)
    drafting = Drafting()
    if not found.certain:
        drafting.find(Doubt.ENCODING, found.charset)
    if len(found.text) > LONGEST:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    blocks = read_lines(found.text, drafting)
    for left in drafting.left_out:
        drafting.told_things[Thing.LINK] += sum(bool(piece.style.href) for piece in pieces_of(left.text, {}))
    named = titled(blocks, "", drafting)
    return drafting.draft(named.title, levels_without_gaps(named.blocks))


def read_lines(text: str, drafting: Drafting, *, quotes: bool = True) -> list[Block]:
    """The blocks of a text whose letters are known; pages, findings, notes and what is left out go to drafting.

    quotes: whether ">" at the beginning of lines says that they are quoted.
    """
    text = text.translate(LIGATURES)
    pages = [page.splitlines() for page in text.split("\x0c")]
    edges = _running_heads(pages)
    placed = [(number, place, line) for number, page in enumerate(pages) for place, line in enumerate(page)]
    heads = [(number, line) for number, place, line in placed if (number, place) in edges]
    lines = [Line(line, number) for number, place, line in placed if (number, place) not in edges]
    reader = _Reader(drafting, Vocabulary(line.text for line in lines), _is_unwrapped(lines), pages=len(pages))
    reader.heads = heads
    reader.quotes = quotes
    start, notes = notes_at_end([line.text for line in lines])
    first = len(drafting.notes) + 1
    reader.notes = {sign: f"n{first + number}" for number, sign in enumerate(notes, 1)}
    lines = lines[:start]
    reader.roman = {1, 2} <= {roman_heading(line.text) for line in lines}
    reader.numbered = sum(bool(re.match(r"\s*\d{1,2}\.\d{1,2}\.?\s+\S", line.text)) for line in lines) > 1
    reader.margin = _margin(lines)
    reader.heading_numbers = _numbered_headings(lines, reader.margin)
    reader.read(lines)
    for sign, said in notes.items():
        drafting.notes.append((reader.notes[sign], reader.note(sign, said)))
    return reader.out


def _margin(lines: list[Line]) -> int:
    """How far in the text stands where most of it does and headings do not, as in memoranda of engineers; else 0."""
    indents = Counter(line.indent for line in lines if not line.is_empty)
    margin, count = indents.most_common(1)[0] if indents else (0, 0)
    most = count > max(indents[0], LEAST_AT_MARGIN * indents.total())
    return margin if 2 <= margin <= DEEPEST_MARGIN and most and indents[0] else 0


def _numbered_headings(lines: list[Line], margin: int) -> set[str]:
    """ "1. Introduction" and what goes on from it, each alone with a paragraph below; an item follows its like."""
    groups = [list(group) for said, group in itertools.groupby(lines, key=lambda line: not line.is_empty) if said]
    found: list[str] = []
    for group, after in itertools.pairwise(groups):
        text = group[0].text.strip()
        marker = marker_of(text)
        if len(group) > 1 or marker is None or marker.kind != "1." or marker.number != len(found) + 1:
            continue
        below = after[0]
        is_text = (
            marker_of(below.text) is None
            and below.indent <= max(group[0].indent, margin)
            and _ENDS_SENTENCE.search(after[-1].text.rstrip())
        )
        if not is_text or not guessed_level(text, numbered_text=True):
            return set()
        found.append(text)
    return set(found)


def _running_heads(pages: list[list[str]]) -> set[tuple[int, int]]:
    """Page and place of lines at the top and bottom that other pages have too, and of page numbers alone."""
    if len(pages) < 2:
        return set()
    edges = [
        (number, place, re.sub(r"\d+", "0", " ".join(page[place].split())))
        for number, page in enumerate(pages)
        for place in _edge_lines(page)
    ]
    counts = Counter(shape for _, _, shape in edges)
    wanted = max(3, len(pages) // 3)
    return {
        (number, place)
        for number, place, shape in edges
        if (counts[shape] >= wanted and len(shape) < 150)
        or (_PAGE_NUMBER.fullmatch(pages[number][place].strip()) and place in _ends(pages[number]))
    }


def _edge_lines(page: list[str]) -> set[int]:
    """The first and the last line, and a second one close to either."""
    said = [place for place, line in enumerate(page) if line.strip()]
    second = {place for place in said[1:2] if place == said[0] + 1} | {
        place for place in said[-2:-1] if place == said[-1] - 1
    }
    return {*said[:1], *said[-1:]} | second


def _ends(page: list[str]) -> set[int]:
    said = [place for place, line in enumerate(page) if line.strip()]
    return {said[0], said[-1]} if said else set()


def _is_unwrapped(lines: list[Line]) -> bool:
    """Whether each line is a paragraph of its own: most letters stand in lines too long for a wrapped text."""
    long = sum(len(line.text) for line in lines if len(line.text) > UNWRAPPED and line.text.count(" ") > 15)
    return long * 2 > sum(len(line.text) for line in lines)


@dataclass(slots=True)
class _OpenList:
    key: str
    marker: Marker
    indent: int
    items: list["_OpenItem"] = field(default_factory=list)
    text: int = 0  # letters before the words of the last item
    counts_so: bool = True  # 1, 2, 3, as a list of the draft does
    left_out: list[LeftOut] = field(default_factory=list)  # its signs

    @property
    def is_ordered(self) -> bool:
        return self.marker.ordered and self.counts_so


@dataclass(slots=True)
class _OpenItem:
    key: str
    lines: list[str]
    label: str = ""
    lists: list[_OpenList] = field(default_factory=list)


class _Reader:
    def __init__(self, drafting: Drafting, vocabulary: Vocabulary, unwrapped: bool, pages: int) -> None:
        self.drafting = drafting
        self.vocabulary = vocabulary
        self.unwrapped = unwrapped
        self.pages = pages
        self.page = -1
        self.numbered = self.roman = False
        self.margin = 0
        self.heading_numbers: set[str] = set()
        self.quotes = True
        self.notes: dict[str, str] = {}
        self.heads: list[tuple[int, str]] = []
        self.out: list[Block] = []
        self.lists: list[_OpenList] = []

    def read(self, lines: list[Line]) -> None:
        groups: list[list[Line]] = [[]]
        for line in lines:
            if line.is_empty:
                groups.append([])
            else:
                groups[-1].append(line)
        groups = [group for group in groups if group]
        for place, group in enumerate(groups):
            self.group(group, groups[place + 1] if place + 1 < len(groups) else None)
        self.end_list()
        self.turn_to(self.pages - 1)

    def turn_to(self, page: int) -> None:
        while self.page < page:
            self.page += 1
            if self.pages > 1:
                self.drafting.pages.append(self.drafting.here())
            for number, line in self.heads:
                if number == self.page:
                    self.drafting.leave_out(Reason.RUNNING_HEAD, line, f"page {number + 1}")

    def group(self, group: list[Line], after: list[Line] | None) -> None:
        """Lines without an empty one between them."""
        if sum(bool(_LEADERS.match(line.text)) for line in group) >= 3:
            group = self.contents(group)
        place = 0
        texts = [line.text for line in group]
        text: list[Line] = []
        while place < len(group):
            line = group[place]
            if (table := table_at(texts, place)) is not None:
                self.paragraphs(text)
                self.table(table, line)
                text, place = [], place + table.lines
                continue
            following = group[place + 1].text if place + 1 < len(group) else ""
            alone = not text and place + 1 == len(group)
            level, taken = self.heading_level(line, following, alone)
            expected = [_next(one) for one in self.lists] + _letters_begun(group, place)
            marker = None if level else marker_of(line.text, expected)
            bare = bare_marker(line.text, following, expected) if not level and marker is None and not text else None
            if level:
                self.paragraphs(text)
                self.heading(line, level, guessed=taken == 0)
                text, place = [], place + max(taken, 1)
                continue
            if _RULE.match(line.text) and not any(letter.isalnum() for letter in line.text):
                self.paragraphs(text)
                text = []
            elif bare is not None:
                self.item(bare, line)
            elif marker is not None and self.begins_item(marker, line, text, group, place):
                self.paragraphs(text)
                text = []
                self.item(marker, line)
            elif self.lists and not text and self.goes_on(line, first=place == 0):
                self.turn_to(line.page)
                self.lists[-1].items[-1].lines.append(line.text)
            else:
                if not text:
                    self.end_list()
                text.append(line)
            place += 1
        self.paragraphs(text)

    def contents(self, group: list[Line]) -> list[Line]:
        kept = []
        for line in group:
            if _LEADERS.match(line.text):
                self.turn_to(line.page)
                self.drafting.leave_out(Reason.CONTENTS_LIST, line.text)
            else:
                kept.append(line)
        return kept

    def table(self, table: TypedTable, first: Line) -> None:
        self.end_list()
        self.turn_to(first.page)
        key = self.drafting.new_key()
        if not table.sure and table.header_rows:
            self.drafting.find(Doubt.HEADINGS_FROM_FIRST_ROW, " | ".join(table.rows[0]), key)
        rows = tuple(
            Row(row, tuple(self.runs(cell, row) for cell in cells))
            for row, cells in ((self.drafting.new_key(), cells) for cells in table.rows)
        )
        self.out.append(Table(key, (), rows, table.header_rows, table.header_column))

    def runs(self, text: str, key: str) -> Runs:
        """With addresses as links and marks of notes, of which the signs are told on the block with this key."""
        for mark in marks_in(text, self.notes):
            self.drafting.leave_out(Reason.NOTE_NUMBER, mark, "", key)
        return runs_of(pieces_of(text, self.notes))

    def note(self, sign: str, lines: list[str]) -> Runs:
        key = self.drafting.new_key()
        self.drafting.leave_out(Reason.NOTE_NUMBER, sign, "notes", key)
        return runs_of(pieces_of(self.joined(lines, key), {}))

    # Headings

    def heading_level(self, line: Line, following: str, alone: bool) -> tuple[int, int]:
        """The level of a heading, 0 for none; and how many lines show it as one, 0 if it is guessed."""
        if match := _ATX.fullmatch(line.text):
            return (len(match[1]), 1) if match[2] else (0, 0)
        if (under := _UNDERLINE.match(following)) and len(line.text.strip()) <= 120 and marker_of(line.text) is None:
            sign = under[1]
            if len(sign) >= min(len(line.text.strip()) // 2, 20) and any(letter.isalnum() for letter in line.text):
                return (1 if sign[0] in "=*" else 2), 2
        if alone or (len(line.text.strip()) < 80 and re.match(r"\s*\d{1,2}(\.\d{1,2}){2,4}\.?\s+\S", line.text)):
            level = guessed_level(line.text, numbered_text=self.numbered or line.text.strip() in self.heading_numbers)
            return level or int(self.roman and roman_heading(line.text) > 0) or int(self.hangs_out(line)), 0
        return 0, 0

    def hangs_out(self, line: Line) -> bool:
        """Whether a line that stands alone begins where none but headings do."""
        text = line.text.strip()
        short = len(text) <= LONGEST_HANGING and text[:1].isupper() and marker_of(text) is None
        return self.margin > 0 and line.indent == 0 and short and not _ENDS_SENTENCE.search(text)

    def heading(self, line: Line, level: int, *, guessed: bool) -> None:
        self.end_list()
        self.turn_to(line.page)
        text = match[2] if (match := _ATX.fullmatch(line.text)) else line.text.strip()
        key = self.drafting.new_key()
        if guessed:
            self.drafting.find(Doubt.HEADING_GUESSED, text, key)
        self.out.append(Heading(key, level, self.runs(text, key)))

    # Paragraphs

    def paragraphs(self, lines: list[Line]) -> None:
        if not lines:
            return
        self.end_list()
        if self.quotes and all(line.text.lstrip().startswith(">") for line in lines):
            key = self.drafting.new_key()
            text = self.joined([re.sub(r"^[\s>]+", "", line.text) for line in lines], key)
            self.out.append(Quote(key, self.runs(text, key)))
            return
        for part in self.parted(lines):
            self.turn_to(part[0].page)
            key = self.drafting.new_key()
            text = self.joined([line.text for line in part], key)
            for number, piece in enumerate(parted_text(text)):
                own = self.drafting.new_key() if number else key
                self.out.append(Paragraph(own, self.runs(piece, own)))
            self.turn_to(part[-1].page)

    def parted(self, lines: list[Line]) -> list[list[Line]]:
        """Paragraphs that no empty line parts: by first-line indents, or a short last line."""
        if self.unwrapped:
            return [[line] for line in lines]
        width = max(len(line.text.rstrip()) for line in lines)
        margin = min(line.indent for line in lines)
        indented = sum(line.indent >= margin + 2 for line in lines)
        by_indent = 0 < indented <= len(lines) // 2 and lines[0].indent >= margin + 2
        listed = sum(bool(NOTE_LINE.match(line.text)) for line in lines) > 1
        parts: list[list[Line]] = [[]]
        for before, line in zip([None, *lines], lines, strict=False):
            if before is not None and parts[-1]:
                short = len(before.text.rstrip()) < 0.75 * width and _ENDS_SENTENCE.search(before.text.rstrip())
                begins = not line.text.lstrip()[:1].islower()
                if (
                    (listed and NOTE_LINE.match(line.text))
                    or (by_indent and line.indent >= margin + 2)
                    or (width >= 40 and short and begins)
                ):
                    parts.append([])
            parts[-1].append(line)
        return parts

    def joined(self, lines: list[str], key: str) -> str:
        text, told = join_lines(lines, self.vocabulary)
        for how in told:
            self.drafting.find(Doubt.WORDS_JOINED, how, key)
        return text

    # Lists

    def begins_item(self, marker: Marker, line: Line, text: list[Line], group: list[Line], place: int) -> bool:
        """Guards: a dash in running text is no bullet, "12. " in it no item."""
        if any(open_list.marker.kind == marker.kind for open_list in self.lists):
            last = next(open_list for open_list in reversed(self.lists) if open_list.marker.kind == marker.kind)
            return (
                not marker.ordered
                or (marker.kind, marker.number) == _next(last)
                or line.indent > last.indent
                or marker.number == 1
            )
        if marker.ordered:
            if marker.number == 1:
                return True
            following = (marker.kind, marker.number + 1)
            others = (marker_of(other.text, [following]) for other in group[place + 1 :])
            followed = any(found and (found.kind, found.number) == following for found in others)
            return not text and (followed or (place == 0 and marker.kind in ("1.", "1)")))
        if not text:
            return True
        return (
            marker.kind not in "–—-*·"
            or text[-1].text.rstrip().endswith(":")
            or any((found := marker_of(other.text)) and found.kind == marker.kind for other in group[place + 1 :])
        )

    def goes_on(self, line: Line, *, first: bool) -> bool:
        """Whether a line without a sign belongs to the item before it; after an empty line only if it is set in."""
        last = self.lists[-1]
        words = min(last.text - last.indent, 4)
        return not first or line.indent - last.indent >= max(2, words - 1)

    def item(self, marker: Marker, line: Line) -> None:
        self.turn_to(line.page)
        self._find_list(marker, line.indent)
        key = self.drafting.new_key()
        open_list = self.lists[-1]
        if marker.ordered or marker.text.isalpha():  # "o" is a bullet of memoranda
            open_list.left_out.append(LeftOut(Reason.LIST_NUMBER, marker.text, "", key))
        if marker.ordered:
            number = len(open_list.items) + 1
            shift = open_list.marker.number - 1
            if (
                not open_list.items and (marker.number != 1 or marker.kind not in COUNTS_PLAINLY)
            ) or marker.number != number + shift:
                self.drafting.find(Doubt.LIST_NUMBERING, marker.text, key)
                open_list.counts_so = False
        open_list.items.append(_OpenItem(key, [marker.rest], marker.text if marker.ordered else ""))
        open_list.text = len(line.text.expandtabs(4).rstrip()) - len(marker.rest)

    def _find_list(self, marker: Marker, indent: int) -> None:
        """Makes the list of this marker the innermost open one."""
        for place in range(len(self.lists) - 1, -1, -1):
            found = self.lists[place]
            again = found.marker.ordered and marker.number == 1 and marker.kind == found.marker.kind
            if found.marker.kind == marker.kind and abs(indent - found.indent) <= 1 and not again:
                del self.lists[place + 1 :]
                return
        while self.lists and not (
            indent > self.lists[-1].indent + 1
            or _goes_below(self.lists[-1].marker, marker, indent - self.lists[-1].indent)
        ):
            self._close_innermost()
        key = self.drafting.new_key()
        opened = _OpenList(key, marker, indent)
        if self.lists and len(self.lists) < 9:
            self.lists[-1].items[-1].lists.append(opened)
        elif self.lists:
            self.end_list()
        self.lists.append(opened)

    def _close_innermost(self) -> None:
        if len(self.lists) == 1:
            self.end_list()
        else:
            self.lists.pop()

    def end_list(self) -> None:
        if not self.lists:
            return
        outer, self.lists = self.lists[0], []
        self.drop_silent(outer)
        self.out.append(ListBlock(outer.key, outer.is_ordered, self.closed(outer)))

    def drop_silent(self, open_list: _OpenList) -> None:
        """Items that say nothing go; what follows them keeps its number."""
        for item in open_list.items:
            for inner in item.lists:
                self.drop_silent(inner)
        said = [item for item in open_list.items if item.lists or any(line.strip() for line in item.lines)]
        kept = {item.key for item in said}
        late = next((one for one, item in zip(said, open_list.items, strict=False) if one is not item), None)
        if open_list.is_ordered and late is not None:
            self.drafting.find(Doubt.LIST_NUMBERING, late.label, late.key)
            open_list.counts_so = False
        if not open_list.counts_so:
            self.drafting.left_out.extend(left for left in open_list.left_out if left.key not in kept)
        open_list.items = said

    def closed(self, open_list: _OpenList) -> tuple[Item, ...]:
        """Where a list would count otherwise than the file does, the file's numbers stay text."""
        if open_list.counts_so:
            self.drafting.left_out.extend(open_list.left_out)
        return tuple(self.closed_item(item, numbered=not open_list.counts_so) for item in open_list.items)

    def closed_item(self, item: _OpenItem, *, numbered: bool) -> Item:
        text = self.joined(item.lines, item.key)
        if numbered and item.label:
            text = before_words(item.label) + text
        nested = tuple(inner for opened in item.lists for inner in self.closed(opened))
        ordered = bool(item.lists) and item.lists[0].is_ordered
        return Item(item.key, self.runs(text, item.key) or (Run(text),), nested, ordered)


def _letters_begun(group: list[Line], place: int) -> list[tuple[str, int]]:
    """Kind and number of "a. ", which begins a list where a line below it, as far in, begins with "b. "."""
    line = group[place]
    if not line.text.lstrip().startswith("a. "):
        return []
    followed = any(one.text.lstrip().startswith("b. ") and one.indent == line.indent for one in group[place + 1 :])
    return [("a.", 1)] if followed else []


def _next(open_list: _OpenList) -> tuple[str, int]:
    """Kind and number of the item that would go on."""
    return open_list.marker.kind, open_list.marker.number + len(open_list.items)


def _goes_below(outer: Marker, inner: Marker, further_in: int) -> bool:
    """Whether a marker of another kind at the same indent begins a list inside the item: 1. then a), • then ◦."""
    if further_in < 0 or outer.kind == inner.kind:
        return False
    order = ["一、", "（一）", "1、", "1．", "1.", "1)", "1）", "(1)", "（1）", "a)", "(a)", "i)", "i.", "(i)"]
    if outer.ordered and inner.ordered:
        return (
            outer.kind in order
            and inner.kind in order
            and order.index(inner.kind) > order.index(outer.kind)
            and inner.number == 1
        )
    if outer.ordered:
        return True
    return outer.kind in "•●■▪*" and inner.kind in "◦○o–—-▪·"


def parted_text(text: str) -> list[str]:
    """A paragraph, or several if it is too long to work with, parted after sentences or at the worst between words."""
    if len(text) <= LONGEST_PARAGRAPH:
        return [text]
    parts: list[str] = [""]
    for sentence in _pieces(text):
        if parts[-1] and len(parts[-1]) + len(sentence) > LONGEST_PARAGRAPH // 2:
            parts.append("")
        parts[-1] += sentence
    return [part.strip() for part in parts if part.strip()]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    for end in [*(match.end() for match in _SENTENCE.finditer(text)), len(text)]:
        while end - start > LONGEST_PARAGRAPH:
            cut = text.rfind(" ", start, start + LONGEST_PARAGRAPH) + 1 or start + LONGEST_PARAGRAPH
            cut = cut if cut > start else start + LONGEST_PARAGRAPH
            pieces.append(text[start:cut])
            start = cut
        pieces.append(text[start:end])
        start = end
    return pieces
