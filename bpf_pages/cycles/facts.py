"""What the cycle of a document or a forum is drawn from: the public steps, periods, dates of the forum and comments."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import zip_longest
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncWeek

from bpf_pages.cycles.picture import Cycle, Life, Milestone, Stage, cycle
from consultation.comments.models import Comment
from consultation.periods.models import Period
from editions.models import Edition
from workflow.forums.calendar import planned_dates
from workflow.forums.models import Forum
from workflow.forums.states import SHOWN
from workflow.history.timeline import PublicStep, public_steps
from workflow.states import SETTLED, State

MOST_LANES = 20
"""Documents in one picture: as many as a page lists."""


def cycle_of_document(edition: Edition, periods: Iterable[Period], now: datetime) -> Cycle | None:
    """periods: those of the document, from whoever has them. One query, and one more where there was a period."""
    known = tuple(periods)
    steps = public_steps([edition.series]).get(edition.series, [])
    life = _life(edition, steps, known)
    if not _has_course(life):
        return None
    return cycle([life], [], _comments([edition.series]) if known else {}, now.date())


def cycle_of_forum(forum_page: Any, editions: Sequence[Edition], now: datetime) -> Cycle | None:
    """editions: the current ones of its documents. Five queries, whatever their number."""
    shown = editions[:MOST_LANES]
    names = [edition.series for edition in shown]
    steps = public_steps(names)
    periods: defaultdict[str, list[Period]] = defaultdict(list)
    for period in Period.objects.filter(edition__series__in=names).kept().with_edition():
        periods[period.edition.series].append(period)
    lives = [_life(edition, steps.get(edition.series, []), periods[edition.series]) for edition in shown]
    return cycle(
        [life for life in lives if _has_course(life)],
        _milestones(forum_page),
        _comments(names) if periods else {},
        now.date(),
    )


def _has_course(life: Life) -> bool:
    """Whether there is more to tell than that it was recorded on a day."""
    return len(life.stages) > 1 or any(stage.planned for stage in life.stages)


def _life(edition: Edition, steps: Sequence[PublicStep], periods: Sequence[Period]) -> Life:
    """Steps that change no state, such as a correction, begin no stage."""
    moved = [
        step for place, step in enumerate(steps) if step.target in State and (not place or step.source != step.target)
    ]
    stages = []
    for step, following in zip_longest(moved, moved[1:]):
        state, end = State(step.target), following.at.date() if following else None
        planned = _planned(step, end, periods)
        stages.append(Stage(state.value, str(state.label), step.at.date(), end, planned, state in SETTLED))
    return Life(edition.title, edition.language, edition.address, tuple(stages))


def _planned(step: PublicStep, end: date | None, periods: Sequence[Period]) -> tuple[date, date] | None:
    """What was announced: of a comment period its dates, of a session its day."""
    if step.target == State.COMMENT:
        day = step.at.date()
        mine = [each for each in periods if each.opens.date() >= day and (end is None or each.opens.date() <= end)]
        period = mine[0] if mine else None
        return (period.opens.date(), period.closes.date()) if period else None
    if step.target == State.WRAP_UP and (said := str(step.data.get("session_date") or "")):
        session = date.fromisoformat(said[:10])
        return session, session
    return None


def _comments(series: Collection[str]) -> Mapping[date, int]:
    """Monday of a week to how many first-level comments that are public came in it."""
    found = Comment.objects.counted().filter(series__in=series, parent=None).order_by()
    week = TruncWeek("submission__received_at", tzinfo=UTC)
    rows = found.annotate(week=week).values_list("week").annotate(Count("pk"))
    return {monday.date(): count for monday, count in rows}


def _milestones(forum_page: Any) -> list[Milestone]:
    """Of a forum that the public is shown."""
    forum = Forum.objects.filter(page_id=forum_page.pk, state__in=SHOWN).prefetch_related("milestones").first()
    rows = planned_dates(forum) if forum else ()
    return [Milestone(row.what, row.planned, row.actual) for row in rows if row.planned or row.actual]
