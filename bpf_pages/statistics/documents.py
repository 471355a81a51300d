"""Documents as they are counted: year, standing and themes of each, without a text."""

from dataclasses import dataclass

from editions.models import EditionQuerySet
from workflow.states import standing


@dataclass(frozen=True, slots=True)
class Document:
    """An edition that stands for its document. themes: slugs."""

    pk: int
    series: str
    year: int
    standing: str
    themes: tuple[str, ...]


def documents_of(editions: EditionQuerySet) -> tuple[list[Document], dict[str, str]]:
    """The documents by year, and the name of each theme as the newest of them froze it. One query."""
    found, names = [], {}
    columns = ("pk", "series", "year", "stage", "metadata__recorded", "metadata__kind", "metadata__themes")
    for pk, series, year, stage, recorded, kind, themes in editions.order_by("year", "pk").values_list(*columns):
        names |= {theme["slug"]: theme["label"] for theme in themes or ()}
        slugs = tuple(theme["slug"] for theme in themes or ())
        found.append(Document(pk, series, year, standing(stage, bool(recorded), kind or ""), slugs))
    return found, names
