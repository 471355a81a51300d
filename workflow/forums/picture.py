"""Where the documents of a forum stand, as a picture: planned and actual dates, and a bar of states for each document.

Places are percentages of the width, so that the picture fills any screen while its letters keep their size. The same is
said in words beside it: marks carry the numbers of a table.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import get_language_bidi
from wagtail.models import Revision

from workflow.forums.calendar import TimelineRow
from workflow.states import State, standing_words
from workflow.transitions.models import Process, TransitionLog

MARGIN = 0.04  # of the width, on both sides: for the marks at the ends
TICKS = 4  # dates below the axis, which have room at 320 px
LEAST_DAYS = 28  # an axis shows
NEAR = 2.0  # percent: marks closer than this are one
ABOVE, A_LINE = 54, 34  # px: for the marks, and for a document with its words


@dataclass(frozen=True, slots=True)
class Mark:
    """at: percent of the width. numbers: of the rows of the table that say what it is, several where days meet."""

    at: float
    numbers: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in one state. at, width: percent."""

    state: str
    label: str
    at: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    process: Process
    stretches: list[Stretch]


@dataclass(frozen=True, slots=True)
class Picture:
    """ticks: (percent, date). today: percent."""

    planned: list[Mark]
    actual: list[Mark]
    bars: list[Bar]
    ticks: list[tuple[float, date]]
    today: float
    beginning: float

    @property
    def axis(self) -> int:
        """px from the top, as all heights here: the lower end of the lines."""
        return ABOVE + A_LINE * len(self.bars)

    @property
    def date_line(self) -> int:
        return self.axis + 14

    @property
    def height(self) -> int:
        return self.axis + 20

    @property
    def lines(self) -> list[tuple[Bar, dict[str, int]]]:
        """Each bar with where its words and its stretches stand."""
        tops = range(ABOVE, self.axis, A_LINE)
        return [(bar, {"words": top + 12, "bar": top + 17}) for bar, top in zip(self.bars, tops, strict=True)]


Times = Mapping[int, Sequence[tuple[str, date]]]
"""{process id: (state, the day from which it stood there), oldest first}."""


def times_of(processes: Sequence[Process]) -> Times:
    """In two queries. A document begins with its first revision."""
    pages = {str(process.page_id): process.pk for process in processes if process.page_id}
    firsts = Revision.page_revisions.filter(object_id__in=pages).values("object_id").annotate(first=Min("created_at"))
    begun = {pages[row["object_id"]]: row["first"] for row in firsts.order_by()}
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for process in processes:
        at = begun.get(process.pk, process.state_since)
        found[process.pk].append((str(State.DRAFTING), timezone.localtime(at).date()))
    for row in TransitionLog.objects.filter(process__in=processes).order_by("process", "ordinal"):
        found[row.process_id].append((row.target, timezone.localtime(row.at).date()))
    return found


def draw(rows: Sequence[TimelineRow], processes: Sequence[Process], times: Times, today: date) -> Picture:
    """rows: of the table, numbered from 1."""
    days = [day for row in rows for day in (row.planned, row.actual) if day]
    days += [day for process in processes for _state, day in times.get(process.pk, ())]
    axis = _Axis([*days, today])
    return Picture(
        planned=_marks([(axis.at(row.planned), number) for number, row in enumerate(rows, 1) if row.planned]),
        actual=_marks([(axis.at(row.actual), number) for number, row in enumerate(rows, 1) if row.actual]),
        bars=[Bar(process, list(_stretches(times.get(process.pk, ()), axis, today))) for process in processes],
        ticks=axis.ticks(),
        today=axis.at(today),
        beginning=axis.at(axis.first),
    )


def _marks(places: list[tuple[float, int]]) -> list[Mark]:
    """One for all numbers that would lie on each other."""
    found: list[tuple[float, list[int]]] = []
    for at, number in sorted(places):
        if found and at - found[-1][0] < NEAR:
            found[-1][1].append(number)
        else:
            found.append((at, [number]))
    return [Mark(at, "·".join(map(str, sorted(numbers)))) for at, numbers in found]


def _stretches(times: Sequence[tuple[str, date]], axis: "_Axis", today: date) -> Iterable[Stretch]:
    ends = [*(day for _state, day in times[1:]), max(today, *(day for _state, day in times))] if times else []
    for (state, day), end in zip(times, ends, strict=True):
        begins, ends_at = sorted((axis.at(day), axis.at(end)))
        if end > day or day == today:
            yield Stretch(state, str(standing_words(state)), begins, round(max(ends_at - begins, 1.0), 2))


class _Axis:
    """Days along the width; from the right where the language runs so."""

    def __init__(self, days: Sequence[date]) -> None:
        self.first = min(days)
        self.length = max((max(days) - self.first).days, LEAST_DAYS)
        self.is_mirrored = get_language_bidi()

    def at(self, day: date) -> float:
        share = MARGIN + (1 - 2 * MARGIN) * (day - self.first).days / self.length
        return round(100 * (1 - share if self.is_mirrored else share), 2)

    def ticks(self) -> list[tuple[float, date]]:
        days = [self.first + timedelta(days=round(self.length * step / (TICKS - 1))) for step in range(TICKS)]
        return [(self.at(day), day) for day in days]
