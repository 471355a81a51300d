"""Every door for programs, taken from the addresses of the room: open to scripts, closed to what it does not do."""

import re

import pytest
from django.urls import URLPattern

from api.urls import urlpatterns
from bpf_pages.urls import urlpatterns as pages

pytestmark = pytest.mark.django_db
DOORS = [*urlpatterns, *(entry for entry in pages if entry.name == "edition_json")]
WRITES = {"oai": ("POST",)}
KEPT = [entry for entry in DOORS if entry.name not in ("oai", "v1_unknown", "search_file")]
"""All but the one that tells the moment of its answer, the one that answers nothing, and the results of a question,
which are drawn while they are sent: what an index answers changes without a row that tells when."""


def address_of(entry: URLPattern, planted) -> str:
    edition = planted.current
    values = {"year": edition.year, "forum": edition.forum_slug, "document": edition.document_slug,
              "number": edition.number, "identifier": edition.series, "edition": edition.identifier, "form": "bib",
              "slug": "planted-theme"}  # fmt: skip
    if entry.name == "v1_unknown":
        return "/api/v1/nothing"
    question = "?verb=Identify" if entry.name == "oai" else ""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), str(entry.pattern)) + question


@pytest.mark.parametrize("entry", DOORS, ids=lambda entry: entry.name)
def test_door__answers_reading_alike_and_refuses_the_rest(client, planted, entry):
    address = address_of(entry, planted)
    got = client.get(address)
    assert got.status_code == (404 if entry.name == "v1_unknown" else 200)
    body = got.getvalue()
    assert body
    assert got["Access-Control-Allow-Origin"] == "*"
    head = client.head(address)
    assert (head.status_code, head.getvalue()) == (got.status_code, b"")
    assert head.get("ETag") == got.get("ETag") or entry.name == "oai"  # which tells the moment of its answer
    allowed = ", ".join(("GET", "HEAD", "OPTIONS", *WRITES.get(entry.name, ())))
    before = client.options(address)
    assert (before.status_code, before["Access-Control-Allow-Methods"]) == (204, allowed)
    for method in ("post", "put", "patch", "delete"):
        if method.upper() not in allowed:
            refused = getattr(client, method)(address)
            assert (refused.status_code, refused["Allow"]) == (405, allowed), method
            assert refused["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("entry", KEPT, ids=lambda entry: entry.name)
def test_door__tells_whoever_has_it_that_nothing_changed(client, planted, entry):
    address = address_of(entry, planted)
    first = client.get(address)
    first.getvalue()
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
