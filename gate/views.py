"""A text that was kept while the database was busy, for whoever has its secret link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.http.response_headers import unlisted
from gate.forms import kept_texts, send_again


@require_safe
def kept_text(request: HttpRequest, secret: str) -> HttpResponse:
    found = kept_texts.find(secret, timezone.now())
    if found is None:
        return unlisted(render(request, "gate/nothing_kept.html", status=404))
    return send_again.given_back(request, found)
