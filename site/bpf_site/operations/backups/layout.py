"""The form of a folder of backups: one folder a backup, and one pool of files that all of them share.

20991129T031500Z/       one backup, named by when it was begun (UTC)
  manifest.json         version, migrations, settings without secrets, database, how many files; missing ones
  manifest.sha256       of the manifest; a folder without it is no backup
  database.sqlite3      or database.dump (pg_dump, custom format)
  files.jsonl           place, name, size, time of change, hash of each file
files/ab/abcd…          each file once, under its hash: never changed, so that rsync copies what is new
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bpf_site.operations.archive.layout import SEAL, BadArchive

VERSION = 1
POOL, LOCK, PART = "files", ".lock", ".part"
STAMP = "%Y%m%dT%H%M%SZ"


class BadBackup(BadArchive):
    """It cannot be made or restored; the message names the file and the fault. Nothing was changed."""


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime(STAMP)


def in_pool(folder: Path, sha256: str) -> Path:
    """Raises BadBackup where it is no hash: the name of a file comes from a list that may be damaged."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise BadBackup(f"{sha256[:80]!r} is no hash of a file")
    return folder / POOL / sha256[:2] / sha256


def whole_backups(folder: Path) -> list[Path]:
    """Those that were finished, the oldest first."""
    return sorted(path.parent for path in folder.glob(f"*Z/{SEAL}"))


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Raises BadBackup where another process writes into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BadBackup(f"{folder}: another backup is being made") from error
        yield
