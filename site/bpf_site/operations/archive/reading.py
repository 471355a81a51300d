"""An archive becomes a library: looked through first, then its files, then its rows in one transaction."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import IntegrityError, models

from bpf_site.operations.archive import contents
from bpf_site.operations.archive.layout import (
    FILES,
    MANIFEST,
    VERSION,
    BadArchive,
    check,
    kept_file,
    lines,
    rows_file,
    sealed_manifest,
    unplain,
)
from bpf_site.operations.copy_database import TARGET, CannotMove, Say, fill, insert_all, require_empty_library
from bpf_site.operations.copy_database import require_same_migrations as require_same
from files.by_hash import digest_of


def take_in(folder: Path, say: Say) -> int:
    """Answers how many rows came. Raises BadArchive or CannotMove.

    What was broken off is gone on with: files that came before are not copied again, and rows come all or not at all.
    """
    manifest = looked_through(folder)
    require_same({(app, name) for app, name in manifest["migrations"]})
    require_empty_library()
    say(f"files: {_put_files(folder)}")
    told = {table["table"]: table for table in manifest["tables"]}
    try:
        return fill(lambda model: insert_all(model, _rows(folder, model, told), say))
    except (IntegrityError, ValidationError) as error:
        raise BadArchive(f"the rows do not fit together: {error}") from error


def looked_through(folder: Path) -> dict[str, Any]:
    """The manifest, once every file of the archive is what it says. Raises BadArchive, naming the first that is not."""
    try:
        return _checked(folder, sealed_manifest(folder))
    except (ValueError, KeyError, TypeError) as error:
        raise BadArchive(f"{MANIFEST}: is not of the form of a library's archive: {error!r}") from error


def _checked(folder: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    if manifest["version"] != VERSION:
        raise BadArchive(f"{MANIFEST}: version {manifest['version']} of the form is not known here; {VERSION} is")
    for table in manifest["tables"]:
        check(rows_file(folder, table["table"]), table["size"], table["sha256"])
    listed = manifest["files"]
    check(folder / FILES, listed["size"], listed["sha256"])
    for place, name, size, sha256 in lines(folder / FILES):
        check(kept_file(folder, place, name), size, sha256)
    wanted = {model._meta.label for model in contents.tables()}
    if differ := wanted ^ {table["table"] for table in manifest["tables"]}:
        raise BadArchive(f"{MANIFEST}: other tables than those of this program: {', '.join(sorted(differ)[:5])}")
    return manifest


def _put_files(folder: Path) -> int:
    """Answers how many are there. One that is there with other bytes is not written over. Raises CannotMove."""
    count = 0
    for place, name, _size, sha256 in lines(folder / FILES):
        put_file(place, name, sha256, kept_file(folder, place, name))
        count += 1
    return count


def put_file(place: str, name: str, sha256: str, source: Path) -> None:
    """Into its storage, unless it is there already. Raises CannotMove where another file bears its name."""
    storage = contents.storage_at(place)
    if storage.exists(name):
        with storage.open(name) as there:
            if digest_of(there) == sha256:
                return
        raise CannotMove(f"{place}/{name}: another file of this name is here already")
    with source.open("rb") as file:
        if storage.save(name, File(file)) != name:
            raise CannotMove(f"{place}/{name}: cannot be kept under its name")


def _rows(folder: Path, model: contents.Model, told: dict[str, Any]) -> Iterator[models.Model]:
    table = told.get(model._meta.label)
    if table is None:
        return
    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    if differ := fields.keys() ^ {*table["columns"], *table["left_out"]}:
        raise BadArchive(f"{MANIFEST}: {model._meta.label} has other columns here: {', '.join(sorted(differ))}")
    for values in lines(rows_file(folder, model._meta.label)):
        known = {name: unplain(fields[name], value) for name, value in zip(table["columns"], values, strict=True)}
        known |= {name: contents.instead_of(model, fields[name]) for name in table["left_out"]}
        yield model.from_db(TARGET, list(fields), [known[name] for name in fields])  # in the order of the columns
