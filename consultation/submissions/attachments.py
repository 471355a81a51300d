"""Files that come with a comment: what is taken, where it lies, who gets it.

Off unless a call says otherwise. A file is judged by its own bytes, never by its name; it is kept under a name made
here, outside every folder that is served, and only ever handed out as a download that no browser opens or runs.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from consultation.comments.models import Comment
from consultation.submissions.models import Attachment, Draft
from core.plain_text import tidy_line

MOST_FILES = 3
MOST_BYTES = 5 * 1024 * 1024
MOST_MEMBERS = 2_000
"""Members of a zipped document that are looked at; a letter has about twenty."""
KINDS = ("PDF", "ODT", "DOCX", "PNG", "JPEG", "TXT")
"""Text and pictures. Formats that can carry macros are taken only where they carry none."""


class NotTaken(Exception):
    """A file that is not kept. `reason` says why, in the reader's language."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def kind_of(content: bytes) -> str:
    """One of KINDS by the bytes themselves, or "" for everything else."""
    if content.startswith(b"%PDF-"):
        return "PDF"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"PK\x03\x04"):
        return _zipped_kind(content)
    return "TXT" if _is_plain_text(content) else ""


def _zipped_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()[: MOST_MEMBERS + 1]
            if len(names) > MOST_MEMBERS or any(_is_code(name) for name in names):
                return ""
            if "word/document.xml" in names and "[Content_Types].xml" in names:
                return "DOCX"
            if "mimetype" in names and packed.getinfo("mimetype").file_size < 100:
                return "ODT" if packed.read("mimetype") == b"application/vnd.oasis.opendocument.text" else ""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return ""
    return ""


def _is_code(name: str) -> bool:
    parts = name.casefold().split("/")
    return parts[0] in {"basic", "scripts"} or parts[-1].startswith("vba") or "activex" in parts or "macros" in parts


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and not any(sign < " " and sign not in "\t\n\r\f" for sign in text)


@transaction.atomic
def keep(draft: Draft, name: str, content: bytes, now: datetime) -> Attachment:
    """Keep a file beside a draft. The same file again is the one already there. Raises NotTaken."""
    draft = Draft.objects.select_for_update(of=("self",)).select_related("period").get(pk=draft.pk)
    if not draft.period.takes_files or draft.submission_id:
        raise NotTaken(_("This call takes no files."))
    if len(content) > MOST_BYTES:
        raise NotTaken(_("The file is larger than %d MB.") % (MOST_BYTES // 1024 // 1024))
    kind = kind_of(content)
    if not kind:
        raise NotTaken(_("Only these kinds of file are taken, without macros: %s.") % ", ".join(KINDS))
    digest = hashlib.sha256(content).hexdigest()
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
    )


def forget(attachments: Iterable[Attachment]) -> int:
    """Delete files and rows. Answers how many."""
    gone = 0
    for each in attachments:
        each.file.delete(save=False)
        each.delete()
        gone += 1
    return gone


def is_public(attachment: Attachment, comment: Comment) -> bool:
    """Whether everybody may have the file: its comment is published, and its author asked for no silence."""
    return attachment.submission_id == comment.submission_id and comment.shows_text


def as_download(attachment: Attachment) -> HttpResponse:
    """The file under a name made here, as bytes without a type, so that nothing opens or runs it by itself."""
    with attachment.file.open("rb") as file:
        response = HttpResponse(file.read(), content_type="application/octet-stream")
    name = f"attachment-{attachment.pk}.{attachment.kind.lower()}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Robots-Tag"] = "noindex"
    return response
