"""Which documents of other years a document follows from, and which follow from it."""

from dataclasses import dataclass

from django.db.models import Q

from editions.models import Edition, Relation, RelationKind

KINDS = (RelationKind.CONTINUES, RelationKind.MERGED_INTO)


@dataclass(frozen=True, slots=True)
class Lineage:
    """The newest public editions of the documents before and after one, oldest first."""

    earlier: tuple[Edition, ...]
    later: tuple[Edition, ...]


def lineage_of(series: str) -> Lineage:
    """Two queries. `later continues earlier`, but `earlier merged into later`: the two kinds point opposite ways."""
    rows = Relation.objects.filter(Q(source=series) | Q(target=series), kind__in=KINDS)
    earlier: set[str] = set()
    later: set[str] = set()
    for kind, source, target in rows.values_list("kind", "source", "target"):
        new, old = (source, target) if kind == RelationKind.CONTINUES else (target, source)
        (later if old == series else earlier).add(new if old == series else old)
    editions = Edition.objects.public().current().filter(series__in=earlier | later)
    found = list(editions.defer("document").order_by("year", "series")) if earlier | later else []
    return Lineage(
        tuple(edition for edition in found if edition.series in earlier),
        tuple(edition for edition in found if edition.series in later),
    )
