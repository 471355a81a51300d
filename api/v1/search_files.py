"""The results of a search as a file: CSV, JSON, BibTeX or RIS, drawn while it is sent, in the order of the page."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from api.citations.citable import work_of
from api.citations.formats import FORMS
from api.http import door, problem
from api.v1.exports import CSV_COLUMNS, cells
from api.v1.serializers import document_row
from core.http.site_urls import absolute
from core.spreadsheets import csv_lines
from editions.models import Edition
from search import services
from search.answering.cards import Card
from search.query import parameters
from search.query.question import DEEPEST, Question

AT_ONCE = 100  # documents asked of the engine
PLACE_COLUMNS = ("rank", "related", "passage", "passage_text")


@dataclass(frozen=True, slots=True)
class Row:
    """A document found. rank: from 1."""

    rank: int
    card: Card
    edition: Edition


def found(question: Question) -> Iterator[Row]:
    """All that answers the question, at most DEEPEST, each document once, and only what is public when it is sent."""
    told: set[str] = set()
    for number in range(1, DEEPEST // AT_ONCE + 1):
        results = services.search(replace(question, page=number, size=AT_ONCE))
        names = [card.data["edition"] for card in results.cards]
        editions = Edition.objects.public().with_dois().defer("document").in_bulk(names, field_name="identifier")
        for card in results.cards:
            name = card.data["edition"]
            if name in editions and name not in told:
                told.add(name)
                yield Row(len(told), card, editions[name])
        if number >= results.pages:
            return


def as_csv(rows: Iterable[Row]) -> Iterator[str]:
    def line(row: Row) -> list[object]:
        place = row.card.places[0] if row.card.places else None
        where = absolute(place.url) if place else ""
        return [row.rank, row.card.related, where, place.snippet if place else "", *cells(row.edition)]

    return csv_lines((*PLACE_COLUMNS, *CSV_COLUMNS), map(line, rows))


def as_json(rows: Iterable[Row]) -> Iterator[str]:
    """One array of documents, each as `/api/v1/documents` tells it, with its rank and the places that match."""
    before = "["
    for row in rows:
        places = [{"url": absolute(place.url), "text": place.snippet} for place in row.card.places]
        told = {"rank": row.rank, "related": row.card.related, **document_row(row.edition), "passages": places}
        yield f"{before}\n{json.dumps(told, ensure_ascii=False)}"
        before = ","
    yield "\n]\n" if before == "," else "[]\n"


def _as_citations(form: str) -> Callable[[Iterable[Row]], Iterator[str]]:
    _kind, draw = FORMS[form]

    def cited(rows: Iterable[Row]) -> Iterator[str]:
        for row in rows:
            yield draw(work_of(row.edition)).decode() + "\n"

    return cited


FILES: dict[str, tuple[str, Callable[[Iterable[Row]], Iterator[str]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
    "bib": (FORMS["bib"][0], _as_citations("bib")),
    "ris": (FORMS["ris"][0], _as_citations("ris")),
}


@door()
def results_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The parameters of the search page; `page` counts for nothing. What means nothing is refused, as for programs."""
    if form not in FILES:
        raise Http404
    asked = parameters.from_address(request.GET)
    if asked.faults:
        faults = [(fault.parameter, fault.reason) for fault in asked.faults]
        return problem(400, _("The question cannot be answered as it stands."), faults)
    kind, drawn = FILES[form]
    rows = found(asked.question(get_language() or "en"))
    response = StreamingHttpResponse((piece.encode() for piece in drawn(rows)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="bpf-search.{form}"'
    response["X-Robots-Tag"] = "noindex"
    return response
