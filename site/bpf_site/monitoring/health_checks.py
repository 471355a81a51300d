"""Health checks: what is looked at, how bad it is, and what to do. Declared once, for probes, metrics and the admin.

Each check is told in docs/operators/incidents.md under a heading with its key (a test holds that), and is a label of
the metric `bpf_check`. A check reads rows and the file system only: nothing here asks another machine.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks_db.models import DBTaskResult

from bpf_pages.sample.completeness import library_is_loaded
from bpf_site.monitoring import certificate
from bpf_site.monitoring.health import static_files_are_known
from bpf_site.monitoring.heartbeats import BACKUP, CERTIFICATE, CHORE, CLOCK, VERIFIED, latest, living_workers
from bpf_site.monitoring.models import Heartbeat
from core.datetimes import in_utc
from mail.health import warnings as mail_warnings
from pdf.printing.lost_files import lost_files
from pdf.printing.models import Seal, Status, given_up_editions
from search.services import health as search_health
from search.services import warnings as search_warnings


class Level(IntEnum):
    """OK: works. WARNING: somebody should look, pages answer. FAILING: something that people count on does not work."""

    OK = 0
    WARNING = 1
    FAILING = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """said: a sentence without a secret, an address or a person's name. in_english: in words that programs are told."""

    level: Level
    said: str
    in_english: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """look: yields nothing where all is well. mend: what to do, for whoever is asked at night."""

    key: str
    name: str | Promise
    look: Callable[[datetime], Iterator[Finding]]
    mend: str | Promise


@dataclass(frozen=True, slots=True)
class Result:
    check: Check
    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level:
        return max((finding.level for finding in self.findings), default=Level.OK)


CLOCK_SILENT = timedelta(seconds=110)
"""The clock of `make run` ticks every half minute, cron every minute."""
TASK_LATE = timedelta(minutes=10)
TASK_LONG = timedelta(minutes=30)
CHORE_FAILS = timedelta(seconds=50)
"""What begins to fail at a tick of cron is told within two minutes; what the next tick mends is mostly not told."""
BACKUP_LATE = timedelta(hours=50)
"""Two nights, and an hour or two for the second backup to be made."""
VERIFY_LATE = timedelta(days=9)
KEPT_S = 5
"""How long what was found is kept for those that ask in a loop."""
DISK_LOW, DISK_FULL = 2 * 1024**3, 300 * 1024**2
"""Bytes. Below the second an index can no longer be rebuilt beside the old one."""


def _database(now: datetime) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    executor = MigrationExecutor(connection)
    if waiting := len(executor.migration_plan(executor.loader.graph.leaf_nodes())):
        said = ngettext("%d migration has not been applied", "%d migrations have not been applied", waiting)
        yield Finding(Level.FAILING, said % waiting)


def _library(now: datetime) -> Iterator[Finding]:
    if not library_is_loaded():
        yield Finding(Level.FAILING, _("the library is not loaded"))


def _pages(now: datetime) -> Iterator[Finding]:
    if not static_files_are_known():
        yield Finding(Level.FAILING, _("the files that pages are drawn with are not collected: every page is an error"))


def _search(now: datetime) -> Iterator[Finding]:
    for problem in search_health().problems:
        yield Finding(Level.FAILING, problem, in_english=True)
    for warning in search_warnings():
        yield Finding(Level.WARNING, warning, in_english=True)


def _worker(now: datetime) -> Iterator[Finding]:
    if not living_workers(now):
        yield Finding(Level.FAILING, _("no worker gives a sign: nothing is printed, mailed or indexed"))


def _tasks(now: datetime) -> Iterator[Finding]:
    late = DBTaskResult.objects.ready().filter(run_after__lt=now - TASK_LATE, enqueued_at__lt=now - TASK_LATE).count()
    if late:
        said = ngettext(
            "%d task has waited for more than ten minutes", "%d tasks have waited for more than ten minutes", late
        )
        yield Finding(Level.WARNING, said % late)
    if long := DBTaskResult.objects.running().filter(started_at__lt=now - TASK_LONG).count():
        said = ngettext("%d task runs for more than half an hour", "%d tasks run for more than half an hour", long)
        yield Finding(Level.WARNING, said % long)


def _clock(now: datetime) -> Iterator[Finding]:
    beat = latest(CLOCK)
    if beat is None or beat.worked_at is None:
        yield Finding(Level.FAILING, _("the clock has never ticked: no period closes, nothing is repeated"))
    elif now - beat.worked_at > CLOCK_SILENT:
        yield Finding(Level.FAILING, _("the clock has not ticked since %s") % _moment(beat.worked_at))
    elif beat.worked_at - now > CLOCK_SILENT:
        yield Finding(Level.WARNING, _("the clock has ticked in the future: the time of a machine is wrong"))


def _chores(now: datetime) -> Iterator[Finding]:
    for beat in Heartbeat.objects.filter(name__startswith=CHORE, failing_since__lt=now - CHORE_FAILS):
        facts = {"chore": beat.name.removeprefix(CHORE), "since": _moment(beat.failing_since), "error": beat.error}
        yield Finding(Level.FAILING, _("“%(chore)s” has failed since %(since)s (%(error)s)") % facts)


def _mail(now: datetime) -> Iterator[Finding]:
    for warning in mail_warnings(now):
        yield Finding(Level.WARNING, warning, in_english=True)


def _prints(now: datetime) -> Iterator[Finding]:
    if lost := len(lost_files()):
        said = ngettext("%d printed file is missing", "%d printed files are missing", lost)
        yield Finding(Level.FAILING, said % lost)
    if given_up := given_up_editions().count():
        said = ngettext("%d edition could not be printed", "%d editions could not be printed", given_up)
        yield Finding(Level.WARNING, said % given_up)
    if unsealed := Seal.objects.filter(status=Status.FAILED).count():
        said = ngettext("%d outcome could not be sealed", "%d outcomes could not be sealed", unsealed)
        yield Finding(Level.WARNING, said % unsealed)


def _disk(now: datetime) -> Iterator[Finding]:
    for place in (settings.DATA, *_folders()):
        try:
            free = shutil.disk_usage(place).free
            with tempfile.TemporaryFile(dir=place):
                pass
        except OSError as error:
            facts = {"place": Path(place).name, "error": os.strerror(error.errno or 0)}
            yield Finding(Level.FAILING, _("the folder %(place)s cannot be written to: %(error)s") % facts)
            continue
        if free < DISK_LOW:
            level = Level.FAILING if free < DISK_FULL else Level.WARNING
            yield Finding(level, _("%d MB are left on the disk") % (free // 1024**2))
            return


def _folders() -> list[Path]:
    """Where files are kept, unless they are in a bucket. One that was never written to is made when it is."""
    return [path for path in (Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT)) if path.is_dir()]


def _backup(now: datetime) -> Iterator[Finding]:
    beat = latest(BACKUP)
    if beat is not None and beat.failing_since:
        yield Finding(Level.FAILING, _("the last backup failed (%s)") % beat.error)
    if beat is None or beat.worked_at is None:
        yield Finding(Level.WARNING, _("no backup was ever made"))
    elif abs(now - beat.worked_at) > BACKUP_LATE:  # one of the future: the clock was wrong, nobody knows when
        yield Finding(Level.WARNING, _("the last backup was made at %s") % _moment(beat.worked_at))


def _verified(now: datetime) -> Iterator[Finding]:
    beat = latest(VERIFIED)
    if beat is not None and beat.failing_since:
        yield Finding(Level.FAILING, _("the library was last verified with faults, at %s") % _moment(beat.failed_at))
    elif beat is not None and beat.worked_at and abs(now - beat.worked_at) > VERIFY_LATE:
        yield Finding(Level.WARNING, _("the library was last verified at %s") % _moment(beat.worked_at))


def _certificate(now: datetime) -> Iterator[Finding]:
    beat = latest(CERTIFICATE)
    if beat is None:
        return
    if beat.failing_since and now - beat.failing_since > certificate.FAILS:
        yield Finding(Level.WARNING, _("the certificate could not be read (%s)") % beat.error)
    if beat.until and beat.until - now < certificate.ENDS_SOON:
        level = Level.FAILING if beat.until - now < certificate.ENDS_NOW else Level.WARNING
        yield Finding(level, _("the certificate ends at %s") % _moment(beat.until))


def _moment(at: datetime | None) -> str:
    return in_utc(at) if at else ""


CHECKS = (
    Check("database", gettext_lazy("Database"), _database,
          gettext_lazy("Start the database. Where migrations wait: run manage.py migrate.")),
    Check("library", gettext_lazy("Library"), _library,
          gettext_lazy("Run manage.py load_library, which goes on where it stopped, or restore a backup.")),
    Check("pages", gettext_lazy("Files of the pages"), _pages,
          gettext_lazy("Run manage.py prepare, which collects them, and reload the web server.")),
    Check("search", gettext_lazy("Search"), _search,
          gettext_lazy("What waits is written at the next tick. A damaged or old index: run manage.py rebuild_index.")),
    Check("worker", gettext_lazy("Background worker"), _worker,
          gettext_lazy("Start manage.py work, or its service.")),
    Check("tasks", gettext_lazy("Background tasks"), _tasks,
          gettext_lazy("Look at the log of the worker; start a second worker where there is much to do.")),
    Check("clock", gettext_lazy("Clock"), _clock,
          gettext_lazy("Run manage.py tick every minute: start its service or timer.")),
    Check("chores", gettext_lazy("Chores of the clock"), _chores,
          gettext_lazy("Run manage.py tick by hand and read what it says; each chore is tried again at every tick.")),
    Check("mail", gettext_lazy("Mail"), _mail,
          gettext_lazy("Look at EMAIL_URL and the mail server. What was given up can be sent again.")),
    Check("prints", gettext_lazy("Printed files"), _prints,
          gettext_lazy("Run manage.py verify_library --mend, which prints again what is lost.")),
    Check("disk", gettext_lazy("Disk"), _disk,
          gettext_lazy("Free space or make the volume larger; look whether it is mounted read-only.")),
    Check("backup", gettext_lazy("Backup"), _backup,
          gettext_lazy("Run manage.py backup FOLDER every night, to another disk or machine.")),
    Check("verified", gettext_lazy("Hashes and log"), _verified,
          gettext_lazy("Run manage.py verify_library, which names each fault; restore what it names.")),
    Check("certificate", gettext_lazy("Certificate"), _certificate,
          gettext_lazy("Renew the certificate of the web server and reload it.")),
)  # fmt: skip


def look(now: datetime) -> list[Result]:
    """Every check once. One that raises is failing itself and keeps no other from being asked."""
    return [Result(check, _asked(check, now)) for check in CHECKS]


def _asked(check: Check, now: datetime) -> tuple[Finding, ...]:
    try:
        return tuple(check.look(now))
    except DatabaseError:
        return (Finding(Level.FAILING, _("the database does not answer")),)
    except Exception as error:  # whatever it is must be told, and the other checks asked
        return (Finding(Level.FAILING, _("could not be looked at (%s)") % type(error).__name__),)


def levels_lately(now: datetime) -> dict[str, int]:
    """Key of each check -> its level, as found within the last seconds: scrapers ask often, checks ask the disk."""
    kept: dict[str, int] | None = cache.get("health:levels")
    if kept is None:
        kept = {result.check.key: int(result.level) for result in look(now)}
        cache.set("health:levels", kept, KEPT_S)
    return kept


def worst(results: list[Result]) -> Level:
    return max((result.level for result in results), default=Level.OK)
