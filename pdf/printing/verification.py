"""Check that every stored file is there and still has its hash."""

import hashlib
from collections.abc import Iterator

from pdf.printing.models import Printing, Status, StoredFile, Volume


def findings() -> Iterator[str]:
    """One sentence per fault: a file that is gone, or whose bytes have another hash. None = sound."""
    for printing in Printing.objects.printed().select_related("edition").iterator(chunk_size=50):
        yield from _faults(printing)
    for volume in Volume.objects.filter(status=Status.PRINTED).iterator(chunk_size=50):
        yield from _faults(volume)


def _faults(row: StoredFile) -> Iterator[str]:
    try:
        with row.file.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        yield f"{row}: the file {row.file.name} is missing"
        return
    if digest != row.sha256:
        yield f"{row}: the file does not have the hash {row.sha256}"
