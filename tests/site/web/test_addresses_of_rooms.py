"""The addresses of documents are looked for first, so none of them may be an address of another room."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern

EXAMPLES = {
    "int": "2099",
    "slug": "lamp-rooms",
    "path": "lamp/rooms",
    "str": "lamps",
    "uuid": f"{'0' * 8}-0000-4000-8000-{'0' * 12}",
}
BELOW = ("gate", "mail", "workflow", "search", "pdf", "api", "consultation")


def addresses(patterns: list[Any], beginning: str = "") -> Iterator[str]:
    for each in patterns:
        address = beginning + re.sub(r"<(?:(\w+):)?\w+>", lambda found: EXAMPLES[found[1] or "str"], str(each.pattern))
        if hasattr(each, "url_patterns"):
            yield from addresses(each.url_patterns, address)
        else:
            yield address


@pytest.mark.parametrize("room", BELOW)
def test_address_of_another_room__is_none_of_a_document(room: str) -> None:
    documents = URLResolver(RegexPattern(r"^/"), "bpf_pages.urls")
    assert documents.resolve("/library/2099/lamps/rooms/").view_name == "document"
    found = list(addresses(import_module(f"{room}.urls").urlpatterns))
    assert found
    for address in found:
        with pytest.raises(Resolver404):
            documents.resolve(f"/{address}")
