"""Citations as files, of a document, an edition and a paragraph."""

import json
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from api.citations import Work, bibtex, csl, datacite, dublin_core, ris
from api.doors import door, still_public
from api.heads import linkset
from api.works import document_of, work_of
from api.xml import dublin_core_element, written
from editions.citing import apa, chicago
from editions.models import Edition


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


FORMS: dict[str, tuple[str, Callable[[Work], bytes]]] = {
    "bib": ("application/x-bibtex; charset=utf-8", lambda work: bibtex(work).encode()),
    "ris": ("application/x-research-info-systems; charset=utf-8", lambda work: ris(work).encode()),
    "csl.json": ("application/vnd.citationstyles.csl+json", lambda work: _json([csl(work)])),
    "datacite.json": ("application/vnd.datacite.datacite+json", lambda work: _json(datacite(work))),
    "dc.xml": ("application/xml; charset=utf-8", lambda work: written(dublin_core_element(dublin_core(work)))),
    "apa.txt": ("text/plain; charset=utf-8", lambda work: f"{apa(work.cited)}\n".encode()),
    "chicago.txt": ("text/plain; charset=utf-8", lambda work: f"{chicago(work.cited)}\n".encode()),
}
"""The ending of the file to (content type, drawing)."""


@door()
def edition_citation(
    request: HttpRequest, year: int, forum: str, document: str, number: int, form: str
) -> HttpResponse:
    """?paragraph=12 for one paragraph of the edition."""
    found = Edition.objects.at(year, forum, document).filter(number=number).first()
    asked = request.GET.get("paragraph", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) < 7):
        raise Http404
    if found and asked and not found.passages.filter(number=int(asked), number__gt=0).exists():
        raise Http404
    return _answer(found, form, lambda edition: work_of(edition, int(asked or 0)))


@door()
def edition_linkset(request: HttpRequest, year: int, forum: str, document: str, number: int) -> HttpResponse:
    """The links of an edition's page as a file of their own (RFC 9264)."""
    found = still_public(Edition.objects.at(year, forum, document).filter(number=number).first())
    return HttpResponse(_json(linkset(found)), content_type="application/linkset+json")


@door()
def document_citation(request: HttpRequest, year: int, forum: str, document: str, form: str) -> HttpResponse:
    editions = Edition.objects.at(year, forum, document)
    return _answer(editions.current().first() or editions.order_by("-number").first(), form, document_of)


def _answer(edition: Edition | None, form: str, made: Callable[[Edition], Work]) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    work = made(still_public(edition))
    kind, draw = FORMS[form]
    response = HttpResponse(draw(work), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{work.key}.{form}"'
    return response
