"""Public view of a draft behind a secret link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.http.response_headers import unlisted
from workflow.draft_links.services import LinkClosed, NoSuchLink, open_link


@require_safe
@never_cache
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The working text of one document for somebody without an account. The page is drawn by its own preview."""
    try:
        link = open_link(token, timezone.now())
    except NoSuchLink as error:
        raise Http404 from error
    except LinkClosed as closed:
        return unlisted(render(request, "workflow/draft_links/closed.html", {"link": closed.link}, status=410))
    request.draft_link = link  # type: ignore[attr-defined]
    page = link.page.specific.get_latest_revision_as_object()
    return unlisted(page.serve_preview(request, "page"))
