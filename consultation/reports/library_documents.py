"""The documents of the library as they are counted: year, standing and themes of each, and what they leave open."""

from collections import Counter
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Max, Sum

from editions.document.model import OPEN_KINDS
from editions.models import Edition, EditionQuerySet, Passage
from workflow.states import standing

KEPT_S = 3600
"""Seconds for which what was read is kept: 10,000 documents take 0.4 s to read, and home draws the map of them."""

NO_THEME = ""

Names = dict[str, str]
"""The name of each theme by its slug, as the newest document froze it."""


@dataclass(frozen=True, slots=True)
class Document:
    """The newest public edition of a document. themes: slugs."""

    pk: int
    series: str
    year: int
    standing: str
    themes: tuple[str, ...]


def public_documents(fictitious: bool = False) -> tuple[list[Document], Names]:
    """All documents by year, with the names of their themes; a translation is not counted beside its original.
    fictitious: those of 2099 too.

    Kept under what stands in public, so that it is read anew when anything was published, moved or withdrawn.
    """
    editions = Edition.objects.public().current().originals()
    if not fictitious:
        editions = editions.real()
    stands = editions.order_by().aggregate(Count("pk"), Max("pk"), Sum("pk"), Max("standing_at"))
    key = f"public-documents:{fictitious}:{':'.join(str(value).replace(' ', 'T') for value in stands.values())}"
    found: tuple[list[Document], Names] | None = cache.get(key)
    if found is None:
        found = _read(editions)
        cache.set(key, found, timeout=KEPT_S)
    return found


def _read(editions: EditionQuerySet) -> tuple[list[Document], Names]:
    found: list[Document] = []
    names: Names = {}
    columns = ("pk", "series", "year", "stage", "metadata__recorded", "metadata__kind", "metadata__themes")
    for pk, series, year, stage, recorded, kind, themes in editions.order_by("year", "pk").values_list(*columns):
        names |= {theme["slug"]: theme["label"] for theme in themes or ()}
        slugs = tuple(theme["slug"] for theme in themes or ())
        found.append(Document(pk, series, year, standing(stage, bool(recorded), kind or ""), slugs))
    return found, names


def left_open(documents: list[Document]) -> Counter[tuple[str, str]]:
    """(theme, kind of block) to how many passages state what is open; those of a document with two themes count for
    both."""
    themes = {document.pk: document.themes or (NO_THEME,) for document in documents}
    kinds = [kind.value for kind in OPEN_KINDS]
    stated = Passage.objects.filter(section__in=kinds, number__gt=0, edition__is_current=True)
    counts: Counter[tuple[str, str]] = Counter()
    for edition, section, count in stated.order_by().values_list("edition", "section").annotate(Count("pk")):
        for slug in themes.get(edition, ()):
            counts[slug, section] += count
    return counts


def by_theme(documents: list[Document]) -> Counter[tuple[str, int]]:
    """(theme, year) to how many documents there are; one of two themes counts for both."""
    return Counter((slug, each.year) for each in documents for slug in each.themes or (NO_THEME,))


def by_year(documents: list[Document]) -> Counter[tuple[int, str]]:
    """(year, standing) to how many documents there are."""
    return Counter((each.year, each.standing) for each in documents)
