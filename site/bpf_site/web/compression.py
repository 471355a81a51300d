"""Middleware: what is drawn for a request is compressed, where that tells nobody a secret.

Whoever sees the length of a compressed answer, and can put words of their own into it, learns letter by letter what
else it holds (BREACH). So nothing is compressed that may hold what only its asker may know (docs/adr/0126).
"""

import re

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = re.compile(
    r"text/|application/(?:[\w.-]+\+)?(?:json|xml)\b|application/(?:x-)?(?:ndjson|jsonl|jsonlines|bibtex)\b"
)


class CompressionMiddleware(GZipMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.has_header("Content-Encoding") or may_hold_a_secret(request, response) or not is_text(response):
            return response
        return super().process_response(request, response)  # type: ignore[arg-type,return-value]


def may_hold_a_secret(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Of one session, or of a secret address: those say that nobody may keep them.

    The token of a public form is another at each drawing: there is nothing to guess by asking again.
    """
    caching = response.headers.get("Cache-Control", "")
    return bool(
        request.method not in ("GET", "HEAD")
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or "HTTP_AUTHORIZATION" in request.META
        or request.path_info.startswith("/admin/")
        or response.cookies
        or "CSRF_COOKIE_NEEDS_UPDATE" in request.META
        or "no-store" in caching
        or "private" in caching
    )


def is_text(response: HttpResponseBase) -> bool:
    """Of a file that is sent in ranges, the places of bytes are promised."""
    return bool(TEXT.match(response.headers.get("Content-Type", ""))) and not response.has_header("Accept-Ranges")
