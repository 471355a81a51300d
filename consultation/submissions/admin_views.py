"""Admin views that hand out the originals and files of a submission."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from consultation.admin_page import on_process
from consultation.comments.models import Comment
from consultation.submissions import attachments
from consultation.submissions.models import Attachment
from workflow.transitions.models import Process


@on_process("see_private")
def original(request: HttpRequest, process: Process, number: int) -> HttpResponse:
    """The file a comment came in, as a download under a name made here."""
    found = get_object_or_404(Comment.objects.select_related("submission"), series=process.series, number=number)
    upload = found.submission.original
    if not upload:
        raise PermissionDenied
    with upload.open("rb") as file:
        response = HttpResponse(file.read(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{found.submission.receipt}.bin"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@on_process("see_private")
def attachment(request: HttpRequest, process: Process, number: int, attachment: int) -> HttpResponse:
    """A file that came with a comment, published or not."""
    comment = get_object_or_404(Comment, series=process.series, number=number)
    found = get_object_or_404(Attachment, submission=comment.submission_id, pk=attachment)
    response = attachments.as_download(found)
    response["Cache-Control"] = "no-store"
    return response
