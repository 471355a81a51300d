"""One view for every declared resource: read the question, ask, answer; each refusal in one shape."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _

from api.citations.page_metadata import header_of
from api.http import door, problem
from api.v1.exports import EXPORTS, Export, sent
from api.v1.filters import FILTERS
from api.v1.openapi import openapi
from api.v1.pagination import Rows, drawn
from api.v1.parameters import Asked, Refused, read
from api.v1.resources import RESOURCES, Resource
from api.v1.serializers import BASE
from core.http.site_urls import absolute

SERVICE_LINKS = ((f"{BASE}openapi.json", "service-desc"), ("/developers/", "service-doc"))


def routes() -> list[URLPattern]:
    """Every resource at its address, and a plain answer to every other address below /api/v1/."""
    return [
        path(f"{BASE[1:]}openapi.json", description, name="openapi"),
        *(path(each.route, _view_of(each), name=f"v1_{each.name}") for each in RESOURCES),
        *(path(each.template[1:], _file_of(each), name=f"v1_{each.name}") for each in EXPORTS),
    ]


def _view_of(resource: Resource) -> Any:
    @door()
    def view(request: HttpRequest, **place: Any) -> HttpResponse:
        try:
            return _answered(resource, request, place)
        except Refused as refused:
            return _refused(refused)
        except Http404:
            return nothing_here()

    return view


def _file_of(export: Export) -> Any:
    @door()
    def view(request: HttpRequest) -> HttpResponseBase:
        try:
            values, given = read(FILTERS, request.GET)
        except Refused as refused:
            return _refused(refused)
        return sent(export, Asked(request.path, {}, values, given))

    return view


def _refused(refused: Refused) -> HttpResponse:
    return problem(400, _("The question cannot be answered as it stands."), refused.faults)


def _answered(resource: Resource, request: HttpRequest, place: dict[str, Any]) -> HttpResponse:
    values, given = ({}, {}) if resource.asks_itself else read(resource.parameters, request.GET)
    asked = Asked(request.path, place, values, given, request.GET)
    moment = resource.changed() if resource.changed else None
    found = resource.answer(asked)
    links: list[tuple[str, str, dict[str, str]]]
    links = [(absolute(address), relation, {}) for address, relation in SERVICE_LINKS]
    if isinstance(found, Rows):
        found = drawn(found, asked)
        if found["links"]["next"]:
            links.append((found["links"]["next"], "next", {}))
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    response["Link"] = header_of(links)
    if moment and moment < timezone.now() - timedelta(seconds=2):  # two changes in one second look the same
        response["Last-Modified"] = http_date(moment.timestamp())
    return response


def nothing_here() -> HttpResponse:
    return problem(404, _("There is nothing at this address."))


@door()
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    return nothing_here()


@door()
def description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI file."""
    return JsonResponse(openapi(), json_dumps_params={"ensure_ascii": False, "indent": 1})
