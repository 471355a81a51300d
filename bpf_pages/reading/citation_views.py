"""The pages `…/cite/`: how a document, an edition or one paragraph is cited, in every style and as files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from api.citations.citable import document_of, paragraph_named, work_of
from bpf_pages.reading.edition_context import citations_of, steps_to
from bpf_pages.reading.views import gone_or_unknown
from editions.models import Edition


@require_safe
@conditional_page
def cite_document(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    """The document over all its editions."""
    editions = Edition.objects.at(year, forum, document).defer("document")
    current = editions.public().current().first()
    if current is None:
        return gone_or_unknown(request, editions.order_by("-number").first())
    return _page(request, current, {"is_document": True, **citations_of(document_of(current), current.address)})


@require_safe
@conditional_page
def cite_edition(request: HttpRequest, year: int, forum: str, document: str, number: int) -> HttpResponse:
    """?paragraph=12 for one paragraph; a number that the edition does not have is said, and the edition cited."""
    found = Edition.objects.at(year, forum, document).filter(number=number).defer("document").first()
    if found is None or not found.is_public:
        return gone_or_unknown(request, found)
    asked = request.GET.get("paragraph", "").strip()
    paragraph = paragraph_named(found, asked)
    context = {
        "paragraph": paragraph,
        "asked": asked[:6],
        "unknown": paragraph is None,
        **citations_of(work_of(found, paragraph or 0), found.permanent_address),
    }
    return _page(request, found, context, status=404 if paragraph is None else 200)


def _page(request: HttpRequest, edition: Edition, more: dict[str, Any], *, status: int = 200) -> HttpResponse:
    context = {"edition": edition, "breadcrumb": steps_to(edition, (_("How to cite"), request.path)), **more}
    return render(request, "bpf_pages/reading/cite.html", context, status=status)
