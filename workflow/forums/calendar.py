"""The dates of a forum's year: as planned, as they came, and what is doubtful about a plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.conf import settings
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.forums.documents import documents_of
from workflow.forums.models import Forum, Milestone
from workflow.transitions.models import TransitionLog

SHORT = timedelta(weeks=7)
"""The forums of 2014 had about seven weeks and called them far too short (guide to the domain, section 8)."""

Kind = Milestone.Kind
CAME_BY = {
    Kind.COMMENT_OPENS: ("open_comment", Min),
    Kind.COMMENT_CLOSES: ("close_comment", Max),
    Kind.SESSION: ("present", Min),
    Kind.OUTCOME: ("adopt", Max),
}
"""The step of its documents with which a date came; the first of them, or the last."""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One date. planned, actual: either may be unknown. late: days by which the actual came after the planned date."""

    what: str
    planned: date | None
    actual: date | None
    kind: str = ""

    @property
    def late(self) -> int | None:
        return (self.actual - self.planned).days if self.planned and self.actual else None


def timeline(forum: Forum) -> list[TimelineRow]:
    """What was planned, what came, and the forum's own moves, in the order of their dates."""
    rows = planned_dates(forum)
    rows += [TimelineRow(row.target_label, None, timezone.localtime(row.at).date()) for row in forum.log.all()]
    return sorted(rows, key=lambda row: row.actual or row.planned or date.max)


def planned_dates(forum: Forum) -> list[TimelineRow]:
    """A date that nobody wrote down as come is taken from the public steps of the forum's documents."""
    came = _came(forum)
    return [
        TimelineRow(row.label, row.planned, row.actual or came.get(row.kind), row.kind)
        for row in forum.milestones.all()
    ]


def _came(forum: Forum) -> dict[str, date]:
    log = TransitionLog.objects.filter(process__in=documents_of(forum)).order_by()
    found = {row["name"]: row for row in log.values("name").annotate(first=Min("at"), last=Max("at"))}
    return {
        str(kind): timezone.localtime(found[name]["first" if which is Min else "last"]).date()
        for kind, (name, which) in CAME_BY.items()
        if name in found
    }


def working_time(forum: Forum) -> timedelta | None:
    """From the approval to the last planned date; None while either is unknown."""
    approved = forum.log.filter(name="approve").order_by("-ordinal").first()
    last = forum.milestones.exclude(planned=None).order_by("-planned").first()
    if approved is None or last is None or last.planned is None:
        return None
    return last.planned - timezone.localtime(approved.at).date()


def is_too_short(forum: Forum) -> bool:
    found = working_time(forum)
    return found is not None and found <= SHORT


def plan(forum: Forum, dates: Mapping[str, date | None]) -> None:
    """Keep the planned dates, by Milestone.Kind; None takes one away. What came stays."""
    for kind, planned in dates.items():
        rows = forum.milestones.filter(kind=kind)
        if planned is not None:
            forum.milestones.update_or_create(kind=kind, defaults={"planned": planned})
        elif not rows.filter(actual=None).delete()[0]:
            rows.update(planned=None)


def doubts(forum: Forum, today: date) -> list[str]:
    """What is doubtful about the planned dates, in sentences. They may stay as they are."""
    rows = [row for row in planned_dates(forum) if row.kind and row.planned]
    rows.sort(key=lambda row: Kind.values.index(row.kind))
    return list(_doubts(rows, forum, today))


def _doubts(rows: list[TimelineRow], forum: Forum, today: date) -> Iterator[str]:
    for before, after in pairwise(rows):
        if before.planned and after.planned and after.planned < before.planned:
            yield _("“%(later)s” is planned before “%(earlier)s”.") % {"later": after.what, "earlier": before.what}
    planned = {row.kind: row.planned for row in rows if row.planned}
    opens, closes = planned.get(Kind.COMMENT_OPENS), planned.get(Kind.COMMENT_CLOSES)
    least = settings.COMMENT_PERIOD_LEAST_DAYS
    if opens and closes and 0 <= (closes - opens).days < least:
        message = _("Length of the comment period in days: %(days)d; at least %(least)d are expected.")
        yield message % {"days": (closes - opens).days, "least": least}
    if (session := planned.get(Kind.SESSION)) and session.year != forum.year:
        yield _("The session is planned for another year than that of the meeting.")
    for row in rows:
        if row.planned and row.planned < today and row.actual is None:
            yield _("“%s” was planned for a day that has passed, and has not come.") % row.what
    if is_too_short(forum):
        yield _(
            "The time from approval to the last planned date is seven weeks or less. The forums of 2014 found that far "
            "too short."
        )
