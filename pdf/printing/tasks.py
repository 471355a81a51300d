"""Background tasks: print an edition, print a yearbook."""

from django_tasks import task

from editions.models import Edition
from pdf.printing import yearbooks
from pdf.printing.services import print_edition


@task()
def print_one(edition_pk: int) -> str:
    """Print an edition; answers the hash of the file, or "" if it could not be printed or is public no longer."""
    edition = Edition.objects.public().filter(pk=edition_pk).first()
    return print_edition(edition).sha256 if edition else ""


@task()
def print_volume(kind: str, key: str) -> str:
    """Print a yearbook; answers the hash of the file, or ""."""
    row = yearbooks.print_volume(kind, key)
    return row.sha256 if row else ""
