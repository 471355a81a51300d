"""Restore a backup into an empty place: looked through first, then the files, then the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from bpf_site.operations.archive.layout import FILES, SEAL, BadArchive, check, kept_file, lines, sealed_manifest
from bpf_site.operations.archive.reading import put_file
from bpf_site.operations.backups import database
from bpf_site.operations.backups.layout import VERSION, BadBackup, in_pool, whole_backups
from bpf_site.operations.copy_database import Say


@dataclass(frozen=True, slots=True)
class Backup:
    """pool: the folder of all backups."""

    pool: Path
    path: Path
    manifest: dict[str, Any]

    def files(self) -> Iterator[tuple[str, str, int, str]]:
        """(place, name, size, hash). Raises BadBackup where a name leads out of its storage."""
        for place, name, size, _changed, sha256 in lines(self.path / FILES):
            try:
                kept_file(self.path, place, name)
            except BadArchive as error:
                raise BadBackup(str(error)) from error
            yield place, name, size, sha256


def chosen(folder: Path, at: str = "") -> Backup:
    """folder: of all backups, or one of them. at: how the name of the wanted one begins; the newest where it is empty.

    Everything it names is read and compared with its hash. Raises BadBackup.
    """
    if (folder / SEAL).exists():
        pool, path = folder.parent, folder
    else:
        pool = folder
        fitting = [found for found in whole_backups(folder) if found.name.startswith(at)]
        if not fitting:
            raise BadBackup(f"{folder} holds no whole backup{f' that begins with {at}' if at else ''}")
        path = fitting[-1]
    try:
        backup = Backup(pool, path, sealed_manifest(path))
        _check(backup)
    except (BadArchive, ValueError, KeyError, TypeError) as error:
        raise error if isinstance(error, BadArchive) else BadBackup(f"{path}: is no backup of a library") from error
    return backup


def _check(backup: Backup) -> None:
    manifest = backup.manifest
    if manifest["version"] != VERSION:
        raise BadBackup(f"{backup.path.name}: version {manifest['version']} of the form is not known here")
    known = set(MigrationLoader(connection, ignore_no_migrations=True).disk_migrations)
    if strange := {tuple(row) for row in manifest["migrations"]} - known:
        app, name = min(strange)
        raise BadBackup(f"it was made by a newer version of the program, which has the migration {app}.{name}")
    told = manifest["database"]
    check(backup.path / Path(told["name"]).name, told["size"], told["sha256"])
    listed = manifest["files"]
    check(backup.path / FILES, listed["size"], listed["sha256"])
    for _place, _name, size, sha256 in backup.files():
        check(in_pool(backup.pool, sha256), size, sha256)


def restore(backup: Backup, say: Say) -> None:
    """Raises BadBackup or CannotMove; the database is as it was then. Broken off, it goes on when called again."""
    database.require_empty()
    count = 0
    for place, name, _size, sha256 in backup.files():
        put_file(place, name, sha256, in_pool(backup.pool, sha256))
        count += 1
    say(f"files: {count}")
    database.restore(backup.path / backup.manifest["database"]["name"])
    say(f"database: as of {backup.manifest['at']}")
