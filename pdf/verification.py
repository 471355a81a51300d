"""Whether what was printed is still what was printed."""

import hashlib
from collections.abc import Iterator

from pdf.models import Printing


def findings() -> Iterator[str]:
    """One sentence per fault: a file that is gone, or whose bytes have another hash. None = sound."""
    for printing in Printing.objects.printed().select_related("edition").iterator(chunk_size=50):
        name = f"{printing.edition.identifier} ({printing.stage}, template {printing.template_version})"
        try:
            with printing.file.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            yield f"{name}: the file {printing.file.name} is missing"
            continue
        if digest != printing.sha256:
            yield f"{name}: the file does not have the hash {printing.sha256}"
