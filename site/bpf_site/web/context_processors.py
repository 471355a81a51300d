"""Context that every public page needs."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from bpf_pages.tree.menus import navigation_entries


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The entries of masthead and foot; asked of the database only by a template that shows them."""
    return {"navigation": SimpleLazyObject(navigation_entries)}
