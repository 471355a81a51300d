"""Suggestions while somebody types, and documents like one that was read."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_safe

from core.languages.addresses import in_language
from editions.models import Edition
from search.engines import registry as engines
from search.engines.base import Unavailable
from search.suggestions.autocomplete import suggest
from search.suggestions.more_like_this import more_like


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    language = get_language() or "en"
    found = suggest(request.GET.get("q", ""), language)
    said = ngettext("%d suggestion", "%d suggestions", len(found)) % len(found)
    rows = [{"text": one.text, "kind": str(one.kind), "url": in_language(one.url, language)} for one in found]
    return JsonResponse({"suggestions": rows, "said": said})


@require_safe
def like(request: HttpRequest, identifier: str) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.public(), identifier=identifier)
    try:
        hits = more_like(engines.all_engines()[0], edition.identifier)
    except Unavailable:
        hits = []
    return render(request, "search/suggestions/more_like_this.html", {"edition": edition, "hits": hits})
