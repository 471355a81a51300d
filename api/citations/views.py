"""Views that answer a citation as a file: of a document, an edition or a paragraph."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from api.citations.citable import document_of, paragraph_named, work_of
from api.citations.formats import FORMS, as_json
from api.citations.page_metadata import linkset
from api.citations.work import Work
from api.http import door, still_public
from editions.models import Edition


@door()
def edition_citation(
    request: HttpRequest, year: int, forum: str, document: str, number: int, form: str
) -> HttpResponse:
    """?paragraph=12 for one paragraph of the edition."""
    found = Edition.objects.at(year, forum, document).filter(number=number).first()
    paragraph = paragraph_named(found, request.GET.get("paragraph", "")) if found else 0
    if paragraph is None:
        raise Http404
    return _answer(found, form, lambda edition: work_of(edition, paragraph))


@door()
def edition_linkset(request: HttpRequest, year: int, forum: str, document: str, number: int) -> HttpResponse:
    """The links of an edition's page as a file of their own (RFC 9264)."""
    found = still_public(Edition.objects.at(year, forum, document).filter(number=number).first())
    return HttpResponse(as_json(linkset(work_of(found), found)), content_type="application/linkset+json")


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
