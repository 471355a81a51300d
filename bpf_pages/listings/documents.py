"""What the pages of the tree list: editions, counted and cut into pages, never with their texts."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultation.periods.models import Period
from consultation.periods.services import is_commentable
from editions.models import Edition, EditionQuerySet
from workflow.states import Recorded, State, standing

NEWEST = 6
OPEN_CALLS = 4
CLOSED_CALLS = 2
MOST_CALLS = 40
"""So many are looked at to show the first four: a call may be open by its dates and its document moved on."""

Breadcrumb = list[tuple[str | Promise, str]]


def current_editions() -> EditionQuerySet:
    """The newest public edition of each document, without its text: a list shows titles and summaries.

    Translations stand on the page of their original, and in the search.
    """
    return Edition.objects.public().current().originals().defer("document")


def is_outcome(edition: Edition) -> bool:
    """Whether a document is what a forum concluded with, here or elsewhere: no draft, part, report or plan."""
    told = standing(edition.stage, bool(edition.metadata.get("recorded")), edition.metadata.get("kind", ""))
    return told in {State.FINAL, Recorded.OUTCOME}


def newest() -> EditionQuerySet:
    return current_editions().order_by("-published_at", "-year", "series")


def open_calls(now: datetime) -> list[Period]:
    """Calls on which everybody may comment, the next to close first. Each with its edition, without the text."""
    found = Period.objects.kept().open_at(now).filter(edition__withdrawn_at=None)
    found = found.with_edition().order_by("closes", "pk")
    return [period for period in found[:MOST_CALLS] if is_commentable(period, now)][:OPEN_CALLS]


def lately_closed_calls(now: datetime) -> list[Period]:
    """The calls that closed last, for whoever wants to know what became of a comment. As open_calls gives them."""
    found = Period.objects.kept().over_at(now).filter(edition__withdrawn_at=None)
    return list(found.with_edition().order_by("-closes", "-pk")[:CLOSED_CALLS])


def of_forum(year: int, slug: str) -> EditionQuerySet:
    """Documents of a forum, its main outcome first."""
    return current_editions().filter(year=year, forum_slug=slug).order_by("series")


def documents_per_year() -> dict[int, int]:
    rows = current_editions().order_by().values_list("year").annotate(Count("pk"))
    return dict(rows)


def documents_per_forum(years: Iterable[int]) -> dict[tuple[int, str], int]:
    """(year, forum slug) to the number of its public documents."""
    found = current_editions().filter(year__in=set(years)).order_by()
    return {(year, slug): count for year, slug, count in found.values_list("year", "forum_slug").annotate(Count("pk"))}


def breadcrumb(*steps: tuple[str | Promise, str]) -> Breadcrumb:
    return [(_("Home"), "/"), *steps]
