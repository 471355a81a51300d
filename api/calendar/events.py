"""What the calendar shows: open calls and sessions as events, and what calendar programs were told of each.

A subscriber keeps what it was told until it is told otherwise: so each event keeps its UID, a change raises its
SEQUENCE, and what no longer takes place is cancelled, not left out.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from api.calendar.models import CalendarEvent
from consultation.periods.models import Period
from core.http.site_urls import absolute, repository_name
from editions.document.metadata import FICTITIOUS_YEAR
from workflow.sessions.services import public_sessions
from workflow.states import State

KEPT = timedelta(days=60)
"""How long an event stays in the calendar after its end: a change or cancellation reaches whoever looks monthly."""
CALL, SESSION = "call", "session"


@dataclass(frozen=True, slots=True)
class Happening:
    """What an event says now. Of a cancelled one the times alone are told, since its words may be withdrawn."""

    uid: str
    kind: str
    starts: datetime
    ends: datetime
    title: str = ""
    text: str = ""
    place: str = ""
    address: str = ""
    fictitious: bool = False
    cancelled: bool = False

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Event:
    """A happening with its number. changed_at: None while the change was not noted yet."""

    what: Happening
    sequence: int
    changed_at: datetime | None


def happenings(now: datetime) -> list[Happening]:
    """Everything that is in the calendar, from `KEPT` ago on."""
    since = now - KEPT
    return [*_calls(since), *_sessions(since)]


def _calls(since: datetime) -> Iterator[Happening]:
    for period in Period.objects.filter(closes__gt=since).with_edition().order_by("pk"):
        edition = period.edition
        made = Happening(f"{edition.identifier}-{period.round}@{repository_name()}", CALL, period.opens, period.closes)
        if period.cancelled_at or not edition.is_public or period.process.state == State.WITHDRAWN:
            yield replace(made, cancelled=True)
            continue
        yield replace(
            made,
            title=edition.title,
            text=period.announcement,
            address=absolute(edition.permanent_address),
            fictitious=edition.year == FICTITIOUS_YEAR,
        )


def _sessions(since: datetime) -> Iterator[Happening]:
    for session in public_sessions().filter(over__gt=since).order_by("pk"):
        yield Happening(
            f"session-{session.pk}@{repository_name()}",
            SESSION,
            session.starts,
            session.ends or session.starts,
            title=session.title,
            place=session.place,
            fictitious=session.invented,
            address=absolute(f"/sessions/{session.pk}/"),
        )


def events(now: datetime) -> list[Event]:
    """What the calendar says now, the earliest first. Right between two ticks too, and writes nothing.

    What was cancelled before anybody was told of it is left out.
    """
    rows = _rows(now)
    found: list[tuple[Happening, CalendarEvent | None]]
    found = [(happening, rows.pop(happening.uid, None)) for happening in happenings(now)]
    found += [(_gone(row), row) for row in rows.values()]
    told = [_event(happening, row) for happening, row in found if row or not happening.cancelled]
    return sorted(told, key=lambda event: (event.what.starts, event.what.uid))


def _rows(now: datetime) -> dict[str, CalendarEvent]:
    return {row.uid: row for row in CalendarEvent.objects.filter(ends__gt=now - KEPT)}


def _gone(row: CalendarEvent) -> Happening:
    """Of an event that was told and is in no table any more: a session that was deleted, say."""
    return Happening(row.uid, SESSION, row.starts, row.ends, cancelled=True)


def _event(happening: Happening, row: CalendarEvent | None) -> Event:
    if row is None:
        return Event(happening, 0, None)
    if row.digest == happening.digest:
        return Event(happening, row.sequence, row.changed_at)
    return Event(happening, row.sequence + 1, None)


def note_changes(now: datetime) -> int:
    """Keep the numbers of what is new or changed; answers how many. Called by `tick`, and safe beside another one."""
    return sum(_note(event, now) for event in events(now) if event.changed_at is None)


@transaction.atomic
def _note(event: Event, now: datetime) -> bool:
    what = event.what
    told = {"digest": what.digest, "starts": what.starts, "ends": what.ends, "cancelled": what.cancelled}
    told |= {"sequence": event.sequence, "changed_at": now}
    if event.sequence == 0:
        return CalendarEvent.objects.get_or_create(uid=what.uid, defaults=told)[1]
    # Whoever noted the same change meanwhile has raised the number: then there is nothing left to do.
    return bool(CalendarEvent.objects.filter(uid=what.uid, sequence=event.sequence - 1).update(**told))
