"""What facet values are called, kept in rows when an edition is written into an index."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify

from editions.models import Edition
from search.facets.models import FacetValue


def name_facet_values(editions: Iterable[Edition]) -> None:
    labels: dict[tuple[str, str], str] = {}
    for edition in editions:
        labels |= facet_labels(edition)
    FacetValue.objects.bulk_create(
        [FacetValue(facet=facet, value=value, label=label[:300]) for (facet, value), label in labels.items()],
        update_conflicts=True,
        unique_fields=["facet", "value"],
        update_fields=["label"],
    )


def facet_labels(edition: Edition) -> dict[tuple[str, str], str]:
    """(facet, value) to label, of the values whose names only the edition knows."""
    metadata = edition.metadata
    meeting = metadata["meeting"]
    labels = {("theme", theme["slug"]): theme["label"] for theme in metadata["themes"]}
    labels["meeting", meeting_value(metadata)] = f"{meeting['city']} {meeting['year']}".strip()
    labels["forum", forum_value(edition)] = f"{metadata['forum']['title']} ({edition.year})"
    return labels


def meeting_value(metadata: dict[str, Any]) -> str:
    """`istanbul-2014`"""
    meeting = metadata["meeting"]
    return slugify(f"{meeting['city']} {meeting['year']}")


def forum_value(edition: Edition) -> str:
    """`2014/spam`"""
    return f"{edition.year}/{edition.forum_slug}"
