"""Stages, dates and comments as shapes on one axis of days: what the template of a cycle draws. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH = 1000
"""Units of the picture from its first day to its last. Whole numbers only: they are written alike in every language."""
LANE, BARS = 12, 24
"""Units from lane to lane, and of the longest bar of comments."""
LEAST = 6
"""Units of the shortest stretch: a stage of a day is seen."""
WEEK = timedelta(days=7)
ROOM = 14
"""Days behind the last step of what is settled: its colour has to be seen."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a document stood. state: a value of workflow.states.State. end: None while it stands there. planned: the
    first and the last day as they were announced, or None."""

    state: str
    label: str
    start: date
    end: date | None
    planned: tuple[date, date] | None = None
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class Life:
    """The stages of one document, in order."""

    title: str
    language: str
    address: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date of the forum: at least one of planned and actual is known."""

    name: str
    planned: date | None
    actual: date | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stage as a rectangle."""

    state: str
    x: int
    y: int
    width: int


@dataclass(frozen=True, slots=True)
class Cycle:
    """bars, plans, marks, today: SVG path data, of comments a week, of what was announced, of milestones that came, and
    of the present day, "" where nothing goes on."""

    lives: tuple[Life, ...]
    milestones: tuple[Milestone, ...]
    weeks: tuple[tuple[date, int], ...]
    first: date
    last: date
    stretches: tuple[Stretch, ...]
    bars: str
    plans: str
    marks: str
    today: str
    height: int

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def colours(self) -> dict[str, str]:
        """What the stages that are drawn are called, by state, in the order in which they come."""
        return {stage.state: stage.label for life in self.lives for stage in life.stages}


def cycle(
    lives: Sequence[Life], milestones: Sequence[Milestone], comments: Mapping[date, int], today: date
) -> Cycle | None:
    """comments: Monday of a week to how many came in it. None where one date or none is known: that is no cycle."""
    days = [*_days(lives, milestones), *comments]
    if len(set(days)) < 2:
        return None
    is_going = any(stage.end is None and not stage.is_settled for life in lives for stage in life.stages)
    first, last = min(days), max(days) + timedelta(days=ROOM)
    axis = _Axis(first, max(last, today) if is_going else last)
    top = BARS if comments else 0
    weeks = tuple(sorted((week, count) for week, count in comments.items() if count))
    return Cycle(
        lives=tuple(lives),
        milestones=tuple(milestones),
        weeks=weeks,
        first=first,
        last=axis.last,
        stretches=tuple(_stretches(lives, axis, top)),
        bars="".join(_bars(weeks, axis)),
        plans="".join(_plans(lives, milestones, axis, top)),
        marks="".join(
            f"M{axis.place(each.actual)} {top}v{LANE * max(len(lives), 1)}" for each in milestones if each.actual
        ),
        today=f"M{axis.place(today)} 0V{top + LANE * max(len(lives), 1)}" if is_going else "",
        height=top + LANE * max(len(lives), 1),
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date

    def place(self, day: date) -> int:
        span = max((self.last - self.first).days, 1)
        return round(WIDTH * min(max((day - self.first).days, 0), span) / span)


def _days(lives: Sequence[Life], milestones: Sequence[Milestone]) -> list[date]:
    found = [day for life in lives for stage in life.stages for day in (stage.start, stage.end, *(stage.planned or ()))]
    found += [day for each in milestones for day in (each.planned, each.actual)]
    return [day for day in found if day is not None]


def _stretches(lives: Sequence[Life], axis: _Axis, top: int) -> list[Stretch]:
    found = []
    for lane, life in enumerate(lives):
        for stage in life.stages:
            start, end = axis.place(stage.start), axis.place(stage.end or axis.last)
            width = min(max(end - start, LEAST), WIDTH - start) or LEAST
            found.append(Stretch(stage.state, min(start, WIDTH - LEAST), top + lane * LANE, width))
    return found


def _bars(weeks: Sequence[tuple[date, int]], axis: _Axis) -> list[str]:
    most = max((count for _week, count in weeks), default=1)
    found = []
    for week, count in weeks:
        start, height = axis.place(week), max(round(BARS * count / most), 2)
        width = max(axis.place(week + WEEK) - start - 2, 3)
        found.append(f"M{start} {BARS}v-{height}h{width}v{height}z")
    return found


def _plans(lives: Sequence[Life], milestones: Sequence[Milestone], axis: _Axis, top: int) -> list[str]:
    """A line under each stage from the first day that was announced to the last; a tick for a date of the forum."""
    found = []
    for lane, life in enumerate(lives):
        foot = top + (lane + 1) * LANE - 2
        for stage in life.stages:
            if stage.planned:
                start, end = map(axis.place, stage.planned)
                found.append(f"M{start} {foot - 3}v3h{max(end - start, LEAST)}v-3")
    found += (f"M{axis.place(each.planned)} {top}v{LANE}" for each in milestones if each.planned)
    return found
