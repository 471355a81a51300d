"""Numbers that writers typed before paragraphs, "1) …", "(a) …", "i. …", where they meant a list. Pure.

Only an unbroken run of them is a list. A paragraph that begins so and stands alone is none, nor is a heading with text
below it.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from editions.document.model import Run, Runs, text_of_runs
from formats.draft import Doubt, Reason
from formats.office.draft_builder import DraftBuilder
from formats.office.paragraph_roles import Label, Line, Piece, Role
from formats.office.runs import BREAK, tidy
from formats.office.typed_lists_and_headings import TYPED, guessed_level, without_start
from formats.plain.list_and_heading_markers import COUNTS_PLAINLY, Marker, marker_of

DEEPEST = 6  # lists in lists
NEAR = 3  # paragraphs around a run in which the number before or behind it may stand
FARTHEST = 200  # paragraphs below in which the second item of a list begins


@dataclass(frozen=True, slots=True)
class TypedItem:
    """series: which list, counted from 0. level: from 0. counts_so: its list counts 1, 2, 3, as those of a draft do."""

    marker: Marker
    series: int
    level: int
    counts_so: bool


@dataclass(slots=True)
class _Open:
    kind: str
    last: int
    series: int


def typed_items(texts: Sequence[str], *, with_bullets: bool = False) -> list[TypedItem | None]:
    """Of paragraphs one after the other, those that are items. A text that can be none is "".

    with_bullets: lines with typed bullets, which become lists of their own, may stand between the items.
    """
    found: list[TypedItem | None] = [None] * len(texts)
    series = itertools.count()
    place = 0
    while place < len(texts):
        run = _Run(texts, with_bullets, series).read(place) if texts[place] else []
        if not _numbers_paragraphs(texts, place, run):
            found[place : place + len(run)] = run
        place += max(len(run), 1)
    return found


def _numbers_paragraphs(texts: Sequence[str], start: int, run: Sequence[TypedItem | None]) -> bool:
    """Whether the number before or behind a run stands near it, with other words between: then the paragraphs of the
    text are numbered, of which some happen to follow each other."""
    outermost = [item.marker for item in run if item is not None and item.level == 0]
    if not outermost:
        return False
    first, last = outermost[0], outermost[-1]
    end = start + len(run)
    before = (marker_of(text, [(first.kind, first.number - 1)]) for text in texts[max(0, start - NEAR) : start])
    behind = (marker_of(text, [(last.kind, last.number + 1)]) for text in texts[end : end + NEAR])
    is_behind_one = first.number > 1 and any(
        one is not None and (one.kind, one.number) == (first.kind, first.number - 1) for one in before
    )
    return is_behind_one or any(
        one is not None and (one.kind, one.number) == (last.kind, last.number + 1) for one in behind
    )


@dataclass(slots=True)
class _Run:
    """The items from one paragraph on, as long as each goes on with a list or begins one that goes on."""

    texts: Sequence[str]
    with_bullets: bool
    series: "itertools.count[int]"
    trail: list[_Open] = field(default_factory=list)
    plain: dict[int, bool] = field(default_factory=dict)  # whether a series counts 1, 2, 3

    def read(self, start: int) -> list[TypedItem | None]:
        found: list[TypedItem | None] = []
        for place in range(start, len(self.texts)):
            marker = self._marker(place)
            if marker is None or not self._takes(marker, place):
                break
            innermost = self.trail[-1].series
            item = TypedItem(marker, innermost, len(self.trail) - 1, self.plain[innermost])
            found.append(item if marker.ordered else None)
        while found and found[-1] is None:
            found.pop()
        outermost = sum(item is not None and item.level == 0 for item in found)
        return found if outermost > 1 else [None] * len(found)

    def _takes(self, marker: Marker, place: int) -> bool:
        if not marker.ordered:
            return self.with_bullets and bool(self.trail)
        wanted = (marker.kind, marker.number)
        going = next((one for one in reversed(self.trail) if (one.kind, one.last + 1) == wanted), None)
        if going is not None:
            del self.trail[self.trail.index(going) + 1 :]
            going.last += 1
            return True
        if len(self.trail) == DEEPEST or (self.trail and marker.number > 1) or not self._begins(marker, place):
            return False
        self.trail.append(_Open(marker.kind, marker.number, next(self.series)))
        self.plain[self.trail[-1].series] = marker.kind in COUNTS_PLAINLY and marker.number == 1
        return True

    def _marker(self, place: int) -> Marker | None:
        expected = [(one.kind, one.last + 1) for one in self.trail]
        following = self.texts[place + 1] if place + 1 < len(self.texts) else ""
        if self.texts[place].lstrip().startswith("a. ") and following.lstrip().startswith("b. "):
            expected.append(("a.", 1))
        return marker_of(self.texts[place], expected)

    def _begins(self, marker: Marker, place: int) -> bool:
        """Whether it is the first of several, or the only item within another, whose list goes on below."""
        around = ((one.kind, one.last + 1) for one in self.trail)
        return any(self._goes_on(place, wanted) for wanted in [(marker.kind, marker.number + 1), *around])

    def _goes_on(self, place: int, wanted: tuple[str, int]) -> bool:
        """Whether an item, by kind and number, stands below, with nothing but other items between."""
        for text in self.texts[place + 1 : place + 1 + FARTHEST]:
            below = marker_of(text, [wanted])
            if below is None or not (below.ordered or self.with_bullets):
                return False
            if (below.kind, below.number) == wanted:
                return True
        return False


def without_marker(runs: Runs) -> Runs:
    """Runs without the number that they begin with."""
    text = text_of_runs(runs)
    marker = marker_of(text)
    return without_start(runs, len(text.rstrip()) - len(marker.rest) if marker else 0)


def typed_lines(runs: Runs) -> list[Runs]:
    """The lines of a paragraph that is a list with line ends between its items, what leads to them first; else []."""
    texts = text_of_runs(runs).split(BREAK)
    found = typed_items(texts)
    first = next((place for place, item in enumerate(found) if item is not None), 0)
    if len(texts) < 2 or any(item is None for item in found[first:]):
        return []
    lines = lines_of_runs(runs)
    leading = [run for line in lines[:first] for run in (*line, Run(BREAK))]
    told = [tidy(line) for line in lines[first:]]
    return [tidy(leading), *told] if first else told


def lines_of_runs(runs: Runs) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        for place, part in enumerate(run.text.split(BREAK)):
            lines += [[]] if place else []
            lines[-1] += [replace(run, text=part)] if part or run.note else []
    return lines


def _parted(pieces: Iterable[Piece], builder: DraftBuilder) -> Iterator[Piece]:
    for piece in pieces:
        lines = typed_lines(piece.runs) if isinstance(piece, Line) and BREAK in _text(piece) else []
        if not lines or not isinstance(piece, Line):
            yield piece
            continue
        for place, runs in enumerate(lines):
            yield replace(piece, key=builder.keys.new() if place else piece.key, runs=runs)


def with_typed_numbers(pieces: Iterable[Piece], builder: DraftBuilder) -> list[Piece]:
    """Paragraphs of an office file with the labels of the lists that they were typed as. Numbers that a list of the
    draft draws itself are left out; others stay in the text, and are told."""
    told = list(_parted(pieces, builder))
    begun: set[int] = set()
    for place, item in enumerate(typed_items([_text(piece) for piece in told], with_bullets=True)):
        line = told[place]
        if item is None or not isinstance(line, Line):
            continue
        name = f"{TYPED} {item.series}"
        if item.counts_so:
            builder.leave_out(Reason.LIST_NUMBER, item.marker.text, "", line.key)
            label = Label(name, item.level, ordered=True, text=item.marker.text)
            told[place] = replace(line, label=label, runs=without_marker(line.runs))
        else:
            told[place] = replace(line, label=Label(name, item.level, ordered=False))
            if item.series not in begun:
                builder.doubt(Doubt.LIST_NUMBERING, item.marker.text, line.key)
        begun.add(item.series)
    return told


def _text(piece: Piece) -> str:
    if not isinstance(piece, Line) or piece.role != Role.BODY or piece.label is not None or piece.continues:
        return ""
    return "" if guessed_level(piece.runs) else text_of_runs(piece.runs)
