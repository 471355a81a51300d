"""Themes through the years as lanes: where work was done, how it went on, and where lines of work met or parted.

Drawn from public editions and the relations between their documents: no statement of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bpf_pages.statistics.charts import Label
from consultation.reports.library_documents import Document, public_documents
from editions.models import Relation, RelationKind

STEP = 10
"""Units of the picture from year to year and from lane to lane."""
MIDDLE = 7
"""Where in its lane a line runs: the name of the theme stands above it."""

ROOM = 5
"""Steps, in hundredths of the width, in which names of lanes make room: the style sheet has a rule for each."""

Stop = tuple[str, int]
"""A theme in a year."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A theme. years: in which it has documents. origins: other themes that it took up, with the year.

    room: where its name stands clear of the lines that pass from lane to lane: "after-25", of the width in hundredths;
    "before-75"; or "" where none passes.
    """

    label: Label
    years: tuple[int, ...]
    origins: tuple[tuple[int, Label], ...]
    is_here: bool
    room: str = ""


@dataclass(frozen=True, slots=True)
class LineageMap:
    """dots, lines, joins: SVG path data. lines go on in a theme, joins lead from one to another."""

    years: tuple[int, ...]
    lanes: tuple[Lane, ...]
    dots: str
    lines: str
    joins: str

    @property
    def width(self) -> int:
        return STEP * len(self.years)

    @property
    def height(self) -> int:
        return STEP * len(self.lanes)

    def taken_up(self, theme: str, by: str) -> int:
        """The first year in which a theme went on in another, both by slug; 0 where the map shows no such year."""
        years = (
            year for lane in self.lanes if lane.label.value == by for year, old in lane.origins if old.value == theme
        )
        return min(years, default=0)


def lineage_map(here: str = "") -> LineageMap:
    """The map of all real documents. here: a theme, with which only those stand that it met. Three queries."""
    documents, names = public_documents()
    kinds = (RelationKind.CONTINUES, RelationKind.MERGED_INTO)
    relations = Relation.objects.filter(kind__in=kinds).order_by("pk").values_list("kind", "source", "target")
    pairs = [
        (target, source) if kind == RelationKind.CONTINUES else (source, target) for kind, source, target in relations
    ]
    return drawn(documents, names, pairs, here)


def drawn(
    documents: Iterable[Document], names: Mapping[str, str], pairs: Iterable[tuple[str, str]], here: str = ""
) -> LineageMap:
    """names: of themes by slug. pairs: (series of an earlier document, series of the later one that follows it)."""
    found = {document.series: document for document in documents if document.themes}
    gathered: dict[str, set[int]] = defaultdict(set)
    for document in found.values():
        for theme in document.themes:
            gathered[theme].add(document.year)
    worked = dict(gathered)
    steps = {step for old, new in pairs if old in found and new in found for step in _steps(found[old], found[new])}
    if here:
        near = _met(here, steps)
        worked = {theme: seen for theme, seen in worked.items() if theme in near}
        steps = {step for step in steps if step[0][0] in near}
    order = _order(worked, steps, names)
    years = tuple(range(min(map(min, worked.values())), max(map(max, worked.values())) + 1)) if worked else ()
    places = {theme: place for place, theme in enumerate(order)}

    def at(stop: Stop) -> tuple[int, int]:
        return STEP * (stop[1] - years[0]) + STEP // 2, STEP * places[stop[0]] + MIDDLE

    stops = sorted((theme, year) for theme, seen in worked.items() for year in seen)
    across = sorted(step for step in steps if step[0][0] != step[1][0])
    rooms = _rooms([(at(old), at(new)) for old, new in across], STEP * len(years))
    labels = {theme: Label(theme, names[theme], f"/themes/{theme}/", is_theme=True) for theme in order}
    lanes = tuple(
        Lane(
            labels[theme],
            tuple(sorted(worked[theme])),
            tuple(sorted(((new[1], labels[old[0]]) for old, new in steps if new[0] == theme != old[0]), key=_first)),
            theme == here,
            rooms.get(places[theme], ""),
        )
        for theme in order
    )
    along = sorted(step for step in steps if step[0][0] == step[1][0])
    return LineageMap(
        years,
        lanes,
        "".join("M{} {}h0".format(*at(stop)) for stop in stops),
        "".join("M{} {}H{}".format(*at(old), at(new)[0]) for old, new in along),
        "".join(_curve(at(old), at(new)) for old, new in across),
    )


def _first(origin: tuple[int, Label]) -> tuple[int, str]:
    return origin[0], origin[1].value


def _steps(old: Document, new: Document) -> list[tuple[Stop, Stop]]:
    """In the themes that both have; where they share none, every theme of the old one leads to the first of the new."""
    shared = [theme for theme in old.themes if theme in new.themes]
    if shared:
        return [((theme, old.year), (theme, new.year)) for theme in shared]
    return [((theme, old.year), (new.themes[0], new.year)) for theme in old.themes]


def _met(theme: str, steps: Iterable[tuple[Stop, Stop]]) -> set[str]:
    """A theme, and all that lead to it or away from it, over others too."""
    near, edges = {theme}, {(old, new) for (old, _year), (new, _later) in steps if old != new}
    while more := {end for edge in edges if near & set(edge) for end in edge} - near:
        near |= more
    return near


def _order(worked: Mapping[str, set[int]], steps: Iterable[tuple[Stop, Stop]], names: Mapping[str, str]) -> list[str]:
    """Themes by their first year; what met in another theme stands right above it, so that few lines cross."""
    into = {old: new for (old, _year), (new, _later) in sorted(steps) if old != new}
    by_age = sorted(worked, key=lambda theme: (min(worked[theme]), names[theme]))
    order: list[str] = []

    def place(theme: str, seen: frozenset[str]) -> None:
        for other in by_age:
            if into.get(other) == theme and other not in seen | set(order):
                place(other, seen | {other})
        if theme not in order:
            order.append(theme)

    for theme in by_age:
        if theme not in order and theme not in into:
            place(theme, frozenset({theme}))
    return order + [theme for theme in by_age if theme not in order]


def _rooms(joins: Iterable[tuple[tuple[int, int], tuple[int, int]]], width: int) -> dict[int, str]:
    """Place of a lane -> the side on which its name has room, for each lane whose name a join would pass: after the
    last of them where that leaves half of the width, else before the first."""
    passing: dict[int, list[int]] = defaultdict(list)
    for start, end in joins:
        first, last = sorted((start[1] // STEP, end[1] // STEP))
        for place in range(first + 1, last + 1):
            passing[place] += [start[0], end[0]]
    rooms = {}
    for place, found in passing.items():
        after = -(-100 * max(found) // (width * ROOM)) * ROOM
        before = 100 * min(found) // (width * ROOM) * ROOM
        rooms[place] = f"after-{after}" if after <= 50 else f"before-{max(before, ROOM)}"
    return rooms


def _curve(start: tuple[int, int], end: tuple[int, int]) -> str:
    middle = (start[0] + end[0]) // 2
    return f"M{start[0]} {start[1]}C{middle} {start[1]} {middle} {end[1]} {end[0]} {end[1]}"
