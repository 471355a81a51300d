"""Which sessions of an account stand. One whose row is gone, idle or too old is nobody's (signing_in.sessions)."""

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import OperationalError, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.events.current_request import acting_person, acting_request
from accounts.events.services import record
from accounts.models import Event, OpenSession
from gate.middleware import is_locked

logger = logging.getLogger(__name__)

OPEN = "accounts.open_session"
"""Key of a session: the number of its row."""
SEEN_SECONDS = 300
"""How often a session in use is noted: no page of an editor waits for a write more often."""
PAUSE_SECONDS = 60
"""After a note that the database could not take, until the next one is tried."""

_no_notes_until = 0.0


def connect() -> None:
    user_logged_in.connect(_opened, dispatch_uid="accounts.session_opened")
    user_logged_out.connect(_closed, dispatch_uid="accounts.session_closed")


def _opened(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    OpenSession.objects.filter(pk=_number(request), user=user).delete()  # signed in once more in one browser
    row = OpenSession.objects.create(user=user)
    request.session[OPEN] = row.pk


def _closed(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if request is not None and user is not None:
        OpenSession.objects.filter(pk=_number(request), user=user).delete()


def remember(request: HttpRequest) -> None:
    """The person said that the browser is theirs: idleness ends the session later."""
    OpenSession.objects.filter(pk=_number(request)).update(is_remembered=True)


def standing(now: datetime) -> QuerySet[OpenSession]:
    """Those that have not ended, neither by idleness nor by age."""
    idle = Q(seen_at__gt=now - timedelta(hours=settings.SESSION_IDLE_HOURS))
    kept = Q(is_remembered=True, seen_at__gt=now - timedelta(hours=settings.SESSION_IDLE_HOURS_REMEMBERED))
    return OpenSession.objects.filter(idle | kept, opened_at__gt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE))


def stands(request: HttpRequest, user: Any) -> bool:
    """Whether the session of this request is still its person's. Remembers its row for note_use."""
    row = standing(timezone.now()).filter(pk=_number(request), user=user).first()
    request.open_session = row  # type: ignore[attr-defined]
    return row is not None


def note_use(request: HttpRequest) -> None:
    """After the answer was made. Where the database is locked, the answer does not fail over it."""
    global _no_notes_until
    row: OpenSession | None = getattr(request, "open_session", None)
    now = timezone.now()
    if row is None or (now - row.seen_at).total_seconds() < SEEN_SECONDS or time.monotonic() < _no_notes_until:
        return
    try:
        with transaction.atomic():
            OpenSession.objects.filter(pk=row.pk).update(seen_at=now)
    except OperationalError as error:
        if not is_locked(error):
            raise
        _no_notes_until = time.monotonic() + PAUSE_SECONDS
        logger.warning("the use of a session was not noted: the database is busy")


def of_person(user: Any) -> QuerySet[OpenSession]:
    return standing(timezone.now()).filter(user=user).order_by("-seen_at", "-pk")


@transaction.atomic
def end_others(user: Any) -> int:
    """End every session of a person but the one in which they ask for it, if it is they who ask. Answers how many."""
    request = acting_request()
    mine = _number(request) if request is not None and _is_own(request, user) else 0
    return _end(OpenSession.objects.filter(user=user).exclude(pk=mine), user)


@transaction.atomic
def end(user: Any, pk: int) -> int:
    return _end(OpenSession.objects.filter(user=user, pk=pk), user)


def _number(request: HttpRequest) -> int:
    """Of the row of a request's session; 0, which is none's, without one."""
    return int(request.session.get(OPEN, 0))


def _is_own(request: HttpRequest, user: Any) -> bool:
    person = acting_person(request)
    return person is not None and person.pk == user.pk


def _end(rows: QuerySet[OpenSession], user: Any) -> int:
    number = rows.delete()[0]
    if number:
        record(Event.Kind.SESSIONS_ENDED, user, data={"sessions": number})
    return number


def forget(now: datetime) -> int:
    """Rows of sessions that have ended by themselves."""
    return OpenSession.objects.exclude(pk__in=standing(now).values("pk")).delete()[0]
