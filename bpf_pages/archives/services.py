"""Build the archive of a year, and find the one that says what is public now."""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO

from django.core.files import File
from django.db import transaction
from django.db.models import Max

from bpf_pages.archives.models import YearArchive, storage
from bpf_pages.reading.edition_files import DRAWN_BY, content_of
from bpf_pages.reading.edition_json import json_of
from editions.models import Edition, EditionQuerySet
from files.by_hash import digest_of
from files.deletion import delete_file_of
from pdf.printing.models import Printing, unprinted_editions

MADE_BY = 1
"""Raised with every change of what is in an archive."""
MOST_EDITIONS = 5_000
"""In one archive; a year with more has none, and readers take the files of the whole catalogue."""
PIECE = 1024 * 1024  # bytes read at a time


def editions_of(year: int) -> EditionQuerySet:
    """Every public edition of a year; of the fictitious year none is archived."""
    return Edition.objects.public().real().filter(year=year).order_by("series", "number")


def state_of(year: int) -> str:
    """SHA-256 over everything an archive is drawn from: another state is another file. "" where there is nothing."""
    rows = list(editions_of(year).values_list("identifier", "sha256", "stage", "is_current")[: MOST_EDITIONS + 1])
    if not 0 < len(rows) <= MOST_EDITIONS:
        return ""
    facts = [MADE_BY, DRAWN_BY, rows, sorted(_printings(year).values())]
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def is_there(row: YearArchive) -> bool:
    return bool(row.file.storage.exists(str(row.file.name)))


def archive_of(year: int) -> YearArchive | None:
    """The archive that holds what is public now, and nothing else; None while it waits to be built."""
    row = YearArchive.objects.filter(year=year).first()
    return row if row and row.contents == state_of(year) else None


def build_missing(now: datetime) -> int:
    """Build the archive of one year, the newest that lacks it: the next tick builds the next. Answers how many.

    A year of which something is still to be printed waits, so that its archive is not built once for each file. What
    the storage has lost is built anew; the bytes are looked at by `verify_library`.
    """
    waiting = set(unprinted_editions().values_list("year", flat=True)[:MOST_EDITIONS])
    years = Edition.objects.public().real().order_by("-year").values_list("year", flat=True).distinct()
    known = {row.year: row.contents for row in YearArchive.objects.all() if is_there(row)}
    for year in years:
        if year not in waiting and (state := state_of(year)) and known.get(year) != state:
            build(year, state, now)
            return 1
    return _forget_empty(set(years))


def _forget_empty(years: set[int]) -> int:
    """Archives of years in which nothing is public any more."""
    gone = list(YearArchive.objects.exclude(year__in=years))
    for row in gone:
        with transaction.atomic():
            delete_file_of(row)
            row.delete()
    return len(gone)


def build(year: int, state: str, now: datetime) -> YearArchive:
    """Write the file beside the former one, then let the row name it; the former file is gone after that."""
    with tempfile.TemporaryFile() as kept:
        count = _write(year, kept)
        size = kept.seek(0, 2)
        digest = digest_of(kept)
        name = storage().save(f"{year}/{digest}.zip", File(kept))
    with transaction.atomic():
        former = YearArchive.objects.filter(year=year).first()
        facts = {"contents": state, "file": name, "sha256": digest, "size": size, "editions": count, "built_at": now}
        row, _made = YearArchive.objects.update_or_create(year=year, defaults=facts)
        if former and former.file.name != name:
            delete_file_of(former)
    return row


def _write(year: int, kept: IO[bytes]) -> int:
    """All files, and SHA256SUMS for `sha256sum --check`. Answers how many editions there are."""
    sums: list[str] = []
    count = 0
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for edition in editions_of(year).iterator(20):
            count += 1
            for name, content in _files(edition):
                sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
                archive.writestr(_entry(name, edition.published_at), content)
        newest = editions_of(year).aggregate(last=Max("published_at"))["last"]
        archive.writestr(_entry("SHA256SUMS", newest), "".join(sums))
    return count


def _files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of one edition. The PDF is the one that its page offers; what cannot be printed is left out."""
    name = f"{edition.identifier}/{edition.identifier}"
    yield f"{name}.json", json_of(edition)
    yield f"{name}.txt", content_of(edition, "txt")
    printed = Printing.objects.of(edition).printed().order_by("-pk").first()
    if printed:
        with printed.file.open("rb") as file:
            yield f"{name}.pdf", file.read()


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    """Dated by the publication, so that the same library gives the same bytes. A PDF is compressed already."""
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _printings(year: int) -> dict[str, str]:
    """Identifier to the hash of the printed file that says what is true of the edition now."""
    rows = Printing.objects.printed().filter(edition__in=editions_of(year).order_by(), form="").order_by("pk")
    rows = rows.select_related("edition").defer("edition__document", "edition__metadata")  # each page of a year asks
    return {row.edition.identifier: f"{row.edition.identifier} {row.sha256}" for row in rows
            if row.is_of_now(row.edition)}  # fmt: skip


def pieces(row: YearArchive, first: int, last: int) -> Iterator[bytes]:
    """The bytes from `first` to `last`, inclusive, never much of them at a time."""
    left = last - first + 1
    with row.file.open("rb") as file:
        file.seek(first)
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
