"""Restore drill: a backup taken while the library serves makes the same library in an empty place."""

import json
import os
import shutil
import types
from datetime import timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from bpf_site.management.commands import import_library, restore
from bpf_site.monitoring import heartbeats
from bpf_site.operations.archive.layout import FILES, MANIFEST, SEAL, lines
from bpf_site.operations.backups import database, restoring, writing
from bpf_site.operations.backups.layout import BadBackup, alone, in_pool, whole_backups
from bpf_site.operations.backups.restoring import chosen
from bpf_site.operations.backups.writing import back_up
from consultation.privacy.replay import remember
from tests.site.operations.conftest import Manage, shell
from tests.site.operations.test_library_archive import LOOK, library

__all__ = ["library"]  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)


def quiet(text: str) -> None:
    pass


@pytest.fixture
def backups(library: Any, tmp_path: Path) -> Path:
    """Whoever other tests erased in the folder of files that they share is not in it."""
    shutil.rmtree(erasures(), ignore_errors=True)
    folder = tmp_path / "backups"
    call_command("backup", folder, verbosity=0)
    return folder


def erasures() -> Path:
    return Path(settings.PRIVATE_ROOT) / "erasures"


@pytest.fixture(scope="module")
def shared() -> dict[str, Path]:
    """A backup of whichever test made the first one."""
    return {}


@pytest.fixture
def copied(shared: dict[str, Path], request: pytest.FixtureRequest, tmp_path_factory: Any, tmp_path: Path) -> Path:
    """A folder of backups to be spoilt: made once, copied for each test."""
    if not shared:
        request.getfixturevalue("library")
        shared["made"] = tmp_path_factory.mktemp("shared") / "backups"
        back_up(shared["made"], timezone.now(), quiet)
    return shutil.copytree(shared["made"], tmp_path / "copied")


def test_drill__equal_answers_hashes_and_files_and_who_was_erased_since_is_erased(
    library: Any, backups: Path, manage: Manage, target: str, tmp_path: Path
) -> None:
    assert heartbeats.Heartbeat.objects.get(name=heartbeats.BACKUP).worked_at
    remember("eve@example.org", timezone.now(), with_text=True, with_account=False)
    shutil.copytree(erasures(), tmp_path / "private" / "erasures")
    url = target or f"sqlite:///{tmp_path / 'restored.sqlite3'}"
    came = manage(url, "restore", str(backups))
    assert came.returncode == 0, came.stderr
    assert came.stdout.count(": sound") == 7
    assert "erased again: 1 people" in came.stdout
    addresses = [library.address, f"{library.address}comments/", f"{library.address}attachments/1/", "/former-address/"]
    found = shell(manage, url, LOOK % addresses)
    assert [line.split()[1] for line in found.splitlines()[:4]] == ["200", "200", "200", "301"]
    assert "Ada's remark." in found
    assert "Eve's remark." not in found
    again = manage(url, "restore", str(backups))
    assert again.returncode == 1
    assert "is not empty" in again.stderr


@pytest.mark.parametrize("command", [restore, import_library])
def test_place_that_was_filled__has_the_files_by_which_a_public_site_draws_its_pages(
    command: Any, monkeypatch: Any, tmp_path: Path, settings: Any
) -> None:
    """Every page of it was an error of the server until somebody thought of collecting them."""
    settings.STATIC_ROOT = tmp_path / "static"
    backend = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": backend}
    # Only ours: to compress those of Wagtail takes ten seconds of processor.
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    backup = SimpleNamespace(path=tmp_path, manifest={"missing_files": []})
    done: list[str] = []
    monkeypatch.setattr(restore, "chosen", lambda folder, at: backup)
    monkeypatch.setattr(restore, "restore", lambda backup, say: None)
    monkeypatch.setattr(import_library, "take_in", lambda folder, say: 0)
    monkeypatch.setattr(command, "call_command", lambda name, **words: done.append(name))
    command.Command(stdout=StringIO()).handle(folder=tmp_path, at="")
    assert (settings.STATIC_ROOT / "staticfiles.json").exists()
    assert "verify_library" in done


def test_second_backup__copies_what_is_new_and_keeps_each_file_once(backups: Path, library: Any) -> None:
    said: list[str] = []
    store = writing.storages["private"]
    store.save("kept/new.txt", ContentFile(b"new words"))
    second = back_up(backups, timezone.now() + timedelta(seconds=2), said.append)
    assert any(line.endswith("of which 1 are new") for line in said), said
    assert {(row[1]) for row in lines(second / FILES)} >= {"kept/new.txt"}
    assert in_pool(backups, next(row[4] for row in lines(second / FILES) if row[1] == "kept/new.txt")).read_bytes() == (
        b"new words"
    )
    assert chosen(backups).path == second
    assert chosen(backups, at=whole_backups(backups)[0].name).path != second


def test_retention__takes_the_oldest_and_the_files_that_no_other_names(backups: Path) -> None:
    store, now = writing.storages["private"], timezone.now()
    name = store.save("kept/passing.txt", ContentFile(b"only in the second"))
    second = back_up(backups, now + timedelta(seconds=2), quiet)
    passing = in_pool(backups, next(row[4] for row in lines(second / FILES) if row[1] == name))
    store.delete(name)
    back_up(backups, now + timedelta(seconds=4), quiet, kept=2)
    assert passing.exists()
    last = back_up(backups, now + timedelta(seconds=6), quiet, kept=1)
    assert whole_backups(backups) == [last]
    assert not passing.exists()
    assert chosen(backups).path == last  # all of its files are there


def test_backup__holds_no_secret_of_the_settings(monkeypatch: Any, library: Any, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://bpf:the-password@db/bpf")
    monkeypatch.setenv("SECRET_KEY", "the-secret-key")
    monkeypatch.setenv("METRICS_TOKEN", "the-token")
    made = back_up(tmp_path / "backups", timezone.now(), quiet)
    told = (made / MANIFEST).read_text()
    assert json.loads(told)["settings"]["DATABASE_URL"] == "postgres://bpf:…@db/bpf"
    assert not any(secret in told for secret in ("the-password", "the-secret-key", "the-token"))
    assert oct((tmp_path / "backups").stat().st_mode & 0o077) == "0o0"


def _cut(backup: Path) -> None:
    (backup / SEAL).unlink()


def _changed_list(backup: Path) -> None:
    (backup / FILES).write_bytes((backup / FILES).read_bytes().replace(b"private", b"default", 1) + b" ")


def _lost_file(backup: Path) -> None:
    row = next(iter(lines(backup / FILES)))
    in_pool(backup.parent, row[4]).unlink()


def _damaged_file(backup: Path) -> None:
    row = next(iter(lines(backup / FILES)))
    in_pool(backup.parent, row[4]).write_bytes(b"other words")


def _damaged_database(backup: Path) -> None:
    path = next(backup.glob("database.*"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _changed_manifest(backup: Path) -> None:
    (backup / MANIFEST).write_text((backup / MANIFEST).read_text().replace("bpf_site", "bpf_sitf"))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_cut, "no whole backup"), (_changed_list, "files.jsonl"), (_lost_file, "No such file"),
        (_damaged_file, "damaged"), (_damaged_database, "damaged"), (_changed_manifest, "damaged"),
    ],
)  # fmt: skip
def test_a_spoilt_backup__is_refused_before_anything_changes(copied: Path, spoil: Any, said: str) -> None:
    spoil(whole_backups(copied)[-1])
    with pytest.raises(Exception, match=said) as caught:
        chosen(copied)
    assert "Bad" in type(caught.value).__name__


def test_backup_cut_short__leaves_none_and_the_next_one_goes_on(monkeypatch: Any, library: Any, tmp_path: Path) -> None:
    folder = tmp_path / "backups"

    def full(*words: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(writing, "copy_into", full)
        with pytest.raises(CommandError, match=r"No space left.*There is no new backup"):
            call_command("backup", folder, verbosity=0)
    assert whole_backups(folder) == []
    assert heartbeats.Heartbeat.objects.get(name=heartbeats.BACKUP).error == "OSError"
    back_up(folder, timezone.now(), quiet)
    assert not list(folder.glob("*.part"))
    assert chosen(folder)


def test_backup_to_a_place_that_takes_no_database__says_so_in_one_sentence(monkeypatch, library, tmp_path) -> None:
    """SQLite's own words for a disk that is full or read-only are not errors that Django knows."""
    monkeypatch.setattr(database, "_name", lambda: "away/database.sqlite3")
    with pytest.raises(CommandError, match=r"database\.sqlite3.*There is no new backup; older ones are as they were"):
        call_command("backup", tmp_path / "backups", verbosity=0)
    assert heartbeats.latest(heartbeats.BACKUP).failing_since


@pytest.mark.parametrize("command", ["backup", "export_library"])
def test_copy_inside_the_library_itself__is_refused_with_the_reason_and_a_better_place(command: str) -> None:
    place = Path(settings.PRIVATE_ROOT)
    with pytest.raises(CommandError, match=rf"inside {place}.* destroy its copy.* outside of it.*{place}-backups"):
        call_command(command, place / "below" / ".." / "copy", verbosity=0)
    assert not (place / "copy").exists()


def _not_its_owner(monkeypatch: Any) -> None:
    away = types.SimpleNamespace(st_uid=65534)
    data = types.SimpleNamespace(exists=lambda: True, stat=lambda: away)
    monkeypatch.setattr(restoring, "DATA", data)
    monkeypatch.setattr(os, "geteuid", lambda: 0)


def _with_files_of_another_library(monkeypatch: Any) -> None:
    monkeypatch.setattr(restoring, "names_in", lambda store: ["erasures/kept.json", "strange/plan.pdf"])


def _read_only(monkeypatch: Any) -> None:
    def read_only(*words: Any) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(restoring, "put_file", read_only)


@pytest.mark.parametrize(
    ("hinder", "said"),
    [
        (_not_its_owner, r"belongs to nobody, and this is root.*runuser -u nobody"),
        (_with_files_of_another_library, r"files that are not in the backup, such as default/erasures/kept\.json"),
        (_read_only, r"Read-only file system.*The database was not touched"),
    ],
)  # fmt: skip
def test_restore_into_a_place_that_does_not_fit__is_refused_before_the_database_is_touched(
    monkeypatch: Any, copied: Path, hinder: Any, said: str
) -> None:
    def touched(*words: Any) -> None:
        raise AssertionError("the database was touched")

    monkeypatch.setattr(database, "require_empty", lambda: None)
    monkeypatch.setattr(database, "restore", touched)
    hinder(monkeypatch)
    with pytest.raises(CommandError, match=said):
        call_command("restore", copied, verbosity=0)


def test_two_at_once__the_second_is_refused(tmp_path: Path) -> None:
    with alone(tmp_path / "backups"), pytest.raises(BadBackup, match="another backup"):
        back_up(tmp_path / "backups", timezone.now(), quiet)


def test_file_that_goes_while_it_is_copied__is_named_and_stops_nothing(monkeypatch, library, tmp_path) -> None:
    monkeypatch.setattr(writing, "names_in", lambda store, *rest: ["went/away.txt"])
    made = back_up(tmp_path / "backups", timezone.now(), quiet)
    assert json.loads((made / MANIFEST).read_text())["missing_files"] == [
        "default/went/away.txt",
        "private/went/away.txt",
    ]


@pytest.mark.skipif(os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="a file of SQLite")
def test_writers__do_not_wait_for_a_backup_and_it_holds_one_moment(library: Any, tmp_path: Path) -> None:
    made = back_up(tmp_path / "backups", timezone.now(), quiet)
    assert connection.vendor == "sqlite"
    assert (made / "database.sqlite3").read_bytes()[:15] == b"SQLite format 3"
    assert not list(made.glob("*-wal"))
