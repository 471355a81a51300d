"""Ten faults, each named by its check with what to do; and nothing named where nothing is wrong."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from whitenoise.storage import CompressedManifestStaticFilesStorage

from bpf_site.monitoring import certificate, health, health_checks, heartbeats
from bpf_site.monitoring.health_checks import CHECKS, Level
from bpf_site.monitoring.models import Heartbeat
from mail.models import Message
from pdf.printing.models import Printing
from search.indexing.tasks import land
from tests.factories import UserFactory
from tests.pdf.printing.test_edition_to_file import edition

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def looked() -> dict[str, health_checks.Result]:
    return {result.check.key: result for result in health_checks.look(NOW)}


def level_of(key: str) -> Level:
    return looked()[key].level


@pytest.fixture
def everything_works(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An instance whose processes gave their sign just now."""
    monkeypatch.setattr(health_checks, "library_is_loaded", lambda: True)
    monkeypatch.setattr(health_checks, "search_health", lambda: SimpleNamespace(problems=()))
    monkeypatch.setattr(health_checks, "search_warnings", lambda: ())
    monkeypatch.setattr(settings, "DATA", tmp_path, raising=False)
    for name in (heartbeats.CLOCK, heartbeats.BACKUP, heartbeats.VERIFIED, f"{heartbeats.WORKER}one"):
        heartbeats.worked(name, NOW)


def no_worker(monkeypatch: Any) -> None:
    heartbeats.left(f"{heartbeats.WORKER}one")


def silent_worker(monkeypatch: Any) -> None:
    heartbeats.worked(f"{heartbeats.WORKER}one", NOW - heartbeats.SILENT - timedelta(seconds=1))


def worker_of_a_wrong_clock(monkeypatch: Any) -> None:
    heartbeats.worked(f"{heartbeats.WORKER}one", NOW + timedelta(days=400))


def backup_of_a_wrong_clock(monkeypatch: Any) -> None:
    heartbeats.worked(heartbeats.BACKUP, NOW + timedelta(days=400))


def stopped_clock(monkeypatch: Any) -> None:
    heartbeats.worked(heartbeats.CLOCK, NOW - health_checks.CLOCK_SILENT - timedelta(seconds=1))


def clock_of_tomorrow(monkeypatch: Any) -> None:
    heartbeats.worked(heartbeats.CLOCK, NOW + timedelta(days=1))


def failing_chore(monkeypatch: Any) -> None:
    for ago in (3, 1):
        heartbeats.failed(f"{heartbeats.CHORE}send mail", NOW - timedelta(minutes=ago), OSError("secret words"))


def mail_given_up(monkeypatch: Any) -> None:
    Message.objects.create(key="k", occasion="x", user=UserFactory(), created_at=NOW, attempts=8, ready_at=None)


def full_disk(monkeypatch: Any) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda place: SimpleNamespace(free=health_checks.DISK_FULL - 1))


def short_disk(monkeypatch: Any) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda place: SimpleNamespace(free=health_checks.DISK_LOW - 1))


def read_only_disk(monkeypatch: Any) -> None:
    def refuse(**words: Any) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(health_checks.tempfile, "TemporaryFile", refuse)


def lost_print(monkeypatch: Any) -> None:
    Printing.objects.create(edition=edition(), stage="final", is_current=True, status="printed", file="aa/gone.pdf")


def no_backup(monkeypatch: Any) -> None:
    heartbeats.left(heartbeats.BACKUP)


def old_backup(monkeypatch: Any) -> None:
    heartbeats.worked(heartbeats.BACKUP, NOW - health_checks.BACKUP_LATE - timedelta(minutes=1))


def failed_backup(monkeypatch: Any) -> None:
    heartbeats.failed(heartbeats.BACKUP, NOW, OSError())


def faults_found(monkeypatch: Any) -> None:
    heartbeats.failed(heartbeats.VERIFIED, NOW, ValueError())


def certificate_ends(monkeypatch: Any) -> None:
    heartbeats.worked(heartbeats.CERTIFICATE, NOW, until=NOW + timedelta(days=20))


def certificate_ended(monkeypatch: Any) -> None:
    heartbeats.worked(heartbeats.CERTIFICATE, NOW, until=NOW - timedelta(days=1))


def certificate_unreadable(monkeypatch: Any) -> None:
    for minutes in (3, 0):
        heartbeats.failed(heartbeats.CERTIFICATE, NOW - timedelta(minutes=minutes), OSError())


def search_away(monkeypatch: Any) -> None:
    monkeypatch.setattr(health_checks, "search_health", lambda: SimpleNamespace(problems=("elasticsearch: no index",)))


def search_stood_in_for(monkeypatch: Any) -> None:
    monkeypatch.setattr(
        health_checks, "search_warnings", lambda: ("elasticsearch does not answer, another engine does",)
    )


def not_loaded(monkeypatch: Any) -> None:
    monkeypatch.setattr(health_checks, "library_is_loaded", lambda: False)


def pages_without_their_files(monkeypatch: Any) -> None:
    """As a restored place was, whose pages were all errors while every probe said ok."""
    monkeypatch.setattr(health, "staticfiles_storage", CompressedManifestStaticFilesStorage(location=settings.DATA))


def database_away(monkeypatch: Any) -> None:
    def raises() -> bool:
        raise DatabaseError

    monkeypatch.setattr(health_checks, "library_is_loaded", raises)


def migration_waits(monkeypatch: Any) -> None:
    monkeypatch.setattr(health_checks.MigrationExecutor, "migration_plan", lambda self, targets: [("x", False)])


def task_waits(monkeypatch: Any) -> None:
    then = NOW - health_checks.TASK_LATE - timedelta(seconds=1)
    DBTaskResult.objects.filter(pk=land.enqueue().id).update(run_after=then, enqueued_at=then)


FAULTS = [
    (pages_without_their_files, "pages", Level.FAILING),
    (not_loaded, "library", Level.FAILING), (database_away, "library", Level.FAILING),
    (migration_waits, "database", Level.FAILING), (search_away, "search", Level.FAILING),
    (search_stood_in_for, "search", Level.WARNING), (no_worker, "worker", Level.FAILING),
    (worker_of_a_wrong_clock, "worker", Level.FAILING), (backup_of_a_wrong_clock, "backup", Level.WARNING),
    (silent_worker, "worker", Level.FAILING), (task_waits, "tasks", Level.WARNING),
    (stopped_clock, "clock", Level.FAILING), (clock_of_tomorrow, "clock", Level.WARNING),
    (failing_chore, "chores", Level.FAILING), (mail_given_up, "mail", Level.WARNING),
    (lost_print, "prints", Level.FAILING), (full_disk, "disk", Level.FAILING), (short_disk, "disk", Level.WARNING),
    (read_only_disk, "disk", Level.FAILING), (no_backup, "backup", Level.WARNING),
    (old_backup, "backup", Level.WARNING), (failed_backup, "backup", Level.FAILING),
    (faults_found, "verified", Level.FAILING), (certificate_ends, "certificate", Level.WARNING),
    (certificate_ended, "certificate", Level.FAILING), (certificate_unreadable, "certificate", Level.WARNING),
]  # fmt: skip


def test_every_check__has_a_fault_here_and_a_heading_in_the_manual() -> None:
    assert {key for _inject, key, _level in FAULTS} == {check.key for check in CHECKS}
    manual = (Path(settings.ROOT) / "docs" / "operators" / "incidents.md").read_text()
    assert [check.key for check in CHECKS if f"## {check.key}\n" not in manual] == []


def test_an_instance_that_works__is_told_nothing(everything_works: None) -> None:
    assert {key: result.findings for key, result in looked().items() if result.findings} == {}


@pytest.mark.parametrize(("inject", "key", "level"), FAULTS, ids=[inject.__name__ for inject, _key, _level in FAULTS])
def test_a_fault__is_named_by_its_check_alone(everything_works, monkeypatch, inject, key, level) -> None:
    inject(monkeypatch)
    found = looked()
    assert found[key].level == level
    assert [other for other, result in found.items() if other != key and result.findings] == []
    assert not any("secret" in finding.said for finding in found[key].findings)
    assert str(found[key].check.mend)


def test_a_check_that_raises__fails_itself_and_keeps_no_other_from_being_asked(everything_works, monkeypatch) -> None:
    monkeypatch.setattr(health_checks, "mail_warnings", lambda now: 1 / 0)
    found = looked()
    assert found["mail"].level == Level.FAILING
    assert len(found) == len(CHECKS)


def test_what_failed_and_works_again__is_told_no_longer_and_keeps_since_when_it_failed() -> None:
    then = datetime(2099, 3, 1, tzinfo=UTC)
    name = f"{heartbeats.CHORE}send mail"
    for minutes in (0, 1):
        heartbeats.failed(name, then + timedelta(minutes=minutes), OSError())
    row = Heartbeat.objects.get()
    assert (row.failing_since, row.failed_at, row.error) == (then, then + timedelta(minutes=1), "OSError")
    heartbeats.worked(name, then + timedelta(minutes=2), seconds=0.5)
    row = heartbeats.Heartbeat.objects.get()
    assert (row.failing_since, row.worked_at, row.error) == (None, then + timedelta(minutes=2), "")
    assert row.failed_at == then + timedelta(minutes=1)


@pytest.fixture
def served_by_tls(settings: Any, monkeypatch: Any) -> list[tuple[str, int]]:
    """Whom the clock asked for a certificate. Nobody answers until `monkeypatch` says otherwise."""
    settings.WAGTAILADMIN_BASE_URL = "https://library.example.org"
    asked: list[tuple[str, int]] = []

    def nobody(host: str, port: int) -> datetime:
        asked.append((host, port))
        raise ConnectionRefusedError

    monkeypatch.setattr(certificate, "good_until", nobody)
    return asked


def test_a_first_tick_before_the_web_server_is_up__warns_of_no_certificate_and_asks_again(
    everything_works, served_by_tls, monkeypatch
) -> None:
    assert certificate.look(NOW) == 1
    assert looked()["certificate"].findings == ()
    assert certificate.look(NOW + certificate.AGAIN - timedelta(seconds=1)) == 0
    monkeypatch.setattr(certificate, "good_until", lambda host, port: NOW + timedelta(days=60))
    assert certificate.look(NOW + certificate.AGAIN) == 1
    assert heartbeats.latest(heartbeats.CERTIFICATE).failing_since is None
    assert certificate.look(NOW + timedelta(hours=12)) == 0  # once in twelve hours, from when it was read
    assert certificate.look(NOW + certificate.AGAIN + certificate.EVERY) == 1
    assert served_by_tls == [("library.example.org", 443)]


def test_a_clock_that_was_far_ahead_and_is_right_again__keeps_nobody_waiting(served_by_tls: Any) -> None:
    ahead = NOW + timedelta(days=400)
    heartbeats.worked(f"{heartbeats.WORKER}gone", ahead)
    heartbeats.worked(heartbeats.CERTIFICATE, ahead)
    heartbeats.worked(f"{heartbeats.WORKER}here", NOW)
    assert heartbeats.living_workers(NOW) == {"here"}
    assert heartbeats.forget(NOW) == 1
    assert certificate.look(NOW) == 1


def test_a_clock_that_has_failed_and_never_worked__has_never_ticked(everything_works: None) -> None:
    Heartbeat.objects.filter(name=heartbeats.CLOCK).update(worked_at=None, failed_at=NOW)
    (finding,) = looked()["clock"].findings
    assert finding.level == Level.FAILING
    assert "never ticked" in str(finding.said)
