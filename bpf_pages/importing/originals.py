"""The file that a document was made of, as "the document as published": attached to the document, and so found by page.

It is an attached file like others, in versions that stay. Readers are offered it once it is shown and an edition of the
document is public.
"""

from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from bpf_pages.models.imported_file import ImportedFile
from bpf_pages.models.outcome import OutcomePage
from formats.draft import Reason
from workflow.attachments.models import AttachmentVersion
from workflow.attachments.services import add_version, attach, describe
from workflow.transitions.services import process_of

NOT_FOR_READERS = {Reason.COMMENT, Reason.DELETION, Reason.HIDDEN}
"""Words that the text leaves out and whoever opens the file can read."""


def holds_remarks(imported: ImportedFile) -> bool:
    """Whether the file says more than its author meant to publish: reviewers' remarks, deleted or hidden words."""
    return bool(imported.reading.get("notes")) or not NOT_FOR_READERS.isdisjoint(imported.ledger.get("left_out", {}))


@transaction.atomic
def attach_original(imported: ImportedFile, *, shown: bool, by: Any, at: datetime) -> AttachmentVersion:
    """The file of a document that was brought in becomes its original, or the next version of it. Idempotent.

    shown: readers are offered it while an edition is public; a file that is shown stays so. Raises NotAttachable.
    """
    page: OutcomePage = imported.page  # type: ignore[assignment]  # taken in
    process = process_of(page)
    former = process.attachments.filter(is_original=True).first()
    with imported.file.open("rb") as opened:
        file = File(opened, name=imported.name)
        if former is None:
            title = page.get_latest_revision_as_object().title[:200]
            kept = attach(process, file, title=title, is_public=shown, by=by, at=at, is_original=True)
        elif former.newest is not None and former.newest.sha256 == imported.sha256:
            kept = former.newest
        else:
            kept = add_version(former, file, by=by, at=at)
    if shown and former is not None:
        describe(former, title=former.title, is_public=True, by=by)
    return kept
