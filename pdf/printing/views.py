"""Printed editions, briefs and yearbooks at their addresses."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from core.http.ranged_answers import ranged
from core.http.site_urls import absolute
from editions.models import Edition
from pdf.printing import yearbooks
from pdf.printing.models import Form, Printing, StoredFile, Volume
from pdf.printing.services import asked_for, brief_of, print_while_waiting, seal_of
from pdf.printing.tasks import print_one, print_volume

View = Callable[..., HttpResponseBase]
RETRY_AFTER = 30  # seconds; a document of 1,000 pages prints in about that time


@dataclass(frozen=True, slots=True)
class Answer:
    """A PDF to serve. canonical: path of the page it is a view of. name: of the file when it is saved."""

    content: bytes
    sha256: str
    name: str
    canonical: str
    modified: datetime | None


class _Withdrawn(Exception):
    """An edition was asked for that is not public any more."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition.identifier)
        self.edition = edition


def _told_if_withdrawn(view: View) -> View:
    """410 in place of a file of an edition that was withdrawn, whatever the file."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except _Withdrawn as found:
            return render(request, "pdf/printing/withdrawn.html", {"edition": found.edition}, status=410)

    return told


@require_safe
@_told_if_withdrawn
def document_pdf(request: HttpRequest, year: int, forum: str, document: str, n: int) -> HttpResponseBase:
    """?form=large for large print, ?paper=letter for US Letter, ?form=pdf2 for PDF 2.0, which is on A4 alone; any other
    value is the usual form."""
    edition = _edition(year, forum, document, n)
    form = _form(request)
    printing = print_while_waiting(edition, form)
    if printing is None:
        row = asked_for(edition, form)
        if form and not row.attempts:
            print_one.enqueue(edition.pk, form)
        return _not_yet(request, edition.title, edition.permanent_address, given_up=row.is_given_up)
    name = f"{edition.identifier}-{form}" if form else edition.identifier
    return _serve_printing(request, printing, name)


def _serve_printing(request: HttpRequest, printing: Printing, name: str) -> HttpResponseBase:
    edition = printing.edition
    return _serve_stored(request, printing, name, edition.permanent_address, edition.title)


def _serve_stored(request: HttpRequest, row: StoredFile, name: str, canonical: str, title: str) -> HttpResponseBase:
    try:
        return _serve(request, _stored(row, name, canonical))
    except FileNotFoundError:  # the row says that it is there: the next tick prints it again
        return _not_yet(request, title, canonical, given_up=False)


def _form(request: HttpRequest) -> str:
    if request.GET.get("form", "").lower() == Form.PDF_2:
        return Form.PDF_2
    asked = (("large", request.GET.get("form")), ("letter", request.GET.get("paper")))
    return "-".join(name for name, value in asked if value and value.lower() == name)


@require_safe
@_told_if_withdrawn
def newest_pdf(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponseBase:
    """The newest public edition's, at an address that stays."""
    editions = Edition.objects.at(year, forum, document)
    current = editions.public().current().first()
    if current:
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{current.permanent_address}document.pdf" + (f"?{query}" if query else ""))
    newest = editions.order_by("-number").first()
    if newest is None:
        raise Http404
    raise _Withdrawn(newest)


@require_safe
@_told_if_withdrawn
def kept_pdf(request: HttpRequest, year: int, forum: str, document: str, sha256: str) -> HttpResponseBase:
    """A printing of any edition of a document by its hash, as long as the edition is public: what somebody cited once
    can be read again, whatever was printed after it."""
    found = Printing.objects.printed().filter(sha256=sha256, edition__in=Edition.objects.at(year, forum, document))
    printing = found.select_related("edition").first()
    if printing is None:
        raise Http404
    edition = _public(printing.edition)
    return _serve_printing(request, printing, f"{edition.identifier}-{sha256[:8]}")


@require_safe
@_told_if_withdrawn
def sealed_pdf(request: HttpRequest, year: int, forum: str, document: str, n: int) -> HttpResponseBase:
    """The newest sealed file of an edition; 404 where none was made."""
    edition = _edition(year, forum, document, n)
    seal = seal_of(edition)
    if seal is None:
        raise Http404
    try:
        return _serve(request, _stored(seal, f"{edition.identifier}-sealed", edition.permanent_address))
    except FileNotFoundError:  # only a backup has it: another signature would make other bytes
        raise Http404 from None


@require_safe
@_told_if_withdrawn
def brief_pdf(request: HttpRequest, year: int, forum: str, document: str, n: int) -> HttpResponseBase:
    edition = _edition(year, forum, document, n)
    content = brief_of(edition).content
    digest = hashlib.sha256(content).hexdigest()
    name = f"{edition.identifier}-brief"
    return _serve(request, Answer(content, digest, name, edition.permanent_address, edition.standing_at))


@require_safe
def yearbook_pdf(request: HttpRequest, year: int) -> HttpResponseBase:
    return _volume(request, Volume.Kind.YEAR, str(year), f"BPF-{year}", f"/library/{year}/")


@require_safe
def theme_pdf(request: HttpRequest, theme: str) -> HttpResponseBase:
    return _volume(request, Volume.Kind.THEME, theme, f"BPF-{theme}", f"/themes/{theme}/")


@require_safe
def redline_pdf(request: HttpRequest, year: int, forum: str, document: str, a: int, b: int) -> HttpResponseBase:
    """Two public editions as one text with marked changes."""
    older = Edition.objects.at(year, forum, document).filter(number=a).first()
    newer = Edition.objects.at(year, forum, document).filter(number=b).first()
    if older is None or newer is None or a == b:
        raise Http404
    if a > b:
        return redirect("pdf:redline", year, forum, document, b, a, permanent=True)
    canonical = f"{newer.address}compare/{a}/{b}/"
    name = f"{older.identifier}-E{newer.number}"
    return _volume(request, Volume.Kind.REDLINE, yearbooks.redline_key(older, newer), name, canonical)


def _edition(year: int, forum: str, document: str, n: int) -> Edition:
    """Raises Http404, and _Withdrawn."""
    edition = Edition.objects.at(year, forum, document).filter(number=n).first()
    if edition is None:
        raise Http404
    return _public(edition)


def _public(edition: Edition) -> Edition:
    """Raises _Withdrawn."""
    if not edition.is_public:
        raise _Withdrawn(edition)
    return edition


def _volume(request: HttpRequest, kind: str, key: str, name: str, canonical: str) -> HttpResponseBase:
    """A volume that is printed, or small enough to be printed now; else it is put down to be printed."""
    editions = yearbooks.editions_in(kind, key)
    if not editions:
        raise Http404
    row = yearbooks.volume_of(kind, key, editions)
    if not row.is_printed and yearbooks.is_small(editions):
        row = yearbooks.print_volume(kind, key) or row
    if not row.is_printed:
        if not row.attempts:
            print_volume.enqueue(kind, key)
        return _not_yet(request, name, canonical, given_up=row.is_given_up)
    return _serve_stored(request, row, name, canonical, name)


def _stored(row: StoredFile, name: str, canonical: str) -> Answer:
    with row.file.open("rb") as file:
        return Answer(file.read(), row.sha256, name, canonical, row.printed_at)


def _not_yet(request: HttpRequest, title: str, address: str, *, given_up: bool) -> HttpResponseBase:
    """503: come back in a moment, or, when nobody tries by itself any more, that there is no file for now."""
    facts = {"title": title, "address": address, "given_up": given_up}
    response = render(request, "pdf/printing/being_printed.html", facts, status=503)
    if not given_up:
        response["Retry-After"] = str(RETRY_AFTER)
        response["Refresh"] = str(RETRY_AFTER)  # a browser that stays on the page asks by itself, without a script
    response["Cache-Control"] = "no-store"
    return response


def _serve(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """The bytes, whole or in part. The entity tag is the hash that the page of the edition shows."""
    response = ranged(
        request,
        sha256=answer.sha256,
        size=len(answer.content),
        kind="application/pdf",
        bytes_of=lambda first, last: answer.content[first : last + 1],
    )
    response["Cache-Control"] = "public, max-age=300"  # what stands here may change; the bytes at this hash do not
    response["Content-Disposition"] = f'inline; filename="{answer.name}.pdf"'
    page = absolute(answer.canonical)
    response["Link"] = f'<{page}>; rel="canonical", <{page}>; rel="collection"; type="text/html"'  # FAIR Signposting
    if answer.modified:
        response["Last-Modified"] = http_date(answer.modified.timestamp())
    return response
