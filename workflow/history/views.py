"""Views of a document's record: the merged history for editors, and the record as files for them and for everybody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from core.pagination import page_of
from editions.models import Edition
from workflow.history import export, timeline
from workflow.history.hash_chain import head_of
from workflow.history.timeline import RecordedMove, public_history, whole_log
from workflow.states import State
from workflow.transitions.governed_pages import governed_page
from workflow.transitions.services import process_of

ENTRIES_A_PAGE = 50


@require_safe
def whole_history(request: HttpRequest, page_id: int) -> HttpResponse:
    page = governed_page(request, page_id)
    process = process_of(page)
    only = request.GET.get("show", "")
    entries = timeline.whole_history(process, only if only in timeline.SOURCES else "")
    context = {
        "page": page,
        "process": process,
        "state": State(process.state),
        "entries": page_of(request.GET, entries, ENTRIES_A_PAGE),
        "sources": timeline.SOURCES.values(),
        "only": only,
        "head": head_of(process.series),
    }
    return render(request, "workflow/history/admin_history.html", context)


@require_safe
def log_json(request: HttpRequest, page_id: int) -> HttpResponse:
    process = process_of(governed_page(request, page_id))
    return _for_editors(_json(export.whole_record(process)), f"{process.series}-log.json")


@require_safe
def log_csv(request: HttpRequest, page_id: int) -> HttpResponse:
    process = process_of(governed_page(request, page_id))
    return _for_editors(_csv(whole_log(process.series)), f"{process.series}-log.csv")


@require_safe
@conditional_page
def public_json(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    """The public moves of a document with what their hashes cover. Like its history it outlives the text."""
    edition = _published(year, forum, document)
    answer = _json(export.public_record(edition.series, edition.title))
    return _for_everybody(answer, f"{edition.series}-record.json")


@require_safe
@conditional_page
def public_csv(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    edition = _published(year, forum, document)
    return _for_everybody(_csv(public_history(edition.series)), f"{edition.series}-record.csv")


def _published(year: int, forum: str, document: str) -> Edition:
    """The newest edition at an address, withdrawn ones too. Raises Http404."""
    edition = Edition.objects.at(year, forum, document).defer("document").order_by("-number").first()
    if edition is None:
        raise Http404
    return edition


def _json(content: dict[str, Any]) -> HttpResponse:
    return JsonResponse(content, json_dumps_params={"indent": 1, "ensure_ascii": False})


def _csv(moves: list[RecordedMove]) -> HttpResponse:
    return HttpResponse(export.csv_of(moves), content_type="text/csv; charset=utf-8")


def _for_editors(response: HttpResponse, name: str) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return _named(response, name)


def _for_everybody(response: HttpResponse, name: str) -> HttpResponse:
    """The page of the history is what is found by search engines; a file is kept as long as it holds."""
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    response["X-Robots-Tag"] = "noindex"
    return _named(response, name)


def _named(response: HttpResponse, name: str) -> HttpResponse:
    """The name is a series: capitals, digits and hyphens."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
