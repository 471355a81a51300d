"""Blocks of the sample library's documents, as StreamField stores them."""

from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bpf_pages.conversion.block_keys import keyed

FIELDS = {"practice": ("what", "where", "who", "result"), "recommendation": ("addressee",), "dissent": ("held_by",)}


def uuid(name: str) -> str:
    """The same block has the same id in every copy of the library."""
    return str(uuid5(NAMESPACE_URL, f"bpf-library/{name}"))


def block(kind: str, name: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "id": uuid(f"{name}/{kind}"), "value": value}


def text(name: str, html: str) -> dict[str, Any]:
    return block("text", name, keyed(html))


def person(name: str, role: str, organisation: str = "") -> dict[str, str]:
    return {"name": name, "role": role, "organisation": organisation, "stakeholder_group": ""}


def stated(name: str, number: int, kind: str, title: str, paragraph: str) -> dict[str, Any]:
    """A typed block with one paragraph. Fields that only some kinds have, such as a practice's place, stay empty."""
    own = f"{name}/said/{number}"
    body = [{"type": "text", "id": uuid(f"{own}/text"), "value": keyed(paragraph)}]
    return block(kind, own, {"title": title, "body": body} | dict.fromkeys(FIELDS.get(kind, ()), ""))


def references(name: str, sources: tuple[str, ...]) -> dict[str, Any]:
    entries = [
        {"id": uuid(f"{name}/source/{n}"), "type": "item", "value": keyed(_reference(source))}
        for n, source in enumerate(sources)
    ]
    return block("references", name, {"title": "Public sources of these facts", "entries": entries})


def _reference(address: str) -> str:
    return f'<p><a href="{escape(address)}">{escape(address)}</a></p>'
