"""The search page, and the same answers for programs."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search import facets, parameters, services
from search.finding import Results
from search.json_answer import answer


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """A page past the end is not found, plainly; every other address is answered."""
    asked = parameters.from_address(request.GET)
    results = services.search(asked.question(get_language() or "en"))
    if asked.page > results.pages:
        raise Http404
    return render(request, "search/results.html", context_of(request, asked, results))


@require_safe
def search_json(request: HttpRequest) -> JsonResponse:
    asked = parameters.from_address(request.GET)
    if asked.faults:
        faults = [{"parameter": fault.parameter, "reason": fault.reason} for fault in asked.faults]
        return open_to_all(JsonResponse({"errors": faults}, status=400))
    results = services.search(asked.question(get_language() or "en"))
    choices = facets.choices(results.counts, results.selected)
    return open_to_all(JsonResponse(answer(results, choices), json_dumps_params={"ensure_ascii": False}))


def open_to_all(response: JsonResponse) -> JsonResponse:
    """Public answers may be read by scripts of any site."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def context_of(request: HttpRequest, asked: parameters.Parameters, results: Results) -> dict[str, Any]:
    chosen = replace(asked, selected=dict(results.selected))
    choices = facets.choices(results.counts, results.selected)
    return {
        "asked": asked,
        "results": results,
        "choices": choices,
        "chosen": [
            (choice.kind, value, chosen.address_without(request.path, choice.kind.name, value.value))
            for choice in choices
            for value in choice.selected
        ],
        "hide_masthead_query": True,
        "pages": page_links(request.path, asked, results),
    }


def page_links(path: str, asked: parameters.Parameters, results: Results) -> dict[str, str]:
    links = {}
    if asked.page > 1:
        links["previous"] = asked.address(path, page=asked.page - 1)
    if asked.page < results.pages:
        links["next"] = asked.address(path, page=asked.page + 1)
    return links
