"""Print editions, and find what was printed. Callers see rows and bytes; `pdf.render` makes the file."""

import logging

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.prepared_queries import prepared
from editions.models import Edition
from files.deletion import delete_file_of
from pdf.printing import yearbooks
from pdf.printing.file_store import attempt
from pdf.printing.job_from_edition import in_form, job_for
from pdf.printing.models import USUAL, Printing, Seal, Status, StoredFile, truth_of, unprinted_editions
from pdf.printing.retries import MOST_ATTEMPTS
from pdf.render import Rendered, render, render_brief

logger = logging.getLogger(__name__)


def printing_of(edition: Edition, form: str = USUAL) -> Printing | None:
    """The file of an edition that says what is true of it now, else the newest older one, else None."""
    printed = _printed(edition.pk, form)
    return next((row for row in printed if row.is_of_now(edition)), next(iter(printed), None))


def seal_of(edition: Edition) -> Seal | None:
    """The newest sealed file of an edition, if one was made."""
    return _sealed.first(edition.pk)


@prepared
def _printed(edition: int, form: str) -> QuerySet[Printing]:
    return Printing.objects.filter(edition=edition, form=form).printed().order_by("-pk")


@prepared
def _sealed(edition: int) -> QuerySet[Seal]:
    return Seal.objects.made().filter(printing__edition=edition).order_by("-printing")


def print_edition(edition: Edition, form: str = USUAL, *, by_hand: bool = False) -> Printing:
    """Print an edition as it stands now, unless that was done. Never raises: a failure is kept in the row's words.

    After a failure it waits longer each time and at last gives up (`retries`); by_hand: now all the same.
    Safe beside another that prints the same: both make the same bytes and store them under the same name.
    """
    printing = asked_for(edition, form)
    if printing.may_be_tried(timezone.now()) or (by_hand and not printing.is_printed):
        attempt(printing, lambda: render(in_form(job_for(edition), form)))
    return printing


def asked_for(edition: Edition, form: str = USUAL) -> Printing:
    """The row of a printing that says what is true now; made if there is none, so that `print_missing` comes to it."""
    printing, _made = Printing.objects.get_or_create(edition=edition, **truth_of(edition, form))
    return printing


def print_while_waiting(edition: Edition, form: str = USUAL) -> Printing | None:
    """For a reader who asks before the worker came to it: print a small edition now; of a large one, what there is."""
    if Printing.objects.of(edition, form).printed().exists() or yearbooks.is_small([edition]):
        printing = print_edition(edition, form)
        if printing.is_printed:
            return printing
    return printing_of(edition, form)


def print_missing(limit: int = 100) -> int:
    """Print public editions that have no file of their standing, at most `limit`, whatever else was asked for,
    and volumes that no reader could wait for.

    Answers how many were printed.
    """
    editions = sum(print_edition(edition).is_printed for edition in unprinted_editions()[:limit])
    return editions + _print_asked_forms(limit) + yearbooks.print_asked_for() + yearbooks.print_ahead()


def _print_asked_forms(limit: int) -> int:
    """Large print, other paper and PDF 2.0, where a reader asked for it and nobody printed it."""
    waiting = Printing.objects.exclude(form=USUAL).exclude(status=Status.PRINTED).filter(attempts__lt=MOST_ATTEMPTS)
    rows = waiting.select_related("edition").order_by("pk")[:limit]
    asked = [row for row in rows if row.edition.is_public and row.is_of_now(row.edition)]
    return sum(print_edition(row.edition, row.form).is_printed for row in asked)


def brief_of(edition: Edition) -> Rendered:
    """The one-page brief, printed when asked for: it takes a tenth of a second and is the same bytes every time."""
    return render_brief(job_for(edition))


def print_anew(edition: Edition) -> None:
    """Forget every file of an edition and print what is true now: a person's name or words had to be erased from it."""
    forget(edition)
    print_edition(edition)


@transaction.atomic
def forget(edition: Edition) -> None:
    """Take an edition's files away, the rows at once, the bytes after commit. The one case in which a file goes.

    `print_missing` prints the edition again if nobody else does.
    """
    for seal in Seal.objects.filter(printing__edition=edition).made():
        _remove(seal)
    for printing in Printing.objects.filter(edition=edition).printed():
        _remove(printing)


def _remove(row: StoredFile) -> None:
    delete_file_of(row)
    row.delete()
