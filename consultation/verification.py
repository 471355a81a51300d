"""Whether what a consultation keeps is whole: hashes, seals, numbers, and nothing private where it must not be."""

from collections.abc import Iterator

from django.db.models import Count, Max

from consultation.comments.models import Comment, Mapping
from consultation.consensus.models import Declaration
from consultation.reports.models import Report
from consultation.reports.services import Content, UnreadableReport, from_json, to_json
from consultation.submissions.models import Attachment, Submission, Submitter
from consultation.vocabulary import Moderation
from files.by_hash import digest_of


def findings() -> Iterator[str]:
    """One sentence per fault; silence means sound."""
    yield from _reports()
    yield from _declarations()
    yield from _comments()
    yield from _mappings()
    yield from _files()


def _reports() -> Iterator[str]:
    for report in Report.objects.order_by("pk").iterator():
        try:
            from_json(to_json(Content(report.data, report.texts)) | {"sha256": report.sha256})
        except UnreadableReport as error:
            yield f"{report}: {error.reason}"


def _declarations() -> Iterator[str]:
    for declaration in Declaration.objects.select_related("edition"):
        if declaration.edition_sha256 != declaration.edition.sha256:
            yield f"{declaration}: was made on another text"


def _comments() -> Iterator[str]:
    for row in Comment.objects.values("series").annotate(count=Count("pk"), last=Max("number")):
        if row["count"] != row["last"]:
            yield f"{row['series']}: {row['last']} numbers were given, {row['count']} comments are kept"
    for comment in Comment.objects.filter(moderation=Moderation.ERASED).exclude(body="", proposed="", rationale=""):
        yield f"{comment}: is erased, its words are not"
    for comment in Comment.objects.filter(moderation=Moderation.PUBLISHED, published_at=None):
        yield f"{comment}: is published without a date"
    for submitter in Submitter.objects.filter(erased_at__isnull=False).exclude(name="", email="", network=""):
        yield f"{submitter}: is erased, the row is not"


def _mappings() -> Iterator[str]:
    for mapping in Mapping.objects.filter(passage__isnull=False).select_related("passage"):
        if mapping.passage and mapping.passage.edition_id != mapping.edition_id:
            yield f"{mapping}: leads into another edition"


def _files() -> Iterator[str]:
    """Nobody can make them again: they come from a backup."""
    for attachment in Attachment.objects.order_by("pk").iterator(chunk_size=100):
        try:
            with attachment.file.open("rb") as file:
                if digest_of(file) != attachment.sha256:
                    yield f"{attachment}: the file is not the one that was sent"
        except OSError:
            yield f"{attachment}: the file is missing"
    for submission in Submission.objects.exclude(original="").exclude(original=None):
        if not submission.original.storage.exists(str(submission.original.name)):
            yield f"{submission}: the file of its original is missing"
