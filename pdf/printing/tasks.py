"""Background tasks: print an edition, print a yearbook or a redline."""

from django_tasks import task

from editions.models import Edition
from pdf.printing import yearbooks
from pdf.printing.models import USUAL
from pdf.printing.services import print_edition


@task()
def print_one(edition_pk: int, form: str = USUAL) -> str:
    """Print an edition; answers the hash of the file, or "" if it could not be printed or is public no longer.

    form: "" or a Form.
    """
    edition = Edition.objects.public().filter(pk=edition_pk).first()
    return print_edition(edition, form).sha256 if edition else ""


@task()
def print_volume(kind: str, key: str) -> str:
    """Print a file of several editions; answers the hash of the file, or ""."""
    row = yearbooks.print_volume(kind, key)
    return row.sha256 if row else ""
