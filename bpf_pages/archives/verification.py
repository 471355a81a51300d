"""Check that the archive of every year is there and still has its hash; build anew what is lost or damaged."""

from collections.abc import Iterator

from django.utils import timezone

from bpf_pages.archives.models import YearArchive
from bpf_pages.archives.services import build, state_of
from files.by_hash import faults_of


def findings() -> Iterator[str]:
    """One sentence per fault: a file that is gone, or whose bytes have another hash. None = sound."""
    for row in YearArchive.objects.order_by("year"):
        yield from faults_of(row)


def mend() -> Iterator[str]:
    """Build anew what is gone or damaged. An archive that says no more what is public goes, and the clock builds it."""
    for row in [row for row in YearArchive.objects.order_by("year") if any(faults_of(row))]:
        row.file.storage.delete(str(row.file.name))
        row.delete()
        if row.contents == state_of(row.year):
            build(row.year, row.contents, timezone.now())
            yield f"{row}: built anew"
        else:
            yield f"{row}: was of a former state; the clock builds it anew"
