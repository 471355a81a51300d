"""Atom feeds of editions: an entry is an edition, for ever at its own address. What is withdrawn leaves at once."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from api.feeds.overview import feeds, real_editions
from api.http import door
from core.atom import MOST, Entry, atom
from editions.document.model import SectionKind
from editions.models import Edition, EditionQuerySet, Passage
from workflow.states import State, standing, standing_words


@door(for_people=True)
def index(request: HttpRequest) -> HttpResponse:
    trail = [(_("Home"), "/"), (_("Feeds"), request.path)]
    return render(request, "api/feeds/feeds.html", {"feeds": feeds(), "breadcrumb": trail})


@door()
def outcomes(request: HttpRequest) -> HttpResponse:
    return _feed(request, "/library/", _("New outcomes"), real_editions().filter(stage=State.FINAL))


@door()
def editions(request: HttpRequest) -> HttpResponse:
    return _feed(request, "/library/", _("New editions"), real_editions())


@door()
def open_questions(request: HttpRequest) -> HttpResponse:
    """An entry is a paragraph that states a question, at its lasting address."""
    found = Passage.objects.stating(SectionKind.OPEN_QUESTION, real_editions().current())
    newest = found.order_by("-edition__published_at", "ordinal")
    entries = [
        Entry(
            address=passage.address,
            title=f"{passage.edition.title} ¶ {passage.number}",
            updated=passage.edition.published_at,
            text=passage.text,
            author="; ".join(passage.edition.metadata["authors"]),
            language=passage.language,
        )
        for passage in newest[:MOST]
    ]
    return atom(request.path, "/open-questions/", _("Open questions"), entries)


@door()
def of_theme(request: HttpRequest, slug: str) -> HttpResponse:
    found = real_editions().of_theme(slug)
    newest = found.order_by("-published_at").first()
    if newest is None:
        raise Http404
    label = next(theme["label"] for theme in newest.metadata["themes"] if theme["slug"] == slug)
    return _feed(request, f"/themes/{slug}/", label, found)


@door()
def of_year(request: HttpRequest, year: int) -> HttpResponse:
    found = Edition.objects.public().filter(year=year)
    if not found.exists():
        raise Http404
    return _feed(request, f"/library/{year}/", _("Best Practice Forums of %d") % year, found)


@door()
def of_forum(request: HttpRequest, year: int, forum: str) -> HttpResponse:
    found = Edition.objects.public().filter(year=year, forum_slug=forum)
    newest = found.order_by("-published_at").first()
    if newest is None:
        raise Http404
    return _feed(request, f"/library/{year}/{forum}/", newest.metadata["forum"]["title"], found)


def _feed(request: HttpRequest, page: str, title: str, found: EditionQuerySet) -> HttpResponse:
    newest = found.order_by("-published_at", "-pk").defer("document")[:MOST]
    return atom(request.path, page, title, _entries(newest))


def _entries(found: Iterable[Edition]) -> Iterable[Entry]:
    for edition in found:
        metadata = edition.metadata
        stage = standing_words(standing(edition.stage, metadata["recorded"], metadata["kind"]))
        yield Entry(
            address=edition.permanent_address,
            title=_("%(title)s (%(stage)s, edition %(number)d)")
            % {"title": edition.title, "stage": stage, "number": edition.number},
            updated=edition.published_at,
            text=metadata.get("summary", ""),
            author="; ".join(metadata["authors"]),
            language=edition.language,
        )
