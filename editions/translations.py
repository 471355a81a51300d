"""Translations: which editions say in another language what one says, and which it says itself.

A translation is a document of its own with editions of its own, and each names the edition that it translates: in its
metadata, and by a relation that the step made which published it (docs/adr/0135).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from core.prepared_queries import prepared
from editions.document.identifiers import split
from editions.models import Edition, Relation, RelationKind


@dataclass(frozen=True, slots=True)
class Translated:
    """What a translation translates. original: that edition, perhaps withdrawn, without its text. newest: the newest
    public edition of the same document, None where there is none."""

    original: Edition
    newest: Edition | None

    @property
    def is_behind(self) -> bool:
        """Whether the original has a newer edition than the one that was translated."""
        return self.newest is not None and self.newest.number > self.original.number


def translations_of(editions: Iterable[Edition]) -> list[Edition]:
    """The current public editions that translate any of these, by language. One query, without texts."""
    return _translating([edition.identifier for edition in editions])


@prepared
def _translating(names: list[str]) -> QuerySet[Edition]:
    relations = Relation.objects.filter(kind=RelationKind.TRANSLATES, target__in=names)
    found = Edition.objects.public().current().filter(identifier__in=relations.values("source"))
    return found.defer("document").order_by("language", "series")


def told_in(language: str, editions: Iterable[Edition]) -> dict[str, Edition]:
    """Series of an original -> its current public translation into a language: what a list shows in its place.

    One query, without texts; none where every document is in that language. A translation stands in the forum of its
    original, and may be of an earlier edition of it.
    """
    foreign = {each.series: (each.year, each.forum_slug) for each in editions if each.language != language}
    if not foreign:
        return {}
    forums = Q()
    for year, slug in set(foreign.values()):
        forums |= Q(year=year, forum_slug=slug)
    found = Edition.objects.public().current().translations().filter(forums, language=language).defer("document")
    told = {split(each.metadata.get("translation_of", ""))[0]: each for each in found.order_by("series")}
    return {series: each for series, each in told.items() if series in foreign}


def translated(name: str) -> Translated | None:
    """name: identifier of the edition that a text says it translates, "" for what is no translation. One query or two;
    none where there is no name."""
    original = Edition.objects.defer("document").filter(identifier=name).first() if name else None
    if original is None:
        return None
    newest = original if original.is_current else None
    if newest is None:
        newest = Edition.objects.filter(series=original.series).public().current().defer("document").first()
    return Translated(original, newest)
