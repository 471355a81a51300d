"""Files of a document: attach one, add a version, show it or take it out of view.

No version is ever cut or removed, but with a draft that is removed for good.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from core.languages.lists import listed
from core.prepared_queries import prepared
from files import by_hash
from files.document_forms import not_its_kind
from files.kinds import CONTENT_TYPES, UNTYPED, fits_ending
from workflow.access.role_holders import name_of
from workflow.attachments.models import Attachment, AttachmentVersion
from workflow.history.timeline import Entry, history_source
from workflow.signals import attachment_changed
from workflow.transitions.models import Process

MOST_BYTES = 50 * 1024 * 1024
"""The largest original among the outputs of 2014 to 2025 known to us is about a third of this."""

ORIGINALS = {"rtf", "html", "htm", "xhtml", "md", "markdown", "text", "eml", "mbox"}
"""What an original may be besides: kinds that are read into a draft. Saved as bytes without a type, never opened."""

describers: list[Callable[[Attachment], str]] = []
"""Filled by rooms above: one sentence each about a file, shown to its editors."""


class NotAttachable(Exception):
    """The file cannot be attached; the message says why, in an editor's words. Nothing was kept."""


@transaction.atomic
def attach(
    process: Process, file: File, *, title: str, is_public: bool, by: Any, at: datetime, is_original: bool = False,
    language: str = "",
) -> AttachmentVersion:  # fmt: skip
    """A new file of a document, with its first version. Raises NotAttachable."""
    process = Process.objects.select_for_update().get(pk=process.pk)
    number = Attachment.objects.filter(series=process.series).count() + 1
    attachment = Attachment.objects.create(
        process=process, series=process.series, number=number, title=title, is_public=is_public,
        is_original=is_original, language=language,
    )  # fmt: skip
    return add_version(attachment, file, by=by, at=at)


@transaction.atomic
def add_version(attachment: Attachment, file: File, *, by: Any, at: datetime, note: str = "") -> AttachmentVersion:
    """The next version of a file; the former ones stay. Raises NotAttachable, also for the newest bytes again."""
    attachment = Attachment.objects.select_for_update().select_related("process").get(pk=attachment.pk)
    name, content_type = _named(file, attachment.is_original)
    digest = by_hash.digest_of(file)
    newest = attachment.newest
    if newest and newest.sha256 == digest:
        raise NotAttachable(_("This is the same file as version %d; nothing was added.") % newest.number)
    version = AttachmentVersion(
        attachment=attachment,
        number=newest.number + 1 if newest else 1,
        name=name,
        content_type=content_type,
        size=file.size,
        sha256=digest,
        note=note,
        by=by,
        by_name=name_of(by) if by else "",
        at=at,
    )
    version.file.name = by_hash.keep(version.file.storage, digest, PurePath(name).suffix.lower(), file)
    version.save()
    _tell(attachment, by, _("%(title)s, version %(number)d: %(name)s") % {
        "title": attachment.title, "number": version.number, "name": name,
    })  # fmt: skip
    return version


@transaction.atomic
def describe(
    attachment: Attachment, *, title: str, is_public: bool, by: Any, is_original: bool | None = None,
    language: str | None = None,
) -> bool:  # fmt: skip
    """Change what is said of a file, or whether it is public; None leaves it. Answers whether anything changed."""
    locked = Attachment.objects.select_for_update().select_related("process").get(pk=attachment.pk)
    asked = {"title": title, "is_public": is_public, "is_original": is_original, "language": language}
    changed = {name: value for name, value in asked.items() if value is not None and value != getattr(locked, name)}
    if not changed:
        return False
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(changed))
    shown = _("public") if is_public else _("not public")
    _tell(locked, by, _("%(title)s: %(shown)s") % {"title": title, "shown": shown})
    return True


def public_attachments(series: str) -> list[Attachment]:
    """What readers of a document are offered, with every version of each, oldest first; originals before all others."""
    return _public_of(series)


@prepared
def _public_of(series: str) -> QuerySet[Attachment]:
    public = Attachment.objects.public().filter(series=series).prefetch_related("versions")
    return public.order_by("-is_original", "number")


def said_of(attachment: Attachment) -> list[str]:
    """What the other rooms say of a file."""
    return [describe_it(attachment) for describe_it in describers]


@history_source("attachments", gettext_lazy("Attachments"))
def _uploads(process: Process) -> Iterator[Entry]:
    found = AttachmentVersion.objects.filter(attachment__process=process).select_related("attachment")
    for row in found:
        what = _("%(title)s, version %(number)d: %(name)s") % {
            "title": row.attachment.title, "number": row.number, "name": row.name,
        }  # fmt: skip
        page = process.page_id
        place = [page, row.attachment.number, row.number]
        address = reverse("workflow_admin:attachment_file", args=place) if page else ""
        yield Entry(row.at, "attachments", row.by_name or _("name erased"), what, row.note, address)


def follow_series(sender: type[Process], process: Process, series: str, **kwargs: Any) -> None:
    """Receiver of `series_changed`: files are found by the identifier of their document."""
    Attachment.objects.filter(process=process).update(series=series)


def _named(file: File, is_original: bool) -> tuple[str, str]:
    """(name, content type). Raises NotAttachable."""
    name = PurePath(file.name or "").name[-200:]
    ending = PurePath(name).suffix.lower().removeprefix(".")
    kinds = set(CONTENT_TYPES) & set(settings.WAGTAILDOCS_EXTENSIONS) | (ORIGINALS if is_original else set())
    if ending not in kinds:
        raise NotAttachable(_("Attach a file of one of these kinds: %s.") % listed(sorted(kinds)))
    if file.size > MOST_BYTES:
        raise NotAttachable(_("The file is larger than %d MiB.") % (MOST_BYTES // 1024 // 1024))
    if not file.size:
        raise NotAttachable(_("The file is empty."))
    if ending in ORIGINALS:
        return name, UNTYPED
    if not fits_ending(file, ending):  # type: ignore[arg-type]
        raise NotAttachable(not_its_kind(ending))
    return name, CONTENT_TYPES[ending]


def _tell(attachment: Attachment, by: Any, what: str) -> None:
    if attachment.process.page is not None:
        log(instance=attachment.process.page.specific, action="bpf.attachment", user=by, data={"attachment": what})
    attachment_changed.send(Attachment, attachment=attachment)
