"""A draft drawn as the public would see it, for editors only. Nothing is written but what drawing a page writes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from editions.services import Draft


def serve_draft(request: HttpRequest, draft: Draft, mode: str) -> HttpResponse:
    return render(request, "bpf_pages/draft.html", {"draft": draft, "document": draft.document})
