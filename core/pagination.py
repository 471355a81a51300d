"""The page of a list that an address asks for; `components/pagination.html` draws the links to the others."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

PAGE_SIZE = 20


def page_of(asked: QueryDict, rows: QuerySet[Any] | Sequence[Any], size: int = PAGE_SIZE) -> Page[Any]:
    """What `?page=` asks for; a number that is none gives the first, one too high the last."""
    return Paginator(rows, size).get_page(asked.get("page", "")[:8])
