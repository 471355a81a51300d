"""Middleware: a page or file of an edition that was answered to a reader is counted, after the answer is made."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve

from api.usage.services import FILE, PAGE, note
from core.languages.addresses import split
from formats.writing import FORMS

COUNTED = {
    "bpf_pages:document": PAGE,
    "bpf_pages:edition": PAGE,
    "bpf_pages:edition_json": FILE,
    "pdf:document": FILE,
    "pdf:sealed": FILE,
    **{f"bpf_pages:edition_{form}": FILE for form in FORMS},
}
"""View to what a use of it is. What stands around an edition (history, comparison, comments) is no use of it."""
ANSWERED = (200, 304)
"""A reader whose browser has the page already reads it again. A part of a file is no second use of it."""


class UsageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "GET" and response.status_code in ANSWERED and (found := _view_of(request)):
            kind = COUNTED.get(found.view_name)
            if kind:
                note(request, _place(found.kwargs), kind)
        return response


def _view_of(request: HttpRequest) -> ResolverMatch | None:
    """A stored page was answered by no view; its address says which one drew it."""
    if request.resolver_match:
        return request.resolver_match
    try:
        return resolve(split(request.path_info)[1])
    except Resolver404:
        return None


def _place(given: Mapping[str, Any]) -> dict[str, Any]:
    return {**given, "number": given.get("number", given.get("n", 0))}
