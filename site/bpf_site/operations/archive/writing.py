"""A library is written as an archive: every row and every kept file, with their hashes, as of one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connections, transaction

from bpf_site.operations.archive import contents
from bpf_site.operations.archive.layout import (
    FILES,
    MANIFEST,
    SEAL,
    VERSION,
    BadArchive,
    Sealed,
    as_line,
    copy_into,
    kept_file,
    plain,
    require_outside,
    rows_file,
    seal,
)
from bpf_site.operations.copy_database import BATCH, TARGET, Say, applied_migrations


def export(folder: Path, at: datetime, say: Say) -> list[str]:
    """Write the archive. Answers which kept files are missing, which the manifest names too.

    A folder in which this was broken off is gone on with. Raises BadArchive where the folder holds something else
    or lies inside the library.
    """
    require_outside(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / SEAL).exists():
        raise BadArchive(f"{folder} holds an archive already")
    if strangers := {path.name for path in folder.iterdir()} - {MANIFEST, FILES, "rows", "files"}:
        raise BadArchive(f"{folder} holds something else: {', '.join(sorted(strangers)[:5])}")
    with one_moment(TARGET):
        tables = [_table(folder, model, say) for model in contents.tables()]
        listed, missing = _files(folder, say)
    manifest = {
        "version": VERSION,
        "at": at.isoformat(),
        "migrations": sorted(map(list, applied_migrations(TARGET))),
        "tables": tables,
        "files": listed,
        "missing_files": missing,
        "left_out": contents.LEFT_OUT,
    }
    seal(folder, manifest)
    return missing


@contextmanager
def one_moment(alias: str) -> Iterator[None]:
    """What is read within is the library of one moment. Nobody who writes waits for it."""
    connection: Any = connections[alias]
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "sqlite":
        connection.ensure_connection()  # reads the mode from the settings
        mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic(using=alias):
                yield
        finally:
            connection.transaction_mode = mode
        return
    with transaction.atomic(using=alias):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _table(folder: Path, model: contents.Model, say: Say) -> dict[str, Any]:
    goes, stays = contents.columns_of(model)
    count = 0
    with Sealed(rows_file(folder, model._meta.label)) as file:
        names = [field.attname for field in goes]
        for values in contents.rows_of(model, TARGET).values_list(*names).iterator(chunk_size=BATCH):
            row = model.from_db(TARGET, names, values)
            file.write(as_line([plain(field, row) for field in goes]))
            count += 1
    if count:
        say(f"{model._meta.label}: {count}")
    return {
        "table": model._meta.label,
        "columns": names,
        "left_out": [field.attname for field in stays],
        "people": contents.people_in(model),
        "rows": count,
        "size": file.size,
        "sha256": file.sha256,
    }


def _files(folder: Path, say: Say) -> tuple[dict[str, Any], list[str]]:
    """(what the manifest says of the list of files, the missing ones)"""
    count, missing = 0, []
    with Sealed(folder / FILES) as listed:
        for place, name in contents.files(TARGET):
            try:
                size, sha256 = _copy(folder, place, name)
            except FileNotFoundError:
                missing.append(f"{place}/{name}")
                continue
            listed.write(as_line([place, name, size, sha256]))
            count += 1
    say(f"files: {count}")
    return {"count": count, "size": listed.size, "sha256": listed.sha256}, missing


def _copy(folder: Path, place: str, name: str) -> tuple[int, str]:
    with contents.storage_at(place).open(name) as source, Sealed(kept_file(folder, place, name)) as copy:
        copy_into(source, copy)
    return copy.size, copy.sha256
