"""Facets as a person sees them beside results: values in order, counts, what is chosen."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.languages.template_tags import OWN, tongue
from core.prepared_queries import prepared
from search.facets.definitions import FACETS, NAMES, FacetKind, Text
from search.facets.models import FacetValue

SHOWN = 8
NAMES_IN_LANGUAGES: dict[str, Callable[[str], Mapping[str, str]]] = {}
"""A facet whose values are named by the editions, or "forum" -> what they are called in a language, as far as somebody
said it.

Filled by the room that knows (bpf_pages for themes and forums)."""


@dataclass(frozen=True, slots=True)
class Value:
    value: str
    label: Text
    count: int
    selected: bool
    name: SafeString
    """What a page says: in the reader's language, or marked as being in another."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A facet as it is drawn: every value that some result has, and every chosen one even at zero."""

    kind: FacetKind
    values: tuple[Value, ...] = field(default=())

    @property
    def first(self) -> tuple[Value, ...]:
        """Those shown at once: the chosen, and the foremost others; the rest folds away."""
        return tuple(value for place, value in enumerate(self.values) if place < SHOWN or value.selected)

    @property
    def rest(self) -> tuple[Value, ...]:
        return tuple(value for place, value in enumerate(self.values) if place >= SHOWN and not value.selected)

    @property
    def selected(self) -> tuple[Value, ...]:
        return tuple(value for value in self.values if value.selected)


def choices(counts: Mapping[str, Mapping[str, int]], selected: Mapping[str, Iterable[str]]) -> tuple[Choice, ...]:
    """One query, whatever the number of values; one more where names in the reader's language are known."""
    named = labels_of(facet.name for facet in FACETS if facet.labels is None)
    language = get_language() or OWN
    told = {name: names(language) for name, names in NAMES_IN_LANGUAGES.items() if name in NAMES}
    return tuple(
        _choice(facet, counts.get(facet.name, {}), set(selected.get(facet.name, ())), named, told.get(facet.name, {}))
        for facet in FACETS
    )


def labels_of(names: Iterable[str]) -> dict[tuple[str, str], str]:
    return {(facet, value): label for facet, value, label in _values_of(list(names))}


@prepared
def _values_of(facets: list[str]) -> "QuerySet[FacetValue, tuple[str, str, str]]":
    return FacetValue.objects.filter(facet__in=facets).values_list("facet", "value", "label")


def _choice(
    facet: FacetKind,
    counts: Mapping[str, int],
    chosen: set[str],
    named: Mapping[tuple[str, str], str],
    told: Mapping[str, str],
) -> Choice:
    def label(value: str) -> Text:
        return facet.labels(value) if facet.labels else named.get((facet.name, value), value)

    def name(value: str) -> SafeString:
        if facet.name == "language":
            return tongue(label(value), value)
        if facet.labels:
            return SafeString(escape(label(value)))
        return tongue(told[value], get_language() or OWN) if value in told else tongue(label(value))

    values = [
        Value(value, label(value), counts.get(value, 0), value in chosen, name(value)) for value in {*counts, *chosen}
    ]
    if facet.newest_first:
        values.sort(key=lambda value: value.value, reverse=True)
    else:
        values.sort(key=lambda value: (-value.count, str(value.label)))
    return Choice(facet, tuple(values))
