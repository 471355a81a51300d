"""The search page and what belongs to it, for people and for programs."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.answering.answer import search
from search.query import parameters
from search.query.description import in_words
from search.query_log import services as query_log
from search.results import page_context
from search.results.feed import atom
from search.results.help_examples import examples

FEED_SIZE = 50


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """A page past the end is not found, plainly; every other address is answered."""
    asked = parameters.from_address(request.GET)
    found = search(asked.question(get_language() or "en"))
    if asked.page > found.pages:
        raise Http404
    if asked.page == 1 and asked.text:
        query_log.note_question(found.query.text, engine=found.engine, results=found.total)
    return render(request, "search/results/results.html", page_context.context(asked, found))


@require_safe
def results_feed(request: HttpRequest) -> HttpResponse:
    asked = parameters.from_address(request.GET)
    question = replace(asked.question(get_language() or "en"), sort="newest", page=1, size=FEED_SIZE)
    page = asked.address(reverse("search:results"))
    feed = atom(request, search(question), in_words(asked), page)
    return HttpResponse(feed, content_type="application/atom+xml")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "search/results/help.html", {"examples": examples()})
