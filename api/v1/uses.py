"""How often documents were used, as answers."""

from collections.abc import Sequence

from api.usage.models import UsageCount
from api.v1 import response_types
from api.v1.catalogue import newest_of
from api.v1.pagination import Rows, page_of
from api.v1.parameters import Asked


def uses(asked: Asked) -> Rows:
    """Of every edition of a document that is public, in the order in which they were first used in each month."""
    series = newest_of(asked.place["identifier"]).series
    found = UsageCount.objects.filter(edition__series=series, edition__withdrawn_at=None)

    def draw(rows: Sequence[UsageCount]) -> list[response_types.Use]:
        return [use_row(row) for row in rows]

    return page_of(found.select_related("edition").defer("edition__document"), asked, "pk", draw)


def use_row(row: UsageCount) -> response_types.Use:
    return {
        "month": f"{row.month:%Y-%m}",
        "edition": row.edition.identifier,
        "pages": row.pages,
        "files": row.files,
    }
