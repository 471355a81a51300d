"""The folders of the embedded engine: which index answers, who may write, and how a new one is built beside."""

import fcntl
import json
import shutil
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import tantivy

from core.atomic_files import replace
from search.engines.base import LEVELS, WHOLE, Busy, Changes, NoIndex, digest
from search.engines.tantivy.index_files import BUILD_HEAP_BYTES, boundary, open_index, open_indexes, write
from search.engines.tantivy.schema import FORMAT, schema
from search.engines.tantivy.word_pairs import choose


class TantivyBuilding:
    """A folder beside the others, with a file that says how far it got."""

    def __init__(self, folder: "Folder", path: Path, after: int, since: int) -> None:
        self.folder = folder
        self.path = path
        self.after = after
        self.since = since
        self.lock: IO[str] | None = None  # held while the object lives: one build at a time

    @property
    def _state(self) -> Path:
        return self.path.with_name(f"{self.path.name}.building")

    def add(self, changes: Changes, after: int) -> None:
        with boundary():
            choose(self.path, changes.records)
            write(self.path, changes, BUILD_HEAP_BYTES)
        self.after = after
        self.save()

    def editions(self) -> int:
        with boundary():
            searcher = open_index(self.path / WHOLE).searcher()
            return int(searcher.num_docs)

    def digests(self, editions: Iterable[str]) -> dict[str, str]:
        cards: dict[str, list[Any]] = defaultdict(list)
        with boundary():
            for index in open_indexes(self.path).values():
                searcher = index.searcher()
                query = tantivy.Query.term_set_query(index.schema, "edition", list(editions))
                found: Any = searcher.search(query, max(1, int(searcher.num_docs)))
                for _, address in found.hits:
                    stored: Any = searcher.doc(address).get_first("card")
                    card = json.loads(bytes(stored))
                    cards[card["edition"]].append(card)
        return {edition: digest(each) for edition, each in cards.items()}

    def save(self) -> None:
        replace(self._state, json.dumps({"after": self.after, "since": self.since}))

    def switch(self) -> None:
        choose(self.path, ())  # where nothing was added: an index of an empty library is readable too
        replace(self.folder.pointer, self.path.name)
        self._state.unlink(missing_ok=True)
        self.folder.broken_mark.unlink(missing_ok=True)
        self.folder.remove_others(self.path)

    def close(self) -> None:
        if self.lock:
            self.lock.close()


class Folder:
    """Where the indexes of one engine lie, by name; the file `current` names the one that answers.

    broken_mark: a file that says that the index could not be read and has to be rebuilt.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pointer = root / "current"
        self.broken_mark = root / "broken"
        self._read: tuple[tuple[int, int] | None, str] = (None, "")  # the pointer as it was last read

    def current(self) -> str:
        """Read again when it was replaced: a look at the file is ten times cheaper than opening it."""
        try:
            state = self.pointer.stat()
            stamp = (state.st_ino, state.st_mtime_ns)
            if self._read[0] != stamp:
                self._read = (stamp, self.pointer.read_text())
        except OSError as error:
            raise NoIndex(f"{self.pointer}: {error}") from error
        name = self._read[1]
        if not name.startswith(f"{FORMAT}-"):
            raise NoIndex(f"the index {name!r} is not of the format {FORMAT}")
        return name

    @contextmanager
    def exclusive(self, wait_s: float) -> Iterator[None]:
        """The lock is the operating system's: the file may stay behind, a killed holder lets go."""
        self.root.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + wait_s
        while (handle := self.lock("lock")) is None:
            if time.monotonic() >= deadline:
                raise Busy("the index is being written by another process")
            time.sleep(0.02)
        with handle:
            yield

    def lock(self, name: str) -> IO[str] | None:
        """An open file that holds the lock until it is closed, or None if another has it."""
        handle = open(self.root / name, "w")  # noqa: SIM115
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            return None
        return handle

    def begin(self, since: int, *, resume: bool = True) -> TantivyBuilding:
        self.root.mkdir(parents=True, exist_ok=True)
        lock = self.lock("build.lock")
        if lock is None:
            raise Busy("the index is being rebuilt by another process")
        building = (resume and self._left_unfinished()) or self._new_building(since)
        building.lock = lock
        return building

    def _new_building(self, since: int) -> TantivyBuilding:
        for state in self.root.glob("*.building"):
            state.unlink()
        path = self.root / f"{FORMAT}-{time.time_ns()}"
        for level in LEVELS:
            (path / level).mkdir(parents=True)
            with boundary():
                tantivy.Index(schema(), path=str(path / level))
        building = TantivyBuilding(self, path, 0, since)
        building.save()
        return building

    def _left_unfinished(self) -> TantivyBuilding | None:
        for state in sorted(self.root.glob(f"{FORMAT}-*.building"), reverse=True):
            path = state.with_name(state.name.removesuffix(".building"))
            try:
                kept = json.loads(state.read_text())
                open_indexes(path)
                return TantivyBuilding(self, path, int(kept["after"]), int(kept["since"]))
            except (OSError, ValueError, KeyError):
                continue
        return None

    def remove_others(self, keep: Path) -> None:
        """Readers that still have a file of them open keep it: the operating system holds it until they let go."""
        for path in self.root.iterdir():
            if path.is_dir() and path != keep:
                shutil.rmtree(path, ignore_errors=True)
            elif path.suffix == ".building":
                path.unlink(missing_ok=True)
