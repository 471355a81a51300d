"""Blocks of the sample library's documents, as StreamField stores them."""

from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bpf_pages.conversion.block_keys import keyed
from bpf_pages.sample.catalogue import Record


def uuid(name: str) -> str:
    """The same block has the same id in every copy of the library."""
    return str(uuid5(NAMESPACE_URL, f"bpf-library/{name}"))


def block(kind: str, name: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "id": uuid(f"{name}/{kind}"), "value": value}


def text(name: str, html: str) -> dict[str, Any]:
    return block("text", name, keyed(html))


def person(name: str, role: str, organisation: str = "") -> dict[str, str]:
    return {"name": name, "role": role, "organisation": organisation, "stakeholder_group": ""}


def people(name: str, record: Record) -> dict[str, Any]:
    people = [
        {"id": uuid(f"{name}/person/{n}"), "type": "item", "value": person(each.name, each.role)}
        for n, each in enumerate(record.people)
    ]
    title = "People of this forum, as publicly recorded"
    return block("contributors", name, {"title": title, "body": [], "people": people})


def references(name: str, sources: tuple[str, ...]) -> dict[str, Any]:
    entries = [
        {"id": uuid(f"{name}/source/{n}"), "type": "item", "value": keyed(f"<p>{escape(source)}</p>")}
        for n, source in enumerate(sources)
    ]
    return block("references", name, {"title": "Public sources of these facts", "entries": entries})
