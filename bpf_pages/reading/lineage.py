"""Which documents of other years a document follows from, which follow from it, and what an edition corrects."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from core.prepared_queries import prepared
from editions.models import Edition, Relation, RelationKind

KINDS = (RelationKind.CONTINUES, RelationKind.MERGED_INTO)


@dataclass(frozen=True, slots=True)
class Lineage:
    """The newest public editions of the documents before and after one, oldest first. corrected: identifiers of the
    editions that the one that is read corrects."""

    earlier: tuple[Edition, ...]
    later: tuple[Edition, ...]
    corrected: tuple[str, ...]


def lineage_of(edition: Edition) -> Lineage:
    """One query, and one more where there are others. `later continues earlier`, but `earlier merged into later`: the
    two kinds point opposite ways."""
    series, own = edition.series, edition.identifier
    earlier: set[str] = set()
    later: set[str] = set()
    relations = _relations_of(series, own)
    for kind, source, target in (row for row in relations if row[0] in KINDS):
        new, old = (source, target) if kind == RelationKind.CONTINUES else (target, source)
        (later if old == series else earlier).add(new if old == series else old)
    found = _current_of(sorted(earlier | later))
    return Lineage(
        tuple(edition for edition in found if edition.series in earlier),
        tuple(edition for edition in found if edition.series in later),
        tuple(target for kind, source, target in relations if (kind, source) == (RelationKind.CORRECTS, own)),
    )


@prepared
def _relations_of(series: str, edition: str) -> QuerySet[Relation, tuple[str, str, str]]:
    found = Relation.objects.filter(Q(source=series) | Q(target=series) | Q(source=edition))
    return found.filter(kind__in=[*KINDS, RelationKind.CORRECTS]).values_list("kind", "source", "target")


@prepared
def _current_of(series: list[str]) -> QuerySet[Edition]:
    found = Edition.objects.public().current().filter(series__in=series)
    return found.defer("document").order_by("year", "series")
