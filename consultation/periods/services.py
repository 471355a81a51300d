"""Open, move and close periods. They follow the moves of the process; a date is moved with a public reason only."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from consultation.capabilities import Actor
from consultation.consent import CONSENT_VERSION
from consultation.followers.occasions import FOLLOWING, OPENED, REVISED
from consultation.periods.models import Period, PeriodChange, next_round
from editions.models import Edition
from mail.occasions import Occasion
from workflow.states import Role, State
from workflow.transitions.due_dates import set_due
from workflow.transitions.models import Process, TransitionLog

REVISING = frozenset({"present", "adopt", "correct"})
"""Moves that put a new edition before the public, besides the opening of comment, which has a notice of its own."""


class CannotMove(Exception):
    """A closing date that is not, or too soon, after the opening, already over, or without a reason: `code` says."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def follow_move(sender: Any, process: Process, row: TransitionLog, **kwargs: Any) -> None:
    """Receiver of workflow.signals.moved, inside the move's transaction."""
    if row.name == "open_comment":
        open_period(process, row)
    elif row.name == "close_comment":
        close_now(process, row)
    elif row.name in REVISING and row.edition is not None:
        edition = row.edition
        FOLLOWING.tell(REVISED, f"revised:{edition.pk}", edition.series, row.at, {"edition": edition.pk})
    elif row.name == "return_to_draft":
        process.periods.kept().filter(closes__gt=row.at).update(cancelled_at=row.at)  # type: ignore[attr-defined]


def open_period(process: Process, row: TransitionLog) -> Period:
    """A period on the edition just frozen, with the dates the facilitator gave."""
    data = row.data
    assert row.edition is not None  # noqa: S101  open_comment freezes one
    period = Period.objects.create(
        process=process,
        edition=row.edition,
        round=next_round(process),
        opens=datetime.fromisoformat(data["opens"]),
        soft_deadline=datetime.fromisoformat(data["soft_deadline"]) if data.get("soft_deadline") else None,
        closes=datetime.fromisoformat(data["closes"]),
        announcement=data.get("announcement", ""),
        consent_version=CONSENT_VERSION,
    )
    tell_followers(period, OPENED, row.at)
    return period


def close_now(process: Process, row: TransitionLog) -> None:
    """Comment was closed by a move. An open period ends now; the move's reason is the reason of the change."""
    for period in process.periods.open_at(row.at):  # type: ignore[attr-defined]
        _change(period, max(row.at, period.opens), Actor(row.by_name, row.role), row.at, row.reason)


@transaction.atomic
def move_deadline(
    period: Period, closes: datetime, actor: Actor, now: datetime, reason: str, user: Any = None
) -> Period:
    """Extend or shorten a period that is not over. Raises CannotMove."""
    period = Period.objects.select_for_update().get(pk=period.pk)
    if not reason.strip():
        raise CannotMove("no_reason")
    if closes <= period.opens or closes <= now:
        raise CannotMove("not_after")
    if period.closes <= now or period.cancelled_at:
        raise CannotMove("over")
    least = period.opens + timedelta(days=settings.COMMENT_PERIOD_LEAST_DAYS)
    if closes < min(least, period.closes) and actor.role != Role.SECRETARIAT:
        raise CannotMove("too_short")  # the guard of the step that opened it holds afterwards too
    _change(period, closes, actor, now, reason, user)
    return period


def _change(period: Period, closes: datetime, actor: Actor, now: datetime, reason: str, user: Any = None) -> None:
    if closes == period.closes:
        return
    PeriodChange.objects.create(
        period=period,
        at=now,
        by_name=actor.name,
        closed_before=period.closes,
        closes_now=closes,
        reason=reason,
    )
    period.closes = closes
    period.save(update_fields=["closes"])
    # The clock closes comment on the process's due date: it must be the period's.
    process = Process.objects.get(pk=period.process_id)
    if process.state == State.COMMENT:
        set_due(process, closes, user)


def tell_followers(period: Period, occasion: Occasion, now: datetime) -> int:
    """Once for each closing date. Returns how many were not noted before."""
    facts = {"edition": period.edition_id, "closes": period.closes.isoformat()}
    key = f"{occasion.name}:{period.pk}:{period.closes:%Y%m%d%H%M}"
    return FOLLOWING.tell(occasion, key, period.edition.series, now, facts)


def is_commentable(period: Period, moment: datetime) -> bool:
    """Whether the form takes a new comment: open, and the document is still in a state that shows the draft."""
    open_states = {State.COMMENT, State.WRAP_UP}
    return (
        period.opens <= moment < period.closes and period.cancelled_at is None and (period.process.state in open_states)
    )


def scope_of(period: Period) -> frozenset[str] | None:
    """Anchors a call is limited to: its sections with everything below them. None: the whole text."""
    if not period.sections:
        return None
    inside, trails = set(), []
    for passage in period.edition.passages.order_by("ordinal"):
        trail = [*passage.path, passage.text] if passage.number == 0 else []
        if passage.anchor in period.sections:
            trails.append(trail)
        if passage.anchor in period.sections or any(passage.path[: len(each)] == each for each in trails):
            inside.add(passage.anchor)
    return frozenset(inside)


def period_for(edition: Edition, now: Any) -> Period | None:
    """The period a new comment belongs to: the open one, else the one that closed last, else the next to open."""
    periods = list(Period.objects.filter(edition__series=edition.series).kept().with_edition())
    for period in periods:
        if is_commentable(period, now):
            return period
    over = [period for period in periods if period.closes <= now]
    if over:
        return max(over, key=lambda period: period.closes)
    return min(periods, key=lambda period: period.opens, default=None)
