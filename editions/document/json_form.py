"""The neutral document as JSON, as canonical bytes and as a hash. Pure.

The JSON form is a public contract; `JSON_VERSION` rises with every change of shape (docs/adr/0003).
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from editions.document.model import (
    Block,
    Detail,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Mark,
    Note,
    Paragraph,
    Quote,
    Row,
    Run,
    Runs,
    Section,
    SectionKind,
    Table,
)

JSON_VERSION = 1


class DocumentError(Exception):
    """Root of every error this module raises."""


class UnreadableDocument(DocumentError):
    """JSON that is not a document of a known version. `reason` says what is wrong."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _run_json(run: Run) -> dict[str, Any]:
    data: dict[str, Any] = {"text": run.text}
    if run.marks:
        data["marks"] = sorted(run.marks)
    for name in ("href", "language", "note"):
        if value := getattr(run, name):
            data[name] = value
    return data


def _runs_json(runs: Runs) -> list[dict[str, Any]]:
    return [_run_json(run) for run in runs]


def _item_json(item: Item) -> dict[str, Any]:
    data: dict[str, Any] = {"key": item.key, "runs": _runs_json(item.runs)}
    if item.items:
        data |= {"ordered": item.ordered, "items": [_item_json(child) for child in item.items]}
    return data


def _block_json(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"type": "heading", "key": block.key, "level": block.level, "runs": _runs_json(block.runs)}
        case Paragraph():
            return {"type": "paragraph", "key": block.key, "runs": _runs_json(block.runs)}
        case ListBlock():
            items = [_item_json(item) for item in block.items]
            return {"type": "list", "key": block.key, "ordered": block.ordered, "items": items}
        case Table():
            rows = [{"key": row.key, "cells": [_runs_json(cell) for cell in row.cells]} for row in block.rows]
            heads = {"header_rows": block.header_rows, "header_column": block.header_column}
            return {"type": "table", "key": block.key, "caption": _runs_json(block.caption), "rows": rows} | heads
        case Figure():
            image = {name: getattr(block, name) for name in ("source", "alt", "width", "height", "digest")}
            return {"type": "figure", "key": block.key, "caption": _runs_json(block.caption)} | image
        case Quote():
            data = {"type": "quote", "key": block.key, "runs": _runs_json(block.runs)}
            return data | ({"attribution": _runs_json(block.attribution)} if block.attribution else {})
        case Section():
            details = [{"key": d.key, "name": d.name, "runs": _runs_json(d.runs)} for d in block.details]
            return {
                "type": "section",
                "key": block.key,
                "kind": str(block.kind),
                "title": _runs_json(block.title),
                "details": details,
                "blocks": [_block_json(child) for child in block.blocks],
            }


def to_json(document: Document) -> dict[str, Any]:
    """The document as JSON-ready plain data; `from_json` is its inverse."""
    return {
        "version": JSON_VERSION,
        "title": document.title,
        "subtitle": document.subtitle,
        "language": document.language,
        "direction": document.direction,
        "blocks": [_block_json(block) for block in document.blocks],
        "notes": [{"key": note.key, "runs": _runs_json(note.runs)} for note in document.notes],
    }


def from_json(data: Mapping[str, Any]) -> Document:
    """Read a document back. Raises UnreadableDocument for another version or a broken shape."""
    if data.get("version") != JSON_VERSION:
        raise UnreadableDocument(f"document version {data.get('version')!r} is not known")
    try:
        return Document(
            title=data["title"],
            subtitle=data["subtitle"],
            language=data["language"],
            blocks=_read_blocks(data["blocks"]),
            notes=tuple(Note(note["key"], _read_runs(note["runs"])) for note in data["notes"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableDocument(f"{type(error).__name__}: {error}") from error


def _read_runs(data: list[dict[str, Any]]) -> Runs:
    return tuple(
        Run(
            run["text"],
            frozenset(Mark(mark) for mark in run.get("marks", ())),
            run.get("href", ""),
            run.get("language", ""),
            run.get("note", ""),
        )
        for run in data
    )


def _read_item(data: dict[str, Any]) -> Item:
    children = tuple(_read_item(child) for child in data.get("items", ()))
    return Item(data["key"], _read_runs(data["runs"]), children, data.get("ordered", False))


def _read_blocks(data: list[dict[str, Any]]) -> tuple[Block, ...]:
    return tuple(_read_block(block) for block in data)


def _read_block(data: dict[str, Any]) -> Block:
    key = data["key"]
    match data["type"]:
        case "heading":
            return Heading(key, data["level"], _read_runs(data["runs"]))
        case "paragraph":
            return Paragraph(key, _read_runs(data["runs"]))
        case "list":
            return ListBlock(key, data["ordered"], tuple(_read_item(item) for item in data["items"]))
        case "table":
            rows = tuple(Row(row["key"], tuple(_read_runs(cell) for cell in row["cells"])) for row in data["rows"])
            return Table(key, _read_runs(data["caption"]), rows, data["header_rows"], data["header_column"])
        case "figure":
            image = {name: data[name] for name in ("source", "alt", "width", "height", "digest")}
            return Figure(key=key, caption=_read_runs(data["caption"]), **image)
        case "quote":
            return Quote(key, _read_runs(data["runs"]), _read_runs(data.get("attribution", [])))
        case "section":
            details = tuple(Detail(d["key"], d["name"], _read_runs(d["runs"])) for d in data["details"])
            title = _read_runs(data["title"])
            return Section(key, SectionKind(data["kind"]), title, details, _read_blocks(data["blocks"]))
        case other:
            raise UnreadableDocument(f"unknown block type {other!r}")


def _nfc(value: Any) -> Any:
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case list():
            return [_nfc(item) for item in value]
        case dict():
            return {key: _nfc(item) for key, item in value.items()}
    return value


def canonical_bytes(document: Document) -> bytes:
    """The one byte form of a document: JSON, UTF-8, NFC, sorted keys, no spaces. The hash is taken over these."""
    return json.dumps(_nfc(to_json(document)), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(document: Document) -> str:
    """Hexadecimal SHA-256 of `canonical_bytes`."""
    return hashlib.sha256(canonical_bytes(document)).hexdigest()
