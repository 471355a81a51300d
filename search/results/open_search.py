"""`/opensearch.xml`: how browsers and programs ask this search (OpenSearch 1.1), as an engine of their own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from core.http.site_urls import absolute


@require_safe
@conditional_page
def description(request: HttpRequest) -> HttpResponse:
    context = {"page": absolute("/search/"), "feed": absolute("/search/feed"), "icon": absolute("/static/favicon.svg")}
    context["here"] = absolute(request.path)
    kind = "application/opensearchdescription+xml"
    return render(request, "search/results/opensearch.xml", context, content_type=kind)
