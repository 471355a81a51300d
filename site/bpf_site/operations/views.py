"""Addresses of the instance as a whole."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpf_site.operations.health import ailments, state, warnings
from core.site_urls import absolute


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 once the library is loaded and searchable; 503 with what is wrong, in words that say nothing private.

    status: ok, degraded while another engine stands in for the first, or failing.
    warnings: what an operator should look at, such as mails that nobody takes.
    """
    wrong = list(ailments())
    told = {"status": state(wrong), "problems": wrong, "warnings": list(warnings())}
    return JsonResponse(told, status=503 if wrong else 200)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116). 404 where the operator names nobody: an address nobody reads does harm."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = datetime(timezone.now().year, timezone.now().month, 1, tzinfo=UTC) + timedelta(days=180)
    lines = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": expires.isoformat().replace("+00:00", "Z"),
        "Canonical": absolute(request.path),
        "Preferred-Languages": "en",
    }
    body = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(body, content_type="text/plain; charset=utf-8")
