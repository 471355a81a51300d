"""Forums, documents, editions, passages and themes as answers. Read from editions, and from nothing else."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Max
from django.http import Http404

from api.http import Withdrawn, still_public
from api.v1 import response_types
from api.v1.pagination import Rows, cut, page_of
from api.v1.parameters import Asked
from api.v1.serializers import document_row, edition_name, edition_row, forum_row, passage_row, relations_of, theme_row
from editions.models import Edition, EditionQuerySet
from editions.models import Passage as PassageRow


def changed() -> datetime | None:
    """When anything public last changed: a withdrawal is a change too, so this never goes back."""
    moment: datetime | None = Edition.objects.aggregate(last=Max("standing_at"))["last"]
    return moment


# --- what is found ------------------------------------------------------------------------------------------------


def selected(editions: EditionQuerySet, values: Any) -> EditionQuerySet:
    """Public editions by the filters of a list. The invented year is left out unless it is asked for."""
    found = editions.public().with_dois().defer("document")
    columns = {"year": "year", "forum": "forum_slug", "stage": "stage", "language": "language",
               "kind": "metadata__kind", "changed_since": "standing_at__gte"}  # fmt: skip
    for name, column in columns.items():
        if (value := values.get(name)) is not None:
            found = found.filter(**{column: value})
    if (theme := values.get("theme")) is not None:
        found = found.of_theme(theme)
    return found if values.get("year") is not None else found.real()


def edition_of(identifier: str) -> Edition:
    """Raises Http404 and Withdrawn."""
    return still_public(Edition.objects.filter(identifier=identifier).with_dois().defer("document").first())


def newest_of(series: str) -> Edition:
    """The newest public edition of a document. Raises Http404 and Withdrawn."""
    editions = Edition.objects.filter(series=series).with_dois().defer("document")
    newest = editions.current().first()
    if newest is None:
        last = editions.order_by("-number").first()
        if last is None:
            raise Http404
        raise Withdrawn(series, last)
    return newest


# --- answers ------------------------------------------------------------------------------------------------------


def documents(asked: Asked) -> Rows:
    found = selected(Edition.objects.current(), asked.values)
    return page_of(found, asked, "series", lambda rows: [document_row(row) for row in rows])


def document(asked: Asked) -> response_types.WholeDocument:
    newest = newest_of(asked.place["identifier"])
    editions = Edition.objects.filter(series=newest.series).public().defer("document").order_by("number")
    names = [newest.series, *(edition.identifier for edition in editions)]
    return {
        **document_row(newest),
        "editions": [edition_name(edition) for edition in editions],
        "relations": relations_of(*names),
    }


def edition(asked: Asked) -> response_types.Edition:
    return edition_row(edition_of(asked.place["edition"]))


def passages(asked: Asked) -> Rows:
    found = edition_of(asked.place["edition"])

    def draw(rows: Sequence[PassageRow]) -> list[response_types.Passage]:
        return [passage_row(found, row) for row in rows]

    return page_of(found.passages.all(), asked, "ordinal", draw)


def forums(asked: Asked) -> Rows:
    found = selected(Edition.objects.current(), asked.values)
    rows = found.order_by().values_list("year", "forum_slug").annotate(Max("pk"), Count("pk"))
    counted = {(year, slug): (newest, count) for year, slug, newest, count in rows}
    page = cut(list(counted), asked, lambda place: f"{place[0]}-{place[1]}")
    editions = Edition.objects.defer("document").in_bulk([counted[place][0] for place in page.items])
    items = [forum_row(editions[counted[place][0]], counted[place][1]) for place in page.items]
    return Rows(page.total, items, page.next)


def forum(asked: Asked) -> response_types.Forum:
    """Raises Http404: a forum none of whose documents is public is not known here."""
    current = Edition.objects.current().filter(year=asked.place["year"], forum_slug=asked.place["forum"])
    newest = current.defer("document").order_by("-pk").first()
    if newest is None:
        raise Http404
    return forum_row(newest, current.count())


def themes(asked: Asked) -> Rows:
    lists = selected(Edition.objects.current(), {}).order_by("pk").values_list("metadata__themes", flat=True)
    found = [theme for themes in lists for theme in themes]
    labels = {theme["slug"]: theme["label"] for theme in found}
    counts = Counter(theme["slug"] for theme in found)
    page = cut(list(labels), asked, str)
    return Rows(page.total, [theme_row(slug, labels[slug], counts[slug]) for slug in page.items], page.next)
