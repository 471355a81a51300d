"""Write a file whole: a reader beside sees the former text or the new one."""

import os
from pathlib import Path


def replace(path: Path, text: str) -> None:
    """Write a file so that a reader sees either the former text or this one."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with open(beside, "w") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    beside.replace(path)
