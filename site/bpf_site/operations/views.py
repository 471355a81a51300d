"""Addresses of the instance as a whole."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.http.site_urls import absolute


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
