"""Atom feeds of editions: an entry is an edition, for ever at its own address. What is withdrawn leaves at once."""

from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from api.feeds.overview import feeds, real_editions
from api.feeds.pages import live_page_at
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
    def label(newest: Edition) -> str:
        return next(str(theme["label"]) for theme in newest.metadata["themes"] if theme["slug"] == slug)

    return _of_page(request, f"/themes/{slug}/", Edition.objects.real().of_theme(slug), label)


@door()
def of_year(request: HttpRequest, year: int) -> HttpResponse:
    found = Edition.objects.filter(year=year)
    return _of_page(request, f"/library/{year}/", found, lambda newest: _("Best Practice Forums of %d") % year)


@door()
def of_forum(request: HttpRequest, year: int, forum: str) -> HttpResponse:
    found = Edition.objects.filter(year=year, forum_slug=forum)
    page = f"/library/{year}/{forum}/"
    return _of_page(request, page, found, lambda newest: str(newest.metadata["forum"]["title"]))


def _of_page(
    request: HttpRequest, address: str, found: EditionQuerySet, title: Callable[[Edition], str]
) -> HttpResponse:
    """The feed of a page, by what its newest public edition calls it. While nothing is public, or not any more, it is
    empty, as long as the page stands or anything stood there: who follows it must not be told that it is gone."""
    public = found.public()
    newest = public.order_by("-published_at").defer("document").first()
    if newest:
        return _feed(request, address, title(newest), public)
    page = live_page_at(address)
    if page is None and not found.exists():
        raise Http404
    return _feed(request, address, page.title if page else address.strip("/").split("/")[-1], public)


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
