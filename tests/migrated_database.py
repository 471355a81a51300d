"""One migrated database for all workers and runs of the same code: test databases begin as copies of it.

Migrating from nothing costs every worker some fifteen seconds. The first one that needs a database does it, by
`manage.py migrate`; Django then migrates the copy once more, which finds nothing to apply, and serialises it as ever.
Code is told apart by the migrations and by what of ours they import, in however many steps.
"""

import ast
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.db import connections

ROOT = Path(__file__).resolve().parents[1]
ROOMS = (
    "core",
    "gate",
    "mail",
    "files",
    "accounts",
    "editions",
    "workflow",
    "consultation",
    "search",
    "pdf",
    "api",
    "bpf_pages",
    "site",
)
KEPT = 3
"""So many files of former code stay: who goes back and forth between two branches migrates each once."""


def begin_from_copy() -> None:
    """Let the test database of this process begin as a copy of the migrated one."""
    connection = connections["default"]
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_template()
    else:
        shutil.copyfile(migrated_file(), connection.settings_dict["TEST"]["NAME"])


def migrated_file() -> Path:
    """A SQLite file on which all migrations have run. To be copied, never opened."""
    with _alone("sqlite") as folder:
        path = folder / f"{_code()}.sqlite3"
        if not path.exists():
            new = path.with_suffix(".new")
            new.unlink(missing_ok=True)
            _migrate(f"sqlite:///{new}")
            new.rename(path)
            for former in sorted(folder.glob("*.sqlite3"), key=lambda kept: kept.stat().st_mtime)[:-KEPT]:
                former.unlink()
        return path


@cache
def migrated_template() -> str:
    """Name of a database on the server of the suite on which all migrations have run; nobody stays connected."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    from tests.load.server import database_url

    name, new = f"migrated_{_code()}", f"migrated_{_code()}_new"
    at, _slash, _database = database_url().rpartition("/")
    with _alone("postgresql"), psycopg.connect(f"{at}/postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(new)))
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(new)))
            _migrate(f"{at}/{new}")
            connection.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(new), Identifier(name)))
    return name


def become_migrated(url: str) -> None:
    """Make the database at a URL a copy of the migrated one; what stood there goes."""
    at, _slash, name = url.rpartition("/")
    if url.startswith("sqlite:"):
        shutil.copyfile(migrated_file(), url.removeprefix("sqlite:///"))
        return
    import psycopg
    from psycopg.sql import SQL, Identifier

    with psycopg.connect(f"{at}/postgres", autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
        connection.execute(
            SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(migrated_template()))
        )


def _migrate(url: str) -> None:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bpf_site.settings.test"}
    environment.pop("TEST_DATA", None)
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


@contextmanager
def _alone(kind: str) -> Iterator[Path]:
    """The folder of the files, while no other process of this person is at a database of this kind."""
    folder = Path(tempfile.gettempdir()) / f"bpf-migrated-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


@cache
def _code() -> str:
    told = hashlib.sha256(" ".join([sys.version, version("django"), version("wagtail")]).encode())
    for path in sorted(_read_by_migrations()):
        told.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:16]


def _read_by_migrations() -> set[Path]:
    """Every migration of ours, and what of ours it imports, and what that imports."""
    waiting = [path for room in ROOMS for path in (ROOT / room).rglob("migrations/*.py")]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += filter(None, map(_file_of, _imported_by(path)))
    return found


def _imported_by(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _file_of(module: str) -> Path | None:
    """None where it is not ours, or the name of something in a module."""
    at = ROOT.joinpath("site" if module.startswith("bpf_site") else "", *module.split("."))
    return next((path for path in (at.with_suffix(".py"), at / "__init__.py") if path.is_file()), None)
