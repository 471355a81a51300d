"""Print editions, and find what was printed. Callers see rows and bytes; the drawing is `pdf.render`."""

import hashlib
import logging
from importlib.metadata import version

from django.core.files.base import ContentFile
from django.utils import timezone

from editions.models import Edition
from pdf.job import TEMPLATE_VERSION
from pdf.jobs import job_for
from pdf.models import Printing, unprinted_editions
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
    if printing.is_printed:
        return printing
    printing.attempts += 1
    try:
        rendered = render(job_for(edition))
        _store(printing, rendered)
    except Exception as error:  # whatever goes wrong, editors must see it and the next tick must go on
        logger.exception("%s could not be printed", edition.identifier)
        printing.status, printing.failure = Printing.Status.FAILED, f"{type(error).__name__}: {error}"
    printing.save()
    return printing


def _store(printing: Printing, rendered: Rendered) -> None:
    """Keep the bytes under their hash. A file that is there already has the same bytes."""
    digest = hashlib.sha256(rendered.content).hexdigest()
    name = f"{digest[:2]}/{digest}.pdf"
    store = printing.file.storage
    printing.file.name = name if store.exists(name) else store.save(name, ContentFile(rendered.content))
    printing.sha256, printing.size, printing.pages = digest, len(rendered.content), rendered.pages
    printing.replaced = "".join(rendered.replaced)
    printing.libraries = {name: version(name) for name in LIBRARIES}
    printing.status, printing.failure, printing.printed_at = Printing.Status.PRINTED, "", timezone.now()


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
