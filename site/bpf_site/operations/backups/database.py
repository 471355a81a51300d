"""The database of an instance as one file, and back: SQLite's own backup, or pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from bpf_site.operations.backups.layout import BadBackup

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
LONGEST_S = 6 * 3600


def dump(folder: Path) -> Path:
    """The library of one moment; whoever writes meanwhile does not wait. Raises BadBackup."""
    path = folder / _name()
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with _told_of(path), closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
            _sound(copy, path)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={path}")
    return path


def restore(path: Path) -> None:
    """Fill an empty database. Raises BadBackup where it holds tables, or the file is of another kind of database."""
    if path.name != _name():
        raise BadBackup(f"{path.name} is not of the kind of database that DATABASE_URL names ({connection.vendor})")
    if connection.vendor == "sqlite":
        target = Path(connection.settings_dict["NAME"])
        connection.close()
        beside = target.with_name(f"{target.name}.restored")
        shutil.copyfile(path, beside)
        for rest in ("-wal", "-shm"):
            target.with_name(target.name + rest).unlink(missing_ok=True)
        beside.replace(target)
        with _told_of(target), closing(sqlite3.connect(target)) as restored:
            _sound(restored, target)
    else:
        connection.close()
        _run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={_settings()['NAME']}",
             str(path))  # fmt: skip


def require_empty() -> None:
    """Raises BadBackup."""
    if tables := connection.introspection.table_names():
        raise BadBackup(f"the database of DATABASE_URL is not empty: it has {len(tables)} tables. Name an empty one")


def _name() -> str:
    return NAMES[connection.vendor]


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """A full or read-only disk, as SQLite says it: Django translates errors of its own connections only."""
    try:
        yield
    except sqlite3.Error as error:
        raise BadBackup(f"{path.name}: {error}") from error


def _sound(copy: sqlite3.Connection, path: Path) -> None:
    if (said := copy.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise BadBackup(f"{path.name}: SQLite finds it damaged: {said}")


def _settings() -> dict[str, Any]:
    return dict(connection.settings_dict)


def _run(program: str, *words: str) -> None:
    """The password goes through the environment, where no list of processes shows it."""
    found = _settings()
    options = found.get("OPTIONS") or {}
    names = {"PGHOST": found["HOST"], "PGPORT": found["PORT"], "PGUSER": found["USER"], "PGPASSWORD": found["PASSWORD"],
             "PGDATABASE": found["NAME"], "PGSSLMODE": options.get("sslmode"),
             "PGSSLROOTCERT": options.get("sslrootcert")}  # fmt: skip
    told = {name: str(value) for name, value in names.items() if value}
    try:
        subprocess.run(  # noqa: S603  (our own words)
            [program, *words], env=os.environ | told, check=True, capture_output=True, text=True, timeout=LONGEST_S
        )
    except FileNotFoundError as error:
        raise BadBackup(f"{program} is not on this machine: install the client of PostgreSQL") from error
    except subprocess.TimeoutExpired as error:
        raise BadBackup(f"{program} did not end within {LONGEST_S // 3600} hours") from error
    except subprocess.CalledProcessError as error:
        raise BadBackup(f"{program}: {error.stderr.strip()[-500:]}") from error
