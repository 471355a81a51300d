"""Files kept under the SHA-256 of their bytes: the same bytes are stored once, and never change."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.core.files.storage import Storage

CHUNK = 1024 * 1024


def digest_of(content: Any) -> str:
    """SHA-256, hexadecimal, of bytes or of an open file, which is read in parts and wound back."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    found = hashlib.sha256()
    content.seek(0)
    while part := content.read(CHUNK):
        found.update(part)
    content.seek(0)
    return found.hexdigest()


def faults_of(row: Any) -> Iterator[str]:
    """One sentence where the file of a row with `file` and `sha256` is gone or has other bytes."""
    try:
        with row.file.open("rb") as file:
            digest = digest_of(file)
    except OSError:
        yield f"{row}: the file {row.file.name} is missing"
        return
    if digest != row.sha256:
        yield f"{row}: the file does not have the hash {row.sha256}"


def keep(store: Storage, digest: str, suffix: str, content: Any) -> str:
    """Store a file at its hash, unless it is there. Answers its name. suffix: such as ".pdf". content: a File."""
    name = f"{digest[:2]}/{digest}{suffix}"
    return name if store.exists(name) else store.save(name, content)
