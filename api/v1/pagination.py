"""Lists in pages. A page begins behind a key, never at a count: what changes meanwhile moves no row over the edge."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from api.v1.json_schema import Schema
from api.v1.parameters import Asked, Parameter, number
from core.http.site_urls import absolute

MOST_ROWS = 200
"""Rows on a page that may be asked for."""
ROWS = 50
"""Rows on a page where nothing is asked."""

SIZE = Parameter("size", f"Rows on a page, {ROWS} unless given.", *number(1, MOST_ROWS), default=ROWS)


def after(key: tuple[Schema, Callable[[str], Any]]) -> Parameter:
    """Where a page begins: behind the row with this key. Keys never change, so no row is lost or given twice."""
    return Parameter("after", "Begin behind the row with this key: links.next has it.", *key)


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of a list. total: of the whole list. next: the key behind which the next page begins, or None."""

    total: int
    items: list[Any]
    next: Any = None


def page_of(found: QuerySet[Any], asked: Asked, key: str, draw: Callable[[Sequence[Any]], list[Any]]) -> Rows:
    """A page of rows by their key, a column whose values are unique among them. draw: rows to items."""
    total = found.count()
    if (start := asked.values["after"]) is not None:
        found = found.filter(**{f"{key}__gt": start})
    size = asked.values["size"]
    rows = list(found.order_by(key)[: size + 1])
    return Rows(total, draw(rows[:size]), getattr(rows[size - 1], key) if len(rows) > size else None)


def cut(items: Sequence[Any], asked: Asked, key: Callable[[Any], Any]) -> Rows:
    """The same of a short list that is at hand."""
    start, size = asked.values["after"], asked.values["size"]
    ordered = sorted(items, key=key)
    left = [item for item in ordered if start is None or key(item) > start]
    return Rows(len(items), left[:size], key(left[size - 1]) if len(left) > size else None)


def address_of(asked: Asked, **changes: Any) -> str:
    """The address that was asked, absolute, with some parameters changed."""
    query = urlencode({name: value for name, value in (dict(asked.given) | changes).items() if value not in (None, "")})
    return absolute(f"{asked.path}?{query}" if query else asked.path)


def drawn(rows: Rows, asked: Asked) -> dict[str, Any]:
    return {
        "total": rows.total,
        "items": rows.items,
        "links": {
            "self": address_of(asked),
            "next": address_of(asked, after=rows.next) if rows.next is not None else None,
        },
    }
