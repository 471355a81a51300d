"""Make the file of a row and store it under its hash, or keep in the row why it could not be made."""

import hashlib
import logging
from collections.abc import Callable
from importlib.metadata import version

from django.core.files.base import ContentFile
from django.utils import timezone

from pdf.printing.models import Status, StoredFile
from pdf.render import Rendered

logger = logging.getLogger(__name__)

LIBRARIES = (
    "reportlab",
    "uharfbuzz",
    "pikepdf",
    "pillow",
    "pyphen",
    "icu4py",
    "fontpkg-source-serif-4",
    "fontpkg-source-sans-3",
)
"""What decides over the bytes beside our own code; their versions are kept with each file."""


def attempt(row: StoredFile, make: Callable[[], Rendered]) -> None:
    """Make a row's file, or keep in the row why it could not be made."""
    row.attempts += 1
    try:
        _store(row, make())
    except Exception as error:  # whatever goes wrong, editors must see it and the next tick must go on
        logger.exception("%s", row)
        row.wait_after_failure(timezone.now())
        row.status, row.failure = Status.FAILED, f"{type(error).__name__}: {error}"
    row.save()


def _store(row: StoredFile, rendered: Rendered) -> None:
    """Keep the bytes under their hash. A file that is there already has the same bytes."""
    digest = hashlib.sha256(rendered.content).hexdigest()
    name = f"{digest[:2]}/{digest}.pdf"
    store = row.file.storage
    row.file.name = name if store.exists(name) else store.save(name, ContentFile(rendered.content))
    row.sha256, row.size, row.pages = digest, len(rendered.content), rendered.pages
    row.replaced = "".join(rendered.replaced)
    row.libraries = {name: version(name) for name in LIBRARIES}
    row.status, row.failure, row.printed_at, row.not_before = Status.PRINTED, "", timezone.now(), None
