"""What forums found and recommended, in a few passages of their main documents."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, F, Q, Value, When, Window
from django.db.models.functions import RowNumber

from bpf_pages.listings.documents import current_editions
from core.languages.template_tags import OWN
from editions.document.model import SectionKind
from editions.models import Edition, Passage
from editions.translations import told_in

MOST = 3
MAIN = "outcome"  # slug of a forum's main document (bpf_pages.models.outcome.MAIN_DOCUMENT, a concept above)
TELLING = (
    SectionKind.FINDING,
    SectionKind.RECOMMENDATION,
    SectionKind.PRACTICE,
    SectionKind.CHALLENGE,
    SectionKind.DEFINITION,
)
"""Parts that answer what a forum said, the most telling first."""


@dataclass(frozen=True, slots=True)
class Statements:
    """The main document of a forum, without its text; what is shown of it, itself or its translation; and the most
    telling passages of that, in that order."""

    edition: Edition
    shown: Edition
    passages: tuple[Passage, ...]


def of_forums(
    places: Iterable[tuple[int, str]], most: int = MOST, language: str = OWN
) -> dict[tuple[int, str], Statements]:
    """By (year, forum slug), in a language where a document has a translation into it. Three queries at most, whatever
    the number of forums and the length of their documents."""
    main = _main_documents(set(places))
    told = told_in(language, main.values())
    shown = {place: told.get(edition.series, edition) for place, edition in main.items()}
    found: dict[int, list[Passage]] = {}
    for passage in _passages([edition.pk for edition in shown.values()], most):
        found.setdefault(passage.edition_id, []).append(passage)
    return {
        place: Statements(edition, shown[place], tuple(found.get(shown[place].pk, ())))
        for place, edition in main.items()
    }


def _main_documents(places: set[tuple[int, str]]) -> dict[tuple[int, str], Edition]:
    """The outcome, or the first document where a forum has no single one."""
    if not places:
        return {}
    wanted = Q()
    for year, slug in places:
        wanted |= Q(year=year, forum_slug=slug)
    found: dict[tuple[int, str], Edition] = {}
    for edition in current_editions().filter(wanted).order_by("pk"):
        place = (edition.year, edition.forum_slug)
        if place not in found or edition.document_slug == MAIN:
            found[place] = edition
    return found


def _passages(editions: list[int], most: int) -> Iterable[Passage]:
    order = Case(*(When(section=kind.value, then=Value(place)) for place, kind in enumerate(TELLING)))
    own = Passage.objects.filter(edition__in=editions, section__in=[kind.value for kind in TELLING], number__gt=0)
    rank = Window(RowNumber(), partition_by=F("edition_id"), order_by=(order, F("ordinal")))
    return own.annotate(rank=rank).filter(rank__lte=most).order_by("edition", "rank")
