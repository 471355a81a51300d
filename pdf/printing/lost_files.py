"""Printed files that their storage no longer has: found, and printed again with the same bytes."""

from collections.abc import Iterator

from django.core.files.storage import Storage
from django.db.models import QuerySet

from pdf.printing import yearbooks
from pdf.printing.file_store import attempt
from pdf.printing.job_from_edition import in_form, job_for
from pdf.printing.models import Printing, Seal, Status, StoredFile, Volume
from pdf.render import render

LOOKED_AT = 100
"""Files asked for at once: the newest, and as many others by chance. A bucket is asked over the network for each."""


def all_files() -> Iterator[StoredFile]:
    """Every row that says that it has a file."""
    yield from _printings().iterator(chunk_size=50)
    yield from _volumes().iterator(chunk_size=50)
    yield from _seals().iterator(chunk_size=50)


def lost_files(most: int = LOOKED_AT) -> list[StoredFile]:
    """Rows whose file is gone, among the newest and some others. `verify_library` looks at all and at their bytes.

    Raises OSError where the storage itself cannot be asked.
    """
    looked_at = [*_some(_printings(), most), *_some(_volumes(), most // 10), *_some(_seals(), most // 10)]
    return [row for row in looked_at if not _is_there(row)]


def _printings() -> QuerySet[Printing]:
    return Printing.objects.printed().select_related("edition")


def _volumes() -> QuerySet[Volume]:
    return Volume.objects.filter(status=Status.PRINTED)


def _seals() -> QuerySet[Seal]:
    return Seal.objects.made().select_related("printing__edition")


def _some(rows: QuerySet[StoredFile], most: int) -> list[StoredFile]:
    newest = list(rows.order_by("-pk")[: most // 2])
    return [*newest, *rows.exclude(pk__in=[row.pk for row in newest]).order_by("?")[: most - len(newest)]]


def _is_there(row: StoredFile) -> bool:
    store: Storage = row.file.storage
    return store.exists(str(row.file.name))


def print_lost(most: int = LOOKED_AT) -> int:
    """Print lost files again; answers how many are there again."""
    return sum(print_again(row) for row in lost_files(most))


def print_again(row: StoredFile) -> bool:
    """Whether the file is there again. What is printed says what is true today: a file of a former standing cannot be
    made again, and a seal never is: another signature makes other bytes. They come from a backup, or not at all, and
    the row goes on saying what it was.
    """
    if isinstance(row, Volume):
        return _volume_again(row)
    if not isinstance(row, Printing) or not row.is_of_now(row.edition):
        return False
    row.attempts, row.status = 0, Status.WAITING
    attempt(row, lambda: render(in_form(job_for(row.edition), row.form)))
    return row.is_printed


def _volume_again(row: Volume) -> bool:
    if row.contents != yearbooks.contents_hash(yearbooks.editions_in(row.kind, row.key)):
        return False
    Volume.objects.filter(pk=row.pk).update(status=Status.WAITING, attempts=0, not_before=None)
    printed = yearbooks.print_volume(row.kind, row.key)
    return printed is not None and printed.pk == row.pk and printed.is_printed
