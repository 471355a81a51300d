"""Restore a backup into an empty place: looked through first, then the files, then the database."""

import os
import pwd
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from bpf_site.operations.archive.layout import FILES, SEAL, BadArchive, check, kept_file, lines, sealed_manifest
from bpf_site.operations.archive.reading import put_file
from bpf_site.operations.backups import database
from bpf_site.operations.backups.layout import VERSION, BadBackup, in_pool, whole_backups
from bpf_site.operations.backups.writing import PLACES, names_in
from bpf_site.operations.copy_database import Say
from bpf_site.settings.environment import DATA
from consultation.privacy.replay import FOLDER as ERASURES


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
    _require_own_place()
    _require_no_strangers(backup)
    count = 0
    for place, name, _size, sha256 in backup.files():
        put_file(place, name, sha256, in_pool(backup.pool, sha256))
        count += 1
    say(f"files: {count}")
    database.restore(backup.path / backup.manifest["database"]["name"])
    say(f"database: as of {backup.manifest['at']}")


def _require_own_place() -> None:
    """The system administrator may write anywhere; the account that serves could not change what comes of it."""
    owner = DATA.stat().st_uid if DATA.exists() else os.geteuid()
    if os.geteuid() == 0 and owner != 0:
        name = _account(owner)
        raise BadBackup(
            f"{DATA} belongs to {name}, and this is root: the library, which runs as {name}, could not write what root "
            f"restores. Run the same command as {name}, such as by runuser -u {name} -- …"
        )


def _account(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _require_no_strangers(backup: Backup) -> None:
    """Files of another library would stay among those of this one. What an earlier try left is of this one."""
    ours = {(place, name) for place, name, _size, _sha256 in backup.files()}
    strange = [
        f"{place}/{name}" for place in PLACES for name in names_in(storages[place])
        if (place, name) not in ours and not (place == "private" and name.startswith(f"{ERASURES}/"))
    ]  # fmt: skip
    if strange:
        raise BadBackup(
            f"the place is not empty: it has {len(strange)} files that are not in the backup, such as {strange[0]}. "
            "Move them away, or name an empty BPF_DATA"
        )
