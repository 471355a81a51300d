"""The form of an archive of the library: its folder, its manifest, and how a row is written as one line of JSON.

manifest.json      version, migrations, tables with columns, rows and hash; what stayed behind and why; files
manifest.sha256    of the manifest; written last, so that a folder without it is no archive yet
rows/<table>.jsonl  a row a line, values in the order of the columns
files.jsonl        place, name, size and hash of each kept file
files/<place>/…    the files
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from django.conf import settings
from django.db import models

from bpf_site.settings.environment import DATA
from files.by_hash import CHUNK, digest_of

VERSION = 1
MANIFEST, SEAL, FILES = "manifest.json", "manifest.sha256", "files.jsonl"
LONGEST_LINE = 256 * 1024 * 1024
"""Bytes of one row; the largest document known to us has about 2 MB."""
PLAIN = (str, int, float, bool, type(None))


class BadArchive(Exception):
    """The archive cannot be taken in; the message names the file and the fault. Nothing was changed."""


def rows_file(folder: Path, label: str) -> Path:
    return folder / "rows" / f"{label}.jsonl"


def require_outside(folder: Path) -> None:
    """Raises BadArchive where the folder would be lost with the library, and be part of its own next copy."""
    for place in (DATA, Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT)):
        if folder.resolve().is_relative_to(place.resolve()):
            beside = place.with_name(f"{place.name}-backups")
            raise BadArchive(
                f"{folder} lies inside {place}, so whatever destroys the library would destroy its copy, and the next "
                f"copy would hold this one. Name a folder outside of it, best on another disk, such as {beside}"
            )


def kept_file(folder: Path, place: str, name: str) -> Path:
    """Raises BadArchive where the name leads out of the archive."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or place not in {"default", "private"}:
        raise BadArchive(f"{FILES}: {place}/{name} is no name of a file in the archive")
    return folder.joinpath("files", place, *path.parts)


def as_line(values: list[Any]) -> bytes:
    """The same values give the same bytes on every database: keys of objects are in order."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def lines(path: Path) -> Iterator[Any]:
    """Raises BadArchive where a line is too long or is no JSON."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            try:
                yield json.loads(line)
            except ValueError as error:
                raise BadArchive(f"{path.name}: line {number} cannot be read") from error


def plain(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    """The value of a column as JSON. Instants keep their microseconds, which Django's own encoder cuts."""
    value = field.value_from_object(row)
    if isinstance(field, models.JSONField):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value if isinstance(value, PLAIN) else field.value_to_string(row)


def unplain(field: "models.Field[Any, Any]", value: Any) -> Any:
    return value if isinstance(field, models.JSONField) else field.to_python(value)


class Sealed:
    """A file that is written with its size and hash."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path, self.size, self._sum = path, 0, hashlib.sha256()

    def __enter__(self) -> "Sealed":
        self._file: BinaryIO = self.path.open("wb")
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def write(self, content: bytes) -> None:
        self._file.write(content)
        self._sum.update(content)
        self.size += len(content)

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()


def copy_into(source: Any, target: Sealed) -> None:
    """source: a binary file, opened."""
    while part := source.read(CHUNK):
        target.write(part)


def seal(folder: Path, manifest: dict[str, Any]) -> None:
    """Write the manifest and its hash, the hash last: from then on the folder is whole."""
    content = json.dumps(manifest, indent=1).encode()
    for name, text in ((MANIFEST, content), (SEAL, digest_of(content).encode())):
        with Sealed(folder / name) as file:
            file.write(text)


def sealed_manifest(folder: Path) -> Any:
    """Raises BadArchive where it is not whole, or not what was sealed."""
    try:
        content, hash_of_it = (folder / MANIFEST).read_bytes(), (folder / SEAL).read_text()
    except OSError as error:
        raise BadArchive(f"{folder} holds no whole archive: {error.strerror}: {error.filename}") from error
    if digest_of(content) != hash_of_it.strip():
        raise BadArchive(f"{MANIFEST}: is damaged, its hash is not the one in {SEAL}")
    return json.loads(content)


def check(path: Path, size: int, sha256: str) -> None:
    """Raises BadArchive where a file is not there, or not what it was."""
    try:
        with path.open("rb") as file:
            found = path.stat().st_size, digest_of(file)
    except OSError as error:
        raise BadArchive(f"{path}: {error.strerror}") from error
    if found != (size, sha256):
        raise BadArchive(f"{path}: is damaged, it is not what the archive was made with")
