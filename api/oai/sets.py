"""OAI-PMH: which editions are records, and the sets of years and themes they stand in."""

import re
from collections.abc import Iterator

from editions.models import Edition, EditionQuerySet


def records() -> EditionQuerySet:
    """Every edition ever published, but those of the fictitious year. Withdrawn ones are deleted records for ever."""
    return Edition.objects.real().with_dois()


def sets_of(edition: Edition) -> Iterator[str]:
    yield f"year:{edition.year}"
    yield from (f"theme:{theme['slug']}" for theme in edition.metadata["themes"])


def all_sets() -> Iterator[tuple[str, str]]:
    """(spec, name) of every year and theme that has records."""
    yield "year", "Years"
    for year in records().order_by("year").values_list("year", flat=True).distinct():
        yield f"year:{year}", str(year)
    yield "theme", "Themes"
    lists = records().values_list("metadata__themes", flat=True)
    themes = {theme["slug"]: theme["label"] for themes in lists for theme in themes}
    yield from ((f"theme:{slug}", themes[slug]) for slug in sorted(themes))


def in_set(found: EditionQuerySet, spec: str) -> EditionQuerySet:
    kind, _, name = spec.partition(":")
    if kind == "year":
        if not name:
            return found
        return found.filter(year=int(name)) if re.fullmatch(r"\d{4}", name) else found.none()
    if kind != "theme":
        return found.none()
    if not name:
        return found.exclude(metadata__themes=[])
    return found.of_theme(name)
