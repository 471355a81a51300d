"""Images, the only uploads that are served as they are. Files of editors are served by Wagtail, which asks who may."""

import mimetypes

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

FOLDERS = ("figures/", "images/", "original_images/")
IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
"""No SVG: it can carry script."""


@require_safe
def image(request: HttpRequest, name: str) -> FileResponse:
    kind = mimetypes.guess_type(name)[0]
    if not name.startswith(FOLDERS) or ".." in name or kind not in IMAGE_TYPES:
        raise Http404
    try:
        file = default_storage.open(name)
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    response = FileResponse(file, content_type=kind)
    lasting = "public, max-age=31536000, immutable" if name.startswith("figures/") else "public, max-age=3600"
    response["Cache-Control"] = lasting
    return response
