"""Files beside a draft, and their download once the comment they came with is public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultation.comments.models import Comment
from consultation.edition_lookup import Gone, edition_at, gone
from consultation.submissions import attachments
from consultation.submissions.draft_lookup import draft_at
from consultation.submissions.forms import PersonForm
from consultation.submissions.limits import BYTES_AN_HOUR, LARGEST_FILE
from consultation.submissions.models import Attachment
from consultation.submissions.views import show_draft
from gate.client_address import network
from gate.forms.public_forms import TEXT, PublicForm, button
from gate.rate_limits import TooMany, refused, take

FILE = PublicForm("file beside a comment", most_bytes=LARGEST_FILE + TEXT)
"""A file a little too large is read, and answered with its own sentence."""


@FILE.takes
@require_POST
def attach(request: HttpRequest, token: str) -> HttpResponse:
    """Keep a file with the draft, or show the draft again and say why not; nothing else of it changes."""
    draft = draft_at(token)
    upload = request.FILES.get("file")
    reason, retry_after = _("Choose a file."), 0
    if upload is not None:
        try:
            # One byte past the limit is enough to know that it is too large.
            content = upload.read(LARGEST_FILE + 1)
            take("bytes beside comments", network(request), BYTES_AN_HOUR, timezone.now(), amount=len(content))
            attachments.keep(draft, upload.name or "", content, timezone.now())
            return redirect("consultation:draft", token)
        except attachments.NotTaken as error:
            reason = error.reason
        except TooMany as error:
            reason = _("Very many files came in within the hour. Please send it again later.")
            retry_after = error.retry_after
    form = PersonForm(draft.period, initial=draft.content.get("person") or {})
    response = show_draft(request, draft, form, status=422, file_error=reason)
    return refused(response, retry_after) if retry_after else response


@button("remove a file")
@require_POST
def detach(request: HttpRequest, token: str, number: int) -> HttpResponse:
    draft = draft_at(token)
    attachments.forget(Attachment.objects.filter(draft=draft, submission=None, pk=number))
    return redirect("consultation:draft", token)


@require_safe
def download(request: HttpRequest, year: int, forum: str, document: str, number: int, attachment: int) -> HttpResponse:
    """A file of a published comment."""
    try:
        edition = edition_at(year, forum, document)
    except Gone as error:
        return gone(request, error)
    comment = get_object_or_404(
        Comment.objects.public().select_related("submission"), series=edition.series, number=number
    )
    found = get_object_or_404(Attachment, submission=comment.submission_id, pk=attachment)
    if not attachments.is_public(found, comment):
        raise Http404
    return attachments.as_download(found)
