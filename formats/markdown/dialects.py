"""Blocks that CommonMark does not know, as the sites and programs that made them mean them. Pure.

Grid tables and those below dashes become tables; of boxes (`> [!NOTE]`, `!!! note`, `:::`) the words stay as text of
their own, the mark goes; where a list of contents would be made stands none. Items that are counted through a whole
text (`(@)`, `(@name)`) get their numbers, and so does what refers to them. Inside of fenced code all stays as it is.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from formats.draft import Reason
from formats.markdown.dashed_tables import dashed_table_at
from formats.plain.tables import table_at

DEEPEST = 20  # boxes in boxes
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CONTENTS = re.compile(r" {0,3}(\[TOC\]|\[\[_?TOC_?\]\]|\{\{ ?TOC ?\}\}|\{:toc\}|\$\{toc\}|@\[toc\])\s*", re.IGNORECASE)
_ALERT = re.compile(r" {0,3}> ?(\[![A-Za-z][\w-]{0,30}\][+-]?)[ \t]*(.*)")
_QUOTED = re.compile(r" {0,3}> ?")
_ADMONITION = re.compile(r" {0,3}((?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+[\w-]+)*)(?:[ \t]+\"(.*)\")?[ \t]*")
_SET_IN = re.compile(r"(?: {4}| {0,3}\t)")
_DIV = re.compile(r" {0,3}(:{3,}[ \t]*(?:\{[^{}]{1,300}\}|[A-Za-z][\w-]*))(?:[ \t]+:*[ \t]*([^:\s].*?))?[ \t]*:*")
_DIV_END = re.compile(r" {0,3}:{3,}\s*")
_COUNTED = re.compile(r" {0,3}(\(@([\w-]*)\))[ \t]+(?=\S)")
_REFERENCE = re.compile(r"\(@([\w-]+)\)")
_GRID = re.compile(r" {0,3}\+[-=:]{2,}[-=+:]*\+\s*")


@dataclass(slots=True)
class Dialects:
    """lines: CommonMark. marks: what went out of them, with the reason, in order."""

    lines: list[str] = field(default_factory=list)
    marks: list[tuple[Reason, str]] = field(default_factory=list)
    fence: str = ""
    numbers: dict[str, int] = field(default_factory=dict)
    counted: int = 0

    def read(self, lines: Sequence[str], depth: int = 0) -> None:
        open_divs = place = 0
        while place < len(lines):
            line = lines[place]
            place += 1
            if self._in_code(line):
                self.lines.append(line)
            elif table := dashed_table_at(lines, place - 1):
                self._table(table.rows)
                place += table.lines - 1
            elif match := _CONTENTS.fullmatch(line):
                self._mark(Reason.CONTENTS_LIST, match[1])
            elif match := _ALERT.fullmatch(line):
                inside, place = _while(lines, place, lambda one: bool(_QUOTED.match(one)))
                self._box(match[1], match[2], [_QUOTED.sub("", one, count=1) for one in inside], depth)
            elif match := _ADMONITION.fullmatch(line):
                inside, place = _while(lines, place, lambda one: not one.strip() or bool(_SET_IN.match(one)))
                self._box(match[1], match[2] or "", [_SET_IN.sub("", one, count=1) for one in inside], depth)
            elif match := _DIV.fullmatch(line):
                self._box(match[1], match[2] or "", [], depth)
                open_divs += 1
            elif open_divs and _DIV_END.fullmatch(line):
                self.lines.append("")
                open_divs -= 1
            elif _GRID.fullmatch(line):
                inside, _ = _while(lines, place, lambda one: bool(one.strip()))
                place += self._grid([line, *inside]) - 1
            else:
                self.lines.append(self._numbered(line) if self.numbers else line)

    def number(self, lines: Sequence[str]) -> None:
        """Gives items that are counted through a text their numbers, where it has them: an item without a name, or a
        name that is referred to; else (@name) is somebody's."""
        outside = [line for line in lines if not self._in_code(line)]
        self.fence = ""
        names = [match[2] for line in outside if (match := _COUNTED.match(line))]
        said = Counter(name for line in outside for name in _REFERENCE.findall(line))
        if "" in names or any(said[name] > 1 for name in names):
            for number, name in enumerate(names, 1):
                self.numbers.setdefault(name, number)

    def _numbered(self, line: str) -> str:
        if match := _COUNTED.match(line):
            self.counted += 1
            self.marks.append((Reason.LIST_NUMBER, match[1]))
            line = f"{self.counted}. {line[match.end() :]}"
        return _REFERENCE.sub(self._number_of, line)

    def _number_of(self, found: re.Match[str]) -> str:
        number = self.numbers.get(found[1])
        if number is None:
            return found[0]
        self.marks.append((Reason.METADATA, found[0]))
        return f"({number})"

    def _in_code(self, line: str) -> bool:
        """Whether a line is of fenced code, its fences included."""
        found = _FENCE.match(line)
        if self.fence:
            if found and found[1].startswith(self.fence) and not line[found.end() :].strip("`~ \t"):
                self.fence = ""
            return True
        self.fence = found[1] if found else ""
        return bool(found)

    def _mark(self, reason: Reason, text: str) -> None:
        self.marks.append((reason, text))
        self.lines.append("")

    def _box(self, mark: str, title: str, inside: list[str], depth: int) -> None:
        self._mark(Reason.METADATA, mark)
        if title.strip():
            self.lines += [f"**{title.strip()}**", ""]
        if depth < DEEPEST:
            self.read(inside, depth + 1)
        else:
            self.lines += inside
        self.lines.append("")

    def _grid(self, lines: list[str]) -> int:
        """How many of the lines were taken."""
        table = table_at(lines, each_row_ruled=True)
        if table is None:
            self.lines.append(lines[0])
            return 1
        head = [] if table.header_rows else [[""] * len(table.rows[0])]
        self._table([*head, *table.rows])
        return table.lines

    def _table(self, cells: list[list[str]]) -> None:
        rows = [[cell.replace("|", "\\|") for cell in row] for row in cells]
        written = [f"| {' | '.join(row)} |" for row in rows]
        self.lines += ["", written[0], "|" + " --- |" * len(rows[0]), *written[1:], ""]


def _while(lines: Sequence[str], place: int, goes_on: Callable[[str], bool]) -> tuple[list[str], int]:
    start = place
    while place < len(lines) and goes_on(lines[place]):
        place += 1
    return list(lines[start:place]), place


def as_commonmark(text: str) -> tuple[str, tuple[tuple[Reason, str], ...]]:
    """The text, and the marks that went out of it."""
    dialects = Dialects()
    lines = text.split("\n")
    dialects.number(lines)
    dialects.read(lines)
    return "\n".join(dialects.lines), tuple(dialects.marks)
