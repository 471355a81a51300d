"""Files that come with a comment: what is taken, how many, and who gets it.

Off unless a call says otherwise. A file is judged by its own bytes, never by its name; it is kept under a name made
here, outside every folder that is served, and only ever handed out as a download that no browser opens or runs.
"""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from consultation.comments.models import Comment
from consultation.submissions.limits import LARGEST_FILE, MOST_FILES
from consultation.submissions.models import Attachment, Draft
from core.languages.lists import listed
from core.plain_text import tidy_line
from files import by_hash
from files.downloads import as_untyped
from files.images.metadata import Damaged, without_metadata
from files.kinds import kind_of

KINDS = ("PDF", "ODT", "DOCX", "PNG", "JPEG", "TXT")
"""Text and pictures. Formats that can carry macros are taken only where they carry none."""
MOST_AT_ONCE = 100
"""Files that are looked at in one tick; each is LARGEST_FILE at most."""


class NotTaken(Exception):
    """A file that is not kept. `reason` says why, in the reader's language."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def keep(draft: Draft, name: str, content: bytes, now: datetime) -> Attachment:
    """Keep a file beside a draft; of a picture without what stands beside the pixels. The same file again is the one
    already there. Raises NotTaken."""
    draft = Draft.objects.select_for_update(of=("self",)).select_related("period").get(pk=draft.pk)
    if not draft.period.takes_files or draft.submission_id:
        raise NotTaken(_("This call takes no files."))
    if len(content) > LARGEST_FILE:
        raise NotTaken(_("The file is larger than %d MB.") % (LARGEST_FILE // 1024 // 1024))
    kind = kind_of(content)
    if not kind:
        raise NotTaken(_("Only these kinds of file are taken, without macros: %s.") % listed(KINDS))
    try:
        content = without_metadata(content, kind)
    except Damaged as error:
        raise NotTaken(_("The picture is damaged. Open it in an image program, save it again, and retry.")) from error
    digest = by_hash.digest_of(content)
    if known := draft.attachments.filter(sha256=digest).first():  # type: ignore[attr-defined]
        return known  # type: ignore[no-any-return]
    if draft.attachments.count() >= MOST_FILES:  # type: ignore[attr-defined]
        raise NotTaken(_("A submission takes %d files at most.") % MOST_FILES)
    return Attachment.objects.create(
        draft=draft,
        file=ContentFile(content, name="attachment.bin"),
        name=tidy_line(name)[-120:] or _("File"),
        kind=kind,
        size=len(content),
        sha256=digest,
        added_at=now,
        is_stripped=True,
    )


def strip_waiting() -> int:
    """Take out what stands beside the pixels of pictures that came before it was taken out at the form. Answers how
    many files were looked at."""
    waiting = list(Attachment.objects.filter(is_stripped=None).order_by("pk")[:MOST_AT_ONCE])
    for attachment in waiting:
        _strip(attachment)
    return len(waiting)


def _strip(attachment: Attachment) -> None:
    """The new file is written first and its row points there in one update, so that at any moment one of the two is
    whole; a row that was erased meanwhile keeps neither."""
    mine = Attachment.objects.filter(pk=attachment.pk, sha256=attachment.sha256)
    try:
        with attachment.file.open() as file:
            content = file.read()
        bare = without_metadata(content, attachment.kind)
    except (OSError, Damaged):
        mine.update(is_stripped=False)
        return
    if bare == content:
        mine.update(is_stripped=True)
        return
    storage, former = attachment.file.storage, str(attachment.file.name)
    name = storage.save(former, ContentFile(bare))
    taken = mine.update(file=name, sha256=by_hash.digest_of(bare), size=len(bare), is_stripped=True)
    storage.delete(former if taken else name)


def forget(attachments: Iterable[Attachment]) -> int:
    """Delete files and rows. Answers how many."""
    gone = 0
    for each in attachments:
        each.file.delete(save=False)
        each.delete()
        gone += 1
    return gone


def is_public(attachment: Attachment, comment: Comment) -> bool:
    """Whether everybody may have the file: its comment is published, its author asked for no silence, and a picture
    tells nothing of its maker."""
    return attachment.submission_id == comment.submission_id and comment.shows_text and attachment.is_stripped is True


def as_download(attachment: Attachment) -> HttpResponse:
    return as_untyped(attachment.file, f"attachment-{attachment.pk}.{attachment.kind.lower()}")
