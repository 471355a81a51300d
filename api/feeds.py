"""Atom feeds of editions: an entry is an edition, for ever at its own address. What is withdrawn leaves at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from api.doors import door
from consultation.views.feeds import MOST, Entry, atom
from editions.document import SectionKind
from editions.models import Edition, EditionQuerySet, Passage
from workflow.states import State


@dataclass(frozen=True, slots=True)
class Feed:
    """One line of the page that lists the feeds. example: whether the address stands for many of its kind."""

    title: str
    address: str
    about: str
    example: bool = False


def feeds() -> list[Feed]:
    return [
        Feed(_("New outcomes"), "/feeds/outcomes.atom", _("Every outcome and recorded output, the newest first.")),
        Feed(_("New editions"), "/feeds/editions.atom", _("Drafts for comment too.")),
        Feed(_("What stays open"), "/feeds/open-questions.atom", _("Open questions that the newest editions state.")),
        Feed(_("Open calls for comment"), "/open-calls.atom", _("What can be commented on now.")),
        Feed(_("Open calls for comment"), "/open-calls.ics", _("The same for a calendar program (iCalendar).")),
        *_examples(),
    ]


def _examples() -> Iterator[Feed]:
    """Addresses that stand for many, from the newest edition, so that they lead somewhere in every library."""
    newest = _real().order_by("-published_at", "-pk").defer("document").first()
    if newest is None:
        return
    for theme in newest.metadata["themes"][:1]:
        yield Feed(_("A theme"), f"/feeds/themes/{theme['slug']}.atom", _("Its editions of every year."), example=True)
    yield Feed(_("A year"), f"/feeds/{newest.year}.atom", _("The editions of its forums."), example=True)
    yield Feed(_("A forum"), f"/feeds/{newest.year}/{newest.forum_slug}.atom", _("Its editions."), example=True)
    yield Feed(_("A search"), "/search/feed?q=spam", _("What it finds, whenever that changes."), example=True)


@door()
def index(request: HttpRequest) -> HttpResponse:
    trail = [(_("Home"), "/"), (_("Feeds"), request.path)]
    return render(request, "api/feeds.html", {"feeds": feeds(), "breadcrumb": trail})


@door()
def outcomes(request: HttpRequest) -> HttpResponse:
    return _feed(request, "/library/", _("New outcomes"), _real().filter(stage=State.FINAL))


@door()
def editions(request: HttpRequest) -> HttpResponse:
    return _feed(request, "/library/", _("New editions"), _real())


@door()
def open_questions(request: HttpRequest) -> HttpResponse:
    """An entry is a paragraph that states a question, at its lasting address."""
    found = Passage.objects.stating(SectionKind.OPEN_QUESTION, _real().current())
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
    return atom(request.path, "/open-questions/", _("What stays open"), entries)


@door()
def of_theme(request: HttpRequest, slug: str) -> HttpResponse:
    found = _real().of_theme(slug)
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


def _real() -> EditionQuerySet:
    """Public editions of no invented forum."""
    return Edition.objects.public().real()


def _feed(request: HttpRequest, page: str, title: str, found: EditionQuerySet) -> HttpResponse:
    newest = found.order_by("-published_at", "-pk").defer("document")[:MOST]
    return atom(request.path, page, title, _entries(newest))


def _entries(found: Iterable[Edition]) -> Iterable[Entry]:
    for edition in found:
        stage = State(edition.stage).label
        yield Entry(
            address=edition.permanent_address,
            title=_("%(title)s (%(stage)s, edition %(number)d)")
            % {"title": edition.title, "stage": stage, "number": edition.number},
            updated=edition.published_at,
            text=edition.metadata.get("summary", ""),
            author="; ".join(edition.metadata["authors"]),
            language=edition.language,
        )
