"""The search page and what belongs to it, for people and for programs."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from editions.models import Edition
from search import asked_log, engines, parameters, presenting, services
from search.engines.base import Unavailable
from search.examples import examples
from search.feed import atom
from search.likeness import more_like
from search.naming import in_words
from search.suggesting import suggest

FEED_SIZE = 50


def language() -> str:
    return get_language() or "en"


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """A page past the end is not found, plainly; every other address is answered."""
    asked = parameters.from_address(request.GET)
    found = services.search(asked.question(language()))
    if asked.page > found.pages:
        raise Http404
    if asked.page == 1 and asked.text:
        asked_log.note_question(found)
    return render(request, "search/results.html", presenting.context(asked, found))


@require_safe
def results_feed(request: HttpRequest) -> HttpResponse:
    asked = parameters.from_address(request.GET)
    question = replace(asked.question(language()), sort="newest", page=1, size=FEED_SIZE)
    page = asked.address(reverse("search:results"))
    feed = atom(request, services.search(question), in_words(asked), page)
    return HttpResponse(feed, content_type="application/atom+xml")


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    found = suggest(request.GET.get("q", ""), language())
    said = ngettext("%d suggestion", "%d suggestions", len(found)) % len(found)
    rows = [{"text": one.text, "kind": str(one.kind), "url": one.url} for one in found]
    return JsonResponse({"suggestions": rows, "said": said})


@require_safe
def like(request: HttpRequest, identifier: str) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.public(), identifier=identifier)
    try:
        hits = more_like(engines.all_engines()[0], edition.identifier)
    except Unavailable:
        hits = []
    return render(request, "search/like.html", {"edition": edition, "hits": hits})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "search/help.html", {"examples": examples()})


@csrf_exempt  # counts a number up; nothing of a session is touched
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """A result was opened. Says nothing back, whatever was sent."""
    rank = request.POST.get("rank", "")
    if rank.isascii() and rank.isdecimal() and len(rank) < 6:
        asked_log.note_opened(request.POST.get("q", ""), int(rank))
    return HttpResponse(status=204)
