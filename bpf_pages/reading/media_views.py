"""Every address of an uploaded or kept file of the library: whoever may not read it is told that nothing is there.

Copies of what is published are for everybody; uploads, their renditions and copies of drafts for those who may read the
draft or use the file in the admin (docs/adr/0083). The bytes pass this view, wherever they lie: no folder and no bucket
has an address.
"""

import mimetypes

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve
from wagtail.images import get_image_model
from wagtail.users.models import UserProfile

from files.downloads import as_kept
from files.images.published import clean_bytes
from files.kinds import CONTENT_TYPES, IMAGE_TYPES, PDF_MARK
from files.shown import PREFIXES, is_shown
from workflow.access.forum_files import may_read_document, may_read_image
from workflow.draft_links.file_claims import allows

FOR_EVERYBODY = "public, max-age=86400"
"""Not for ever: an edition can be withdrawn."""
FOR_ONE = "private, no-store"
UPLOADS = ("images/", "original_images/")


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    if name.startswith(UPLOADS):
        return _upload(request, name)
    if name.startswith("avatar_images/"):
        return _profile_picture(request, name)
    if not name.startswith(PREFIXES) or ".." in name:
        raise Http404
    public = is_shown(name)
    if not public and not allows(request.GET.get("for", ""), name, request.user, timezone.now()):
        raise Http404
    content, kind = _kept(name)
    return as_kept(request, content, name=name.rpartition("/")[2], content_type=kind,
                   caching=FOR_EVERYBODY if public else FOR_ONE)  # fmt: skip


def _kept(name: str) -> tuple[bytes, str]:
    """(bytes, content type) of a copy, by what its bytes are."""
    try:
        if name.startswith("figures/"):
            found, kind = clean_bytes(name), mimetypes.guess_type(name)[0] or ""
            if found is None or kind not in IMAGE_TYPES:
                raise Http404
            return found, kind
        with default_storage.open(name) as file:
            content = file.read()
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    kind = CONTENT_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    if kind == CONTENT_TYPES["pdf"] and PDF_MARK not in content[:1024]:
        kind = "application/octet-stream"
    return content, kind


def _upload(request: HttpRequest, name: str) -> HttpResponseBase:
    """An image as it was uploaded, or a rendition of one: for those who may use it in the admin."""
    images = get_image_model()
    if name.startswith("original_images/"):
        found = images.objects.filter(file=name).first()
    else:
        made = images.get_rendition_model().objects.filter(file=name).select_related("image").first()
        found = made.image if made else None
    if found is None or not may_read_image(request.user, found):
        raise Http404
    return _stored_image(request, name)


def _profile_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Of a person with an account: for people who work in the admin."""
    known = UserProfile.objects.filter(avatar=name).exists()
    if not known or not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    return _stored_image(request, name)


def _stored_image(request: HttpRequest, name: str) -> HttpResponseBase:
    kind = mimetypes.guess_type(name)[0]
    if kind not in IMAGE_TYPES:
        raise Http404
    try:
        with default_storage.open(name) as file:
            content = file.read()
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    return as_kept(request, content, name=name.rpartition("/")[2], content_type=kind, caching=FOR_ONE)


@require_safe
def document(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponse:
    """A document of the library by its number: for those who may use it, and for everybody where an edition of former
    days links to it so. Texts of today link to a copy that stays."""
    found = get_object_or_404(get_document_model(), pk=document_id)
    public = is_shown(f"documents/{found.pk}")
    if not public and not may_read_document(request.user, found):
        raise Http404
    try:
        response = serve(request, document_id, document_filename)
    except OSError as error:
        raise Http404 from error
    response["Cache-Control"] = FOR_EVERYBODY if public else FOR_ONE
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noarchive"
    return response
