"""The scheduler: what happens at every tick. Each chore is idempotent, safe beside another tick, right when late."""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.events.services import forget as forget_events
from accounts.notices.services import forget as forget_addressees
from accounts.open_sessions.services import forget as forget_open_sessions
from accounts.password_reset.services import answer_waiting
from api.calendar.events import note_changes
from api.usage.services import collect as collect_uses
from bpf_pages.archives.services import build_missing
from bpf_pages.catalogues.tasks import go_on_with_left_behind
from bpf_pages.link_checks.services import check_some
from bpf_pages.models.standard import show_files_of_live_pages
from bpf_site.monitoring import abandoned_tasks, certificate, heartbeats
from bpf_site.stored_pages.write_watcher import fold
from consultation import chores as consultation_chores
from files.deletion import delete_left
from files.images.cleaning_job import clean_waiting
from gate.forms import form_tokens, kept_texts
from gate.rate_limits import forget
from mail.delivery import deliver
from pdf.printing.lost_files import print_lost
from pdf.printing.services import print_missing
from pdf.sealing.services import seal_missing
from search.services import EngineError, collect, drain, embed_waiting, mail_news, read_waiting
from workflow.clock import chores as clock

logger = logging.getLogger(__name__)

TICK_SECONDS = 30  # between two ticks of an instance that serves
SIGN_S = 30.0
TASKS_KEPT = timedelta(days=7)  # finished ones, for whoever asks why something was not printed


@dataclass(frozen=True, slots=True)
class Chore:
    """does: acts on the given moment and answers how many things it did."""

    name: str
    does: Callable[[datetime], int]


def forget_tasks(now: datetime) -> int:
    """Every saved page and every publication leaves some: they would outgrow the library."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS_KEPT).delete()[0]


def forget_sessions(now: datetime) -> int:
    """Every sign-in makes one, and one more where a second step waits."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]


CHORES = (
    Chore("act on workflow dates", clock.act),
    Chore("act on the dates of consultations", consultation_chores.act),
    Chore("clean images", lambda now: clean_waiting()),
    Chore("show the files of live pages", lambda now: show_files_of_live_pages()),
    Chore("read attached files", lambda now: read_waiting()),
    Chore("bring the index up to date", lambda now: drain()),
    Chore("count the questions asked", collect),
    Chore("count what was read", collect_uses),
    Chore("forget old tallies of rate limits", forget),
    Chore("forget ended sessions", forget_sessions),
    Chore("forget sessions that were idle or old", forget_open_sessions),
    Chore("forget old sign-ins", forget_events),
    Chore("forget former addresses", forget_addressees),
    Chore("answer requests for new passwords", answer_waiting),
    Chore("forget spent tokens of forms", form_tokens.forget_spent),
    Chore("forget texts kept while the database was busy", kept_texts.forget),
    Chore("note news for search alerts", mail_news),
    Chore("send mail", deliver),
    Chore("number the changes of the calendar", note_changes),
    Chore("print what is missing", lambda now: print_missing()),
    Chore("print again what is lost", lambda now: print_lost()),
    Chore("delete files whose rows are gone", delete_left),
    Chore("seal outcomes", seal_missing),
    Chore("build the archives of years", build_missing),
    Chore("check links that lead out", check_some),
    Chore("go on with catalogues whose worker is gone", go_on_with_left_behind),
    Chore("give back tasks whose worker is gone", abandoned_tasks.give_back),
    Chore("forget finished tasks", forget_tasks),
    Chore("add up what purges stored pages", fold),
    Chore("look at the certificate", certificate.look),
    Chore("forget workers that ended", heartbeats.forget),
    Chore("read what texts mean", lambda now: embed_waiting()),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """seconds: how long it took."""

    chore: Chore
    done: int
    error: Exception | None = None
    seconds: float = 0.0


def tick(now: datetime) -> list[Outcome]:
    """Do every chore once. One that fails is logged and keeps no other from running; the next tick tries it again.

    What worked and what failed is noted for /health/deep, as a moment of the machine: the chores act on the given one.
    """
    outcomes = list(_with_signs(_run(now)))
    beats = [
        heartbeats.Beat(
            f"{heartbeats.CHORE}{outcome.chore.name}",
            type(outcome.error).__name__ if outcome.error else "",
            outcome.seconds,
        )
        for outcome in outcomes
    ]
    total = sum(outcome.seconds for outcome in outcomes)
    try:
        heartbeats.note([*beats, heartbeats.Beat(heartbeats.CLOCK, seconds=total)], timezone.now())
    except DatabaseError:
        logger.exception("tick: its heartbeats could not be written")
    return outcomes


def _with_signs(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    """A tick that takes minutes, as the first one of a library that is to be printed, gives a sign between chores."""
    begun = monotonic()
    for outcome in outcomes:
        yield outcome
        if monotonic() - begun > SIGN_S:
            begun = monotonic()
            with suppress(DatabaseError):  # one of the chores has told it
                heartbeats.worked(heartbeats.CLOCK, timezone.now())


def _log(chore: Chore, error: Exception) -> None:
    """What is new with its traceback. What is away says so in a line of its own, and what fails still is one line."""
    kind = type(error).__name__
    if isinstance(error, EngineError):
        return
    try:
        before = heartbeats.latest(f"{heartbeats.CHORE}{chore.name}")
    except DatabaseError:
        before = None
    if before and before.failing_since and before.error == kind:
        facts = {"chore": chore.name, "error": kind, "since": before.failing_since.isoformat(timespec="seconds")}
        logger.error("tick: fails still", extra={"facts": facts})
    else:
        logger.error("tick: %s failed", chore.name, exc_info=error)


def _run(now: datetime) -> Iterator[Outcome]:
    for chore in CHORES:
        begun = monotonic()
        try:
            yield Outcome(chore, chore.does(now), None, monotonic() - begun)
        except Exception as error:
            _log(chore, error)
            yield Outcome(chore, 0, error, monotonic() - begun)
