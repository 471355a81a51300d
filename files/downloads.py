"""Answers that hand out a file: whole and saved, or not at all where the reader has it."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from files.by_hash import digest_of
from files.kinds import CONTENT_TYPES

INERT = "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
"""Content security policy of a file that must run nothing and be framed by nobody."""


def reader_has(request: HttpRequest, etag: str) -> bool:
    """Whether the reader's copy is of this entity tag (RFC 9110, If-None-Match: weak comparison)."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or etag in (tag.removeprefix("W/") for tag in known)


def as_untyped(file: Any, name: str) -> HttpResponse:
    """A stranger's file as bytes without a type, so that nothing opens or runs it by itself. name: made by us."""
    with file.open("rb") as opened:
        response = HttpResponse(opened.read(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = INERT
    response["X-Robots-Tag"] = "noindex"
    return response


def as_uploaded(
    request: HttpRequest, file: Any, *, name: str, content_type: str, sha256: str, caching: str, shown: bool = False
) -> HttpResponseBase:
    """An editor's file under its own name, revalidated by its hash. shown: opened in the browser. Raises Http404."""
    etag = f'"{sha256}"'
    if reader_has(request, etag):
        answer: HttpResponseBase = HttpResponseNotModified()
    else:
        try:
            opened = file.open("rb")
        except OSError as error:
            raise Http404 from error
        answer = FileResponse(opened, as_attachment=not shown, filename=name, content_type=content_type)
        answer["X-Content-Type-Options"] = "nosniff"
    answer["ETag"], answer["Cache-Control"] = etag, caching
    answer["X-Robots-Tag"] = "noarchive"
    return answer


def as_kept(request: HttpRequest, content: bytes, *, name: str, content_type: str, caching: str) -> HttpResponseBase:
    """Bytes that are an image, shown; or anything else, saved and not opened. Revalidated by their hash."""
    etag = f'"{digest_of(content)}"'
    answer: HttpResponse = HttpResponseNotModified() if reader_has(request, etag) else HttpResponse(content)
    if answer.status_code == 200:
        shown = content_type.startswith("image/") or content_type == CONTENT_TYPES["pdf"]
        answer["Content-Type"] = content_type
        answer["Content-Disposition"] = "inline" if shown else f'attachment; filename="{name}"'
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = INERT
    answer["ETag"], answer["Cache-Control"] = etag, caching
    return answer
