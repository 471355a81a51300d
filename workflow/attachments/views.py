"""Views of attached files: the editors' page, and the download for readers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from editions.models import Edition
from files.downloads import as_uploaded
from files.kinds import CONTENT_TYPES
from workflow.access.capabilities_beside_transitions import SHOW_FILES, may
from workflow.attachments import services
from workflow.attachments.forms import DescriptionForm, NewAttachmentForm, VersionForm
from workflow.attachments.models import Attachment, AttachmentVersion
from workflow.transitions.governed_pages import governed_page
from workflow.transitions.models import Process
from workflow.transitions.services import process_of

# --- editors ------------------------------------------------------------------------------------------------------


def attachments(request: HttpRequest, page_id: int) -> HttpResponse:
    """GET: every file with every version. POST: attach another."""
    page, process, may_show = _document(request, page_id)
    form = _without_public(NewAttachmentForm(request.POST or None, request.FILES or None), may_show)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.attach(
                process,
                said["file"],
                title=said["title"],
                is_public=said.get("is_public", False),
                is_original=said["is_original"],
                language=said["language"],
                by=request.user,
                at=timezone.now(),
            )
        except services.NotAttachable as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("“%s” is attached.") % said["title"])
            return redirect("workflow_admin:attachments", page.pk)
    rows = process.attachments.prefetch_related("versions")
    context = {
        "page": page,
        "process": process,
        "form": form,
        "rows": [(row, services.said_of(row)) for row in rows],
        "may_show": may_show,
    }
    return render(request, "workflow/attachments/admin_attachments.html", context, status=422 if form.errors else 200)


def attachment(request: HttpRequest, page_id: int, number: int) -> HttpResponse:
    """GET: one file. POST: a new version of it, or (describe=1) its title and whether it is public."""
    page, process, may_show = _document(request, page_id)
    found = get_object_or_404(Attachment, process=process, number=number)
    if request.method == "POST" and found.is_public and not may_show:
        raise PermissionDenied
    describes = "describe" in request.POST
    now = {name: getattr(found, name) for name in DescriptionForm.base_fields}
    description = _without_public(DescriptionForm(request.POST if describes else None, initial=now), may_show)
    sent = request.method == "POST" and not describes
    version = VersionForm(request.POST if sent else None, request.FILES if sent else None)
    if describes and description.is_valid():
        services.describe(found, by=request.user, **(now | description.cleaned_data))
        messages.success(request, _("Saved."))
        return redirect("workflow_admin:attachments", page.pk)
    if sent and version.is_valid() and _adds(request, found, version):
        return redirect("workflow_admin:attachments", page.pk)
    context = {"page": page, "attachment": found, "description": description, "version": version, "may_show": may_show}
    failed = bool(description.errors or version.errors)
    return render(request, "workflow/attachments/admin_attachment.html", context, status=422 if failed else 200)


def _adds(request: HttpRequest, found: Attachment, form: VersionForm) -> bool:
    said = form.cleaned_data
    try:
        row = services.add_version(found, said["file"], by=request.user, at=timezone.now(), note=said["note"])
    except services.NotAttachable as error:
        form.add_error("file", str(error))
        return False
    messages.success(request, _("“%(title)s” has version %(number)d now.") % {
        "title": found.title, "number": row.number,
    })  # fmt: skip
    return True


@require_safe
def attachment_file(request: HttpRequest, page_id: int, number: int, version: int) -> HttpResponseBase:
    """Any version, for those who may edit the document."""
    _page, process, _may_show = _document(request, page_id)
    found = get_object_or_404(AttachmentVersion, attachment__process=process, attachment__number=number, number=version)
    return _download(request, found, "private, no-store")


def _document(request: HttpRequest, page_id: int) -> tuple[Any, Process, bool]:
    """(page, process, whether this person answers for what the public sees of files)"""
    page = governed_page(request, page_id)
    return page, process_of(page), may(request.user, SHOW_FILES, page)


def _without_public(form: Any, may_show: bool) -> Any:
    if not may_show:
        del form.fields["is_public"]
    return form


# --- readers ------------------------------------------------------------------------------------------------------


@require_safe
def public_file(
    request: HttpRequest, year: int, forum: str, document: str, number: int, version: int | None = None
) -> HttpResponseBase:
    """A public file: its newest version, or one by number. 410 where the document was withdrawn."""
    edition = Edition.objects.at(year, forum, document).order_by("-number").first()
    if edition is None:
        raise Http404
    found = get_object_or_404(Attachment, series=edition.series, number=number, is_public=True)
    if not Attachment.objects.public().filter(pk=found.pk).exists():
        return render(
            request, "workflow/attachments/withdrawn.html", {"edition": edition, "attachment": found}, status=410
        )
    row = found.newest if version is None else found.versions.filter(number=version).first()
    if row is None:
        raise Http404
    shown = "view" in request.GET and row.content_type == CONTENT_TYPES["pdf"]
    return _download(request, row, "public, max-age=0, must-revalidate", shown=shown)


def _download(request: HttpRequest, row: AttachmentVersion, caching: str, *, shown: bool = False) -> HttpResponseBase:
    """The bytes as they were uploaded: saved and never shown inside the site, but for a PDF to open at a page."""
    facts = {"name": row.name, "content_type": row.content_type, "sha256": row.sha256}
    return as_uploaded(request, row.file, **facts, caching=caching, shown=shown)
