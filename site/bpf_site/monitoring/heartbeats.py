"""Heartbeats: a process or a chore says that it worked, or that it failed, in one row under its name."""

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import DatabaseError, connection
from django.utils import timezone

from bpf_site.monitoring.models import Heartbeat

logger = logging.getLogger(__name__)

CLOCK, BACKUP, VERIFIED, CERTIFICATE = "clock", "backup", "verify_library", "certificate"
CHORE, WORKER = "chore ", "worker "
BEAT_S = 15.0
SILENT = timedelta(seconds=75)
"""A worker beats every quarter of a minute: whoever missed five is gone, or the machine stands still."""
GONE = timedelta(days=1)
"""A worker that ended is told of for so long; each start has a name of its own."""


@dataclass(frozen=True, slots=True)
class Beat:
    """error: class of the exception; "" where it worked."""

    name: str
    error: str = ""
    seconds: float = 0.0
    until: datetime | None = None


def note(beats: Iterable[Beat], at: datetime) -> None:
    """Write what worked and what failed, in two statements however many there are."""
    told = list(beats)
    worked = [
        Heartbeat(name=beat.name, worked_at=at, seconds=beat.seconds, until=beat.until)
        for beat in told
        if not beat.error
    ]
    _write(worked, ["worked_at", "failing_since", "error", "seconds", "until"])
    failed = [
        Heartbeat(name=beat.name, failed_at=at, failing_since=at, error=beat.error[:100], seconds=beat.seconds)
        for beat in told
        if beat.error
    ]
    since = dict(
        Heartbeat.objects.filter(name__in=[row.name for row in failed], failing_since__isnull=False).values_list(
            "name", "failing_since"
        )
        if failed
        else ()
    )
    for row in failed:
        row.failing_since = since.get(row.name, at)
    _write(failed, ["failed_at", "failing_since", "error", "seconds"])


def _write(rows: list[Heartbeat], fields: list[str]) -> None:
    Heartbeat.objects.bulk_create(rows, update_conflicts=True, unique_fields=["name"], update_fields=fields)


def worked(name: str, at: datetime, *, seconds: float = 0.0, until: datetime | None = None) -> None:
    note([Beat(name, seconds=seconds, until=until)], at)


def failed(name: str, at: datetime, error: Exception) -> None:
    note([Beat(name, type(error).__name__)], at)


@contextmanager
def told(name: str) -> Iterator[None]:
    """Around a run of what bears the name: that it worked and how long it took, or which exception ended it."""
    begun = monotonic()
    try:
        yield
    except Exception as error:
        failed(name, timezone.now(), error)
        raise
    worked(name, timezone.now(), seconds=monotonic() - begun)


def latest(name: str) -> Heartbeat | None:
    return Heartbeat.objects.filter(name=name).first()


def keep_beating(name: str, stop: threading.Event, *, every_s: float = BEAT_S) -> None:
    """Until stop is set, in a thread of its own. A database that is away or locked is tried again at the next beat."""
    _beat(name)
    while not stop.wait(every_s):
        _beat(name)


def _beat(name: str) -> None:
    try:
        worked(name, timezone.now())
    except DatabaseError as error:
        logger.warning("heartbeat of %s: %s", name, type(error).__name__)
    connection.close()


def left(name: str) -> None:
    """It ended as it was told to: nobody need miss it."""
    Heartbeat.objects.filter(name=name).delete()


def forget(now: datetime) -> int:
    """Workers that are long gone, those included that beat while the clock of a machine was far ahead."""
    workers = Heartbeat.objects.filter(name__startswith=WORKER)
    return workers.exclude(worked_at__range=(now - GONE, now + GONE)).delete()[0]


def living_workers(now: datetime) -> set[str]:
    """Identifiers of the workers that beat lately, as rows of tasks name them.

    A sign from the future is none: it was given before the clock of the machine was set right.
    """
    rows = Heartbeat.objects.filter(name__startswith=WORKER, worked_at__range=(now - SILENT, now + SILENT))
    return {name.removeprefix(WORKER) for name in rows.values_list("name", flat=True)}
