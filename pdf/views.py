"""The printed edition at its address."""

from base64 import b64encode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.http import http_date, parse_etags
from django.views.decorators.http import require_safe

from editions.models import Edition
from pdf.byte_ranges import Unsatisfiable, requested
from pdf.models import Printing
from pdf.services import print_while_waiting

RETRY_AFTER = 30  # seconds; a document of 1,000 pages prints in about that time


@require_safe
def document_pdf(request: HttpRequest, year: int, forum: str, document: str, n: int) -> HttpResponse:
    edition = Edition.objects.at(year, forum, document).filter(number=n).first()
    if edition is None:
        raise Http404
    if not edition.is_public:
        return render(request, "pdf/withdrawn.html", {"edition": edition}, status=410)
    printing = print_while_waiting(edition)
    if printing is None:
        response = render(request, "pdf/being_printed.html", {"edition": edition}, status=503)
        response["Retry-After"] = str(RETRY_AFTER)
        response["Cache-Control"] = "no-store"
        return response
    return _file(request, edition, printing)


def _file(request: HttpRequest, edition: Edition, printing: Printing) -> HttpResponse:
    """The stored bytes, whole or in part. The entity tag is the hash that the page of the edition shows."""
    etag = f'"{printing.sha256}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in known or etag in (tag.removeprefix("W/") for tag in known):
        return _labelled(HttpResponseNotModified(), edition, printing, etag)
    with printing.file.open("rb") as file:
        content = file.read()
    wanted = request.headers.get("Range", "") if request.headers.get("If-Range", etag) == etag else ""
    try:
        part = requested(wanted, len(content))
    except Unsatisfiable:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{len(content)}"
        return _labelled(response, edition, printing, etag)
    if part is None:
        response = HttpResponse(content, content_type="application/pdf")
        response["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(printing.sha256)).decode()}:"  # RFC 9530
    else:
        response = HttpResponse(content[part[0] : part[1] + 1], status=206, content_type="application/pdf")
        response["Content-Range"] = f"bytes {part[0]}-{part[1]}/{len(content)}"
    return _labelled(response, edition, printing, etag)


def _labelled(response: HttpResponse, edition: Edition, printing: Printing, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "public, max-age=300"  # its standing may change; the bytes at this hash do not
    response["Content-Disposition"] = f'inline; filename="{edition.identifier}.pdf"'
    response["Link"] = f'<{edition.permanent_address}>; rel="canonical"'
    if printing.printed_at:
        response["Last-Modified"] = http_date(printing.printed_at.timestamp())
    return response
