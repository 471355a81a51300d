"""Make a backup: the database first, then the files, since a file that a row names is written before the row."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.files.storage import Storage, storages

from bpf_site.operations.archive.layout import FILES, Sealed, as_line, copy_into, lines, require_outside, seal
from bpf_site.operations.backups import database
from bpf_site.operations.backups.layout import PART, POOL, VERSION, BadBackup, alone, in_pool, stamp, whole_backups
from bpf_site.operations.copy_database import TARGET, Say, applied_migrations
from files.by_hash import digest_of

PLACES = ("default", "private")
KEPT = 14
DEEPEST = 30  # folders
_SECRET = re.compile(r"KEY|PASSWORD|SECRET|TOKEN")
_OURS = re.compile(
    r"(BPF|BASE|DJANGO|DATABASE|ELASTICSEARCH|SEARCH|CACHE|S3|EMAIL|DEFAULT_FROM|OIDC|HSTS|TWO_FACTOR|TRUSTED|WEB|FONT|"
    r"PORT|ALLOWED_HOSTS|LOG|MEDIA|PRIVATE|PRIVACY|SECURITY|SESSION|METRICS|WRITE_LOCK|API|CHECK_LINKS)(_|$)"
)


def back_up(folder: Path, at: datetime, say: Say, *, kept: int = KEPT) -> Path:
    """Answers the folder of the new backup; older ones beyond the newest `kept` go. Raises BadArchive or OSError.

    Broken off, it leaves no backup: the pool keeps what was copied, and the next one goes on from there.
    """
    require_outside(folder)
    with alone(folder):
        for rest in folder.glob(f"*{PART}"):
            shutil.rmtree(rest)
        made = folder / stamp(at)
        if made.exists():
            raise BadBackup(f"{made} is there already")
        part = folder / f"{made.name}{PART}"
        part.mkdir()
        dumped = database.dump(part)
        say(f"database: {dumped.stat().st_size} bytes")
        listed, missing = _files(folder, part, say)
        with dumped.open("rb") as file:
            told = {"name": dumped.name, "size": dumped.stat().st_size, "sha256": digest_of(file)}
        manifest = {
            "version": VERSION,
            "at": at.isoformat(),
            "migrations": sorted(map(list, applied_migrations(TARGET))),
            "settings": dict(_settings()),
            "database": told,
            "files": listed,
            "missing_files": missing,
        }
        seal(part, manifest)
        _to_disk(part)
        part.rename(made)
        _to_disk(folder)
        _forget_old(folder, kept, say)
    return made


def _files(folder: Path, part: Path, say: Say) -> tuple[dict[str, Any], list[str]]:
    """(what the manifest says of the list, names that went while they were copied)"""
    before = _known(folder)
    count = new = 0
    missing: list[str] = []
    with Sealed(part / FILES) as listed:
        for place in PLACES:
            for name in names_in(storages[place]):
                try:
                    row, copied = _file(folder, place, name, before)
                except FileNotFoundError:
                    missing.append(f"{place}/{name}")
                    continue
                listed.write(as_line(row))
                count, new = count + 1, new + copied
    say(f"files: {count}, of which {new} are new")
    return {"count": count, "size": listed.size, "sha256": listed.sha256}, missing


def _known(folder: Path) -> dict[tuple[str, str], list[Any]]:
    """What the newest backup says of each file: one of the same size and time need not be read again."""
    newest = whole_backups(folder)[-1:]
    return {(row[0], row[1]): row for path in newest for row in lines(path / FILES)}


def _file(folder: Path, place: str, name: str, before: dict[tuple[str, str], list[Any]]) -> tuple[list[Any], bool]:
    """(place, name, size, time of change, hash; whether it was copied)"""
    store = storages[place]
    size, changed = store.size(name), store.get_modified_time(name).isoformat()
    known = before.get((place, name))
    if known and known[2:4] == [size, changed] and in_pool(folder, known[4]).exists():
        return known, False
    beside = folder / POOL / f"copying{PART}"
    with store.open(name) as source, Sealed(beside) as copy:
        copy_into(source, copy)
    target = in_pool(folder, copy.sha256)
    is_new = not target.exists()
    if is_new:
        target.parent.mkdir(exist_ok=True)
        beside.replace(target)
    else:
        beside.unlink()
    return [place, name, copy.size, changed, copy.sha256], is_new


def names_in(store: Storage, within: str = "", depth: int = 0) -> Iterator[str]:
    """Every file of a storage, whether a row names it or not: the list of erasures is such a file."""
    try:
        folders, names = store.listdir(within)
    except FileNotFoundError:  # nothing was ever kept there
        return
    yield from (f"{within}/{name}" if within else name for name in sorted(names))
    if depth < DEEPEST:
        for name in sorted(folders):
            yield from names_in(store, f"{within}/{name}" if within else name, depth + 1)


def _settings() -> Iterator[tuple[str, str]]:
    """Settings of the environment, so that whoever restores knows how it ran; secrets are left out."""
    for name, value in sorted(os.environ.items()):
        if _OURS.match(name) and not _SECRET.search(name):
            yield name, _without_password(value)


def _without_password(value: str) -> str:
    with suppress(ValueError):
        if password := urlsplit(value).password:
            return value.replace(f":{password}@", ":…@", 1)
    return value


def _to_disk(folder: Path) -> None:
    """Names that were written are on the disk, not in a cache that a power cut empties."""
    for path in (*folder.glob("*"), folder):
        if path.is_file() or path == folder:
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _forget_old(folder: Path, kept: int, say: Say) -> None:
    """The oldest backups, and then the files that none of the rest names."""
    whole = whole_backups(folder)
    old = whole[: max(len(whole) - kept, 0)]
    if not old:
        return
    for path in old:
        shutil.rmtree(path)
    named = {row[4] for path in whole_backups(folder) for row in lines(path / FILES)}
    gone = [path for path in (folder / POOL).glob("??/*") if path.name not in named]
    for path in gone:
        path.unlink()
    say(f"older backups removed: {len(old)}, with {len(gone)} files that no other names")
