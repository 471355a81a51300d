"""Admin views of a document's record: the merged history and its files."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from workflow import history
from workflow.chain import head_of
from workflow.service import process_of
from workflow.states import State
from workflow.views import governed_page

ENTRIES_A_PAGE = 50


@require_safe
def whole_history(request: HttpRequest, page_id: int) -> HttpResponse:
    page = governed_page(request, page_id)
    process = process_of(page)
    only = request.GET.get("show", "")
    entries = history.whole_history(process, only if only in history.SOURCES else "")
    context = {
        "page": page,
        "process": process,
        "state": State(process.state),
        "entries": Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("p")),
        "sources": history.SOURCES.values(),
        "only": only,
        "head": head_of(process.series),
    }
    return render(request, "workflow/admin/history.html", context)


@require_safe
def log_json(request: HttpRequest, page_id: int) -> HttpResponse:
    process = process_of(governed_page(request, page_id))
    response = JsonResponse(history.log_as_json(process), json_dumps_params={"indent": 1, "ensure_ascii": False})
    return _as_file(response, f"{process.series}-log.json")


@require_safe
def log_csv(request: HttpRequest, page_id: int) -> HttpResponse:
    process = process_of(governed_page(request, page_id))
    return _as_file(
        HttpResponse(history.log_as_csv(process), content_type="text/csv; charset=utf-8"), f"{process.series}-log.csv"
    )


def _as_file(response: HttpResponse, name: str) -> HttpResponse:
    """The name is a series: capitals, digits and hyphens."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
