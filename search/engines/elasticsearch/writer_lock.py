"""One writer at a time over all hosts: a lock that the database holds and drops with the connection."""

import fcntl
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from search.engines.base import Busy

POLL_S = 0.05


@contextmanager
def held(name: str, wait_s: float) -> Iterator[None]:
    """Raises Busy if somebody else holds it for `wait_s` seconds.

    PostgreSQL: an advisory lock of the session (a pooler must not share sessions between transactions). SQLite stands
    on one host: a locked file beside the database serves.
    """
    holding = _session_lock if connection.vendor == "postgresql" else _file_lock
    with holding(name, time.monotonic() + wait_s):
        yield


@contextmanager
def _session_lock(name: str, deadline: float) -> Iterator[None]:
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        while not _scalar(cursor, "SELECT pg_try_advisory_lock(%s)", key):
            _wait(name, deadline)
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _scalar(cursor: "object", sql: str, value: int) -> bool:
    cursor.execute(sql, [value])  # type: ignore[attr-defined]
    return bool(cursor.fetchone()[0])  # type: ignore[attr-defined]


@contextmanager
def _file_lock(name: str, deadline: float) -> Iterator[None]:
    folder = Path(settings.SEARCH_INDEX_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / f"{name}.lock", "w") as handle:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                _wait(name, deadline)
        yield


def _wait(name: str, deadline: float) -> None:
    if time.monotonic() >= deadline:
        raise Busy(f"{name}: another process is writing")
    time.sleep(POLL_S)
