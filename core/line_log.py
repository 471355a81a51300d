"""What happens while pages are read, as lines of a file: a request appends, and the clock adds up in the database.

So a page is only read, whatever is counted about it.
"""

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

Row = dict[str, Any]


def append(folder: Path, row: Row) -> None:
    """One write of one line: lines of several processes do not mix. A full disk costs the line, never the answer."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / "lines", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            os.write(descriptor, f"{json.dumps(row)}\n".encode())
        finally:
            os.close(descriptor)
    except OSError:
        return


def collect(folder: Path, now: datetime, add_up: Callable[[list[Row]], None]) -> int:
    """Hand over what was appended since the last time, and what a broken run left. Answers how many lines were read.

    The lines of a file are added up and the file is gone, or neither: what add_up raises leaves it for the next run.
    """
    lines = folder / "lines"
    count = 0
    if lines.exists():
        lines.rename(folder / f"taken-{now.timestamp():.0f}-{os.getpid()}")
    for path in sorted(folder.glob("taken-*")):
        rows = _read(path)
        with transaction.atomic():
            add_up(rows)
            path.unlink()
        count += len(rows)
    return count


def _read(path: Path) -> list[Row]:
    rows: list[Row] = []
    for line in path.read_text().splitlines():
        try:
            rows.append(json.loads(line))
        except ValueError:  # half a line, written while the disk was full
            continue
    return rows
