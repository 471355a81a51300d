"""Attached files in the search: their text is read by the clock, page by page, and only while they are public."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db import transaction
from django.utils import timezone

from editions.models import Edition
from files.kinds import CONTENT_TYPES
from search.attached_files.models import FilePage, FileText
from search.attached_files.signals import text_read
from search.attached_files.text_extraction import Unreadable, pages_of
from workflow.attachments.models import Attachment, AttachmentVersion

PDF = CONTENT_TYPES["pdf"]
MOST_AT_ONCE = 10  # files a tick: other chores wait meanwhile
MOST_TRIES = 3
VIEWED = "?view=1"
"""Asks the download to show the file: a saved one has no page to open at."""


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A page of a public file that holds text. url: opens the file at it. is_original: of the document as published."""

    file: int
    title: str
    number: int
    text: str
    url: str
    language: str
    is_original: bool


def searched() -> list[AttachmentVersion]:
    """The newest version of every public file that can be searched: a PDF."""
    public = Attachment.objects.public().prefetch_related("versions")
    return [newest for file in public if (newest := pdf_of(file))]


def pdf_of(attachment: Attachment) -> AttachmentVersion | None:
    """The version of a file whose text is searched: the newest, where that is a PDF."""
    newest = attachment.newest
    return newest if newest and newest.content_type == PDF else None


def public_pages(edition: Edition) -> Iterator[PublicPage]:
    """Pages of the files of a document, under its newest edition only: files belong to no edition."""
    if not edition.is_current:
        return
    for attachment in Attachment.objects.public().filter(series=edition.series).prefetch_related("versions"):
        newest = pdf_of(attachment)
        if newest is None:
            continue
        address = f"{attachment.public_path(newest.number)}{VIEWED}"
        for page in FilePage.objects.filter(file__sha256=newest.sha256).exclude(text="").order_by("number"):
            url = f"{address}#page={page.number}"
            yield PublicPage(
                attachment.number, attachment.title, page.number, page.text, url,
                attachment.language or edition.language, attachment.is_original,
            )  # fmt: skip


def read_waiting() -> int:
    """Read the text of public files that was not read yet; forget that of files no longer public. Answers how many
    files were read. Safe to repeat and beside itself."""
    wanted = {version.sha256: version for version in searched()}
    FileText.objects.exclude(sha256__in=wanted).delete()
    settled = set(FileText.objects.settled(MOST_TRIES).values_list("sha256", flat=True))
    waiting = [version for digest, version in wanted.items() if digest not in settled]
    for version in waiting[:MOST_AT_ONCE]:
        _read(version)
    return len(waiting[:MOST_AT_ONCE])


def _read(version: AttachmentVersion) -> None:
    pages, failure, reader = None, "", ""
    try:
        with _on_disk(version) as path:
            reader, pages = pages_of(path)
    except Unreadable as error:
        failure = str(error)
    except FileNotFoundError:
        failure = "the file is missing"
    with transaction.atomic():
        row, _made = FileText.objects.get_or_create(sha256=version.sha256)
        row.tries += 1
        row.failure, row.reader, row.read_at = failure, reader, timezone.now()
        row.pages = len(pages) if pages is not None else None
        row.save()
        row.page_set.all().delete()
        FilePage.objects.bulk_create(
            FilePage(file=row, number=number, text=text) for number, text in enumerate(pages or (), start=1)
        )
        same = AttachmentVersion.objects.filter(sha256=version.sha256).select_related("attachment")
        for series in {each.attachment.series for each in same}:
            text_read.send(FileText, series=series)


@contextmanager
def _on_disk(version: AttachmentVersion) -> Iterator[Path]:
    """A copy for the readers, which are processes: the file itself may lie in an object store."""
    with NamedTemporaryFile(suffix=".pdf") as copy, version.file.open("rb") as file:
        shutil.copyfileobj(file, copy)
        copy.flush()
        yield Path(copy.name)
