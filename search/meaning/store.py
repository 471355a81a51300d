"""The vectors of all editions in one file of this host, mapped into memory by every process.

Made of the rows in the database and nothing else. What is new is appended and forced to the disk, then a second file,
which says how far the first one counts, is replaced: who is killed between leaves bytes that nobody reads and the next
writing covers. A file that is shorter than it should be is made anew.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from core.atomic_files import replace
from search.meaning import embedders
from search.meaning.embedders import Embedder, NoMeaning
from search.meaning.models import EditionVectors
from search.meaning.quantised import Rows, row_type

SUMMARY, MEAN, PASSAGES = 0, 1, 2  # places in the rows of an edition
READ_AT_ONCE = 100  # editions
WASTE = 2  # so many times the rows that count may lie in the file


@dataclass(frozen=True, slots=True)
class Held:
    """Rows `at` and after it, one for each of `anchors` after the first two."""

    at: int
    anchors: tuple[str, ...]

    @property
    def rows(self) -> int:
        return PASSAGES + len(self.anchors)


@dataclass(frozen=True, slots=True)
class Library:
    """rows: of all editions. editions: identifier to its rows, in the order of the file."""

    rows: Rows
    editions: dict[str, Held]


NOTHING: tuple[object, Library | None] = (None, None)


class Store:
    """folder: of one model. Local disk only."""

    def __init__(self, folder: Path, model: str, dimensions: int) -> None:
        self.folder = folder
        self.model = model
        self.kind = row_type(dimensions)
        self._read = NOTHING

    @property
    def _index(self) -> Path:
        return self.folder / "index.json"

    def library(self) -> Library:
        """As it was written last, by whatever process. Raises NoMeaning where there is none, or none that is whole."""
        try:
            state = self._index.stat()
            stamp = (state.st_ino, state.st_mtime_ns)
            if self._read[0] != stamp:
                self._read = (stamp, self._open())
        except FileNotFoundError as error:
            raise NoMeaning("no vectors have been made yet") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NoMeaning(f"the vectors cannot be read ({type(error).__name__}: {error})") from error
        library = self._read[1]
        if library is None or not library.editions:
            raise NoMeaning("no vectors have been made yet")
        return library

    def _open(self) -> Library:
        told = json.loads(self._index.read_text())
        editions = {name: Held(at, tuple(anchors)) for name, (at, anchors) in told["editions"].items()}
        if not editions:
            return Library(np.empty(0, self.kind), {})
        return Library(np.memmap(self.folder / told["file"], self.kind, "r", shape=(told["rows"],)), editions)

    def refresh(self) -> int:
        """Append what the database has and the file has not. Answers how many editions were added."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._exclusive():
            told = self._told()
            held = EditionVectors.objects.filter(model=self.model)
            names = set(held.values_list("edition", flat=True))
            if not told or told["rows"] > WASTE * self._rows(told, names):
                told = {"file": f"vectors-{os.getpid()}-{os.urandom(4).hex()}", "rows": 0, "editions": {}}
            gone, new = told["editions"].keys() - names, names - told["editions"].keys()
            if new or gone or not self._index.exists():
                for name in gone:
                    del told["editions"][name]
                self._append(told, sorted(new))
                replace(self._index, json.dumps(told))
                self._sweep(told["file"])
            return len(new)

    def _rows(self, told: dict[str, Any], names: set[str]) -> int:
        return sum(PASSAGES + len(anchors) for name, (_, anchors) in told["editions"].items() if name in names)

    def _told(self) -> dict[str, Any] | None:
        """None where the files cannot be gone on with."""
        try:
            told: dict[str, Any] = json.loads(self._index.read_text())
            whole = (self.folder / told["file"]).stat().st_size >= told["rows"] * self.kind.itemsize
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return told if whole else None

    def _append(self, told: dict[str, Any], names: list[str]) -> None:
        path = self.folder / told["file"]
        with open(path, "r+b" if path.exists() else "w+b") as handle:
            handle.truncate(told["rows"] * self.kind.itemsize)  # what a killed writer left behind
            handle.seek(0, os.SEEK_END)
            for at in range(0, len(names), READ_AT_ONCE):
                some = EditionVectors.objects.filter(model=self.model, edition__in=names[at : at + READ_AT_ONCE])
                for row in some.order_by("edition"):
                    data = bytes(row.vectors)
                    if len(data) != (PASSAGES + len(row.anchors)) * self.kind.itemsize:
                        continue
                    handle.write(data)
                    told["editions"][row.edition] = (told["rows"], row.anchors)
                    told["rows"] += PASSAGES + len(row.anchors)
            handle.flush()
            os.fsync(handle.fileno())

    def _sweep(self, keep: str) -> None:
        """A process that has a former file mapped keeps it until it looks again."""
        for path in self.folder.glob("vectors-*"):
            if path.name != keep:
                path.unlink(missing_ok=True)

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        with open(self.folder / "write.lock", "w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield


def here(embedder: Embedder) -> Store:
    return _store(str(settings.SEARCH_INDEX_DIR), embedders.model_name(embedder), embedder.dimensions)


@cache
def _store(folder: str, model: str, dimensions: int) -> Store:
    return Store(Path(folder) / "meaning" / model, model, dimensions)
