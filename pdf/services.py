"""Print editions, and find what was printed. Callers see rows and bytes; the drawing is `pdf.render`."""

import hashlib
import logging
from collections.abc import Callable
from importlib.metadata import version

from django.core.files.base import ContentFile
from django.utils import timezone

from editions.models import Edition
from pdf.brief import render_brief
from pdf.job import TEMPLATE_VERSION
from pdf.jobs import job_for
from pdf.models import Printing, Status, StoredFile, unprinted_editions
from pdf.render import Rendered, render

logger = logging.getLogger(__name__)

LIBRARIES = ("reportlab", "uharfbuzz", "pikepdf", "pillow", "pyphen", "fontpkg-source-serif-4", "fontpkg-source-sans-3")
"""What decides over the bytes beside our own code; their versions are kept with each file."""

SMALL_PASSAGES = 300
"""Up to as many passages an edition is printed while a reader waits. Measured on one core of 2.5 GHz: 300 passages of
60 words are about 40 pages and take 0.4 to 0.6 s."""


def printing_of(edition: Edition) -> Printing | None:
    """The file of an edition that says what is true of it now, else the newest older one, else None."""
    now = Printing.objects.of(edition).printed().first()
    return now or Printing.objects.filter(edition=edition).printed().order_by("-pk").first()


def print_edition(edition: Edition) -> Printing:
    """Print an edition as it stands now, unless that was done. Never raises: a failure is kept in the row's words.

    Safe beside another that prints the same: both make the same bytes and store them under the same name.
    """
    printing, _ = Printing.objects.get_or_create(
        edition=edition,
        stage=edition.stage,
        is_current=edition.is_current,
        template_version=TEMPLATE_VERSION,
    )
    if not printing.is_printed:
        attempt(printing, lambda: render(job_for(edition)))
    return printing


def attempt(row: StoredFile, make: Callable[[], Rendered]) -> None:
    """Make a row's file, or keep in the row why it could not be made."""
    row.attempts += 1
    try:
        _store(row, make())
    except Exception as error:  # whatever goes wrong, editors must see it and the next tick must go on
        logger.exception("%s", row)
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
    row.status, row.failure, row.printed_at = Status.PRINTED, "", timezone.now()


def print_while_waiting(edition: Edition) -> Printing | None:
    """For a reader who asks before the worker came to it: print a small edition now; of a large one, what there is."""
    if Printing.objects.of(edition).printed().exists() or edition.passages.count() <= SMALL_PASSAGES:
        printing = print_edition(edition)
        if printing.is_printed:
            return printing
    return printing_of(edition)


def print_missing(limit: int = 100) -> int:
    """Print public editions that have no file of their standing, at most `limit`. Answers how many were printed."""
    return sum(print_edition(edition).is_printed for edition in unprinted_editions()[:limit])


def brief_of(edition: Edition) -> Rendered:
    """The one-page brief, printed when asked for: it takes a tenth of a second and is the same bytes every time."""
    return render_brief(job_for(edition))


def print_anew(edition: Edition) -> None:
    """Forget every file of an edition and print what is true now.

    The one case in which a file goes: a person's name or words had to be erased from what was printed.
    """
    for printing in Printing.objects.filter(edition=edition).printed():
        name, store = str(printing.file.name), printing.file.storage
        printing.delete()
        if not Printing.objects.filter(file=name).exists():
            store.delete(name)
    print_edition(edition)
