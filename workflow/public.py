"""Public views of the workflow."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from workflow import explanation
from workflow.delivery import reader_of, unsubscribe
from workflow.draft_links import LinkClosed, NoSuchLink, open_link


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    breadcrumb = [(_("Home"), "/"), (_("How it works"), request.path)]
    return render(request, "workflow/how_it_works.html", explanation.context() | {"breadcrumb": breadcrumb})


@require_safe
@never_cache
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The working text of one document for somebody without an account. The page is drawn by its own preview."""
    try:
        link = open_link(token, timezone.now())
    except NoSuchLink as error:
        raise Http404 from error
    except LinkClosed as closed:
        return _unlisted(render(request, "workflow/draft_closed.html", {"link": closed.link}, status=410))
    request.draft_link = link  # type: ignore[attr-defined]
    page = link.page.specific.get_latest_revision_as_object()
    return _unlisted(page.serve_preview(request, "page"))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Neither indexed nor named to the sites that the draft links to."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


@csrf_exempt  # RFC 8058: a mail program posts here without a cookie; the signed token is what counts
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop_notices(request: HttpRequest, token: str) -> HttpResponse:
    """Asking changes nothing, since programs follow links in mails; posting stops the mail."""
    done = request.method == "POST"
    try:
        if done:
            unsubscribe(token)
        else:
            reader_of(token)
    except signing.BadSignature as error:
        raise Http404 from error
    return _unlisted(render(request, "workflow/unsubscribe.html", {"done": done}))
