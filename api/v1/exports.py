"""The catalogue whole, as files: drawn while they are sent, so that none is kept and none can be out of date.

What is withdrawn is in no file from that moment on. The same filters as for the list of documents.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max
from django.http import HttpResponseBase, StreamingHttpResponse

from api.v1 import response_types
from api.v1.catalogue import changed, selected
from api.v1.parameters import Asked
from api.v1.serializers import BASE, document_row, edition_row, passage_row
from core.spreadsheets import csv_lines
from editions.document import json_form
from editions.models import Edition, EditionQuerySet, Relation

CHUNK = 200  # editions read at a time
CSV_COLUMNS = (
    "identifier", "edition", "title", "subtitle", "year", "forum", "forum_title", "kind", "stage", "language", "themes",
    "authors", "published_at", "changed_at", "original_date", "original_address", "recorded", "fictitious",
    "project_summary", "sha256", "page", "summary",
)  # fmt: skip


def documents_csv(found: EditionQuerySet) -> Iterator[bytes]:
    rows = (cells(edition) for edition in found.current().order_by("series").iterator(CHUNK))
    yield from (line.encode() for line in csv_lines(CSV_COLUMNS, rows))


def cells(edition: Edition) -> list[Any]:
    """The values of CSV_COLUMNS."""
    row = document_row(edition)
    original = row["original"]
    told = {
        **row,
        "forum": row["forum"]["slug"],
        "forum_title": row["forum"]["title"],
        "themes": "; ".join(theme["label"] for theme in row["themes"]),
        "authors": "; ".join(row["authors"]),
        "original_date": original["date"] if original else "",
        "original_address": original["address"] if original else "",
        "sha256": edition.sha256,
        "page": row["links"]["page"],
    }
    return [told[name] for name in CSV_COLUMNS]


def documents_jsonl(found: EditionQuerySet) -> Iterator[bytes]:
    return _lines(document_row(edition) for edition in found.current().order_by("series").iterator(CHUNK))


def editions_jsonl(found: EditionQuerySet) -> Iterator[bytes]:
    return _lines(edition_row(edition) for edition in found.order_by("series", "number").iterator(CHUNK))


def passages_jsonl(found: EditionQuerySet) -> Iterator[bytes]:
    for edition in found.order_by("series", "number").iterator(CHUNK):
        rows = edition.passages.order_by("ordinal").iterator(CHUNK)
        told: Iterator[response_types.ExportedPassage] = (
            {"edition": edition.identifier, **passage_row(edition, row)} for row in rows
        )
        yield from _lines(told)


def _lines(rows: Iterable[Any]) -> Iterator[bytes]:
    return (json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def sha256sums(found: EditionQuerySet) -> Iterator[bytes]:
    """For `sha256sum --check` beside the unpacked ZIP. The hashes are those of the editions themselves."""
    for name, digest in found.order_by("series", "number").values_list("identifier", "sha256").iterator(CHUNK):
        yield f"{digest}  {_file_of(name)}\n".encode()


def _file_of(identifier: str) -> str:
    return f"documents/{identifier}.json"


class _Sink:
    """A file that only takes: what was written so far is taken out to be sent."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None: ...

    def taken(self) -> bytes:
        data, self.pieces = b"".join(self.pieces), []
        return data


def editions_zip(found: EditionQuerySet) -> Iterator[bytes]:
    """Every edition's text as canonical JSON, the metadata, and the list of hashes that covers the texts."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for edition in found.defer(None).order_by("series", "number").iterator(20):
            archive.writestr(_entry(_file_of(edition.identifier), edition), json_form.canonical_bytes(edition.content))
            yield sink.taken()
        for name, lines in (("metadata.jsonl", editions_jsonl), ("SHA256SUMS", sha256sums)):
            with archive.open(_entry(name), "w") as member:
                for line in lines(found):
                    member.write(line)
            yield sink.taken()
    yield sink.taken()


def _entry(name: str, edition: Edition | None = None) -> zipfile.ZipInfo:
    """Dated by the publication, so that the same library gives the same bytes."""
    moment = edition.published_at.timetuple()[:6] if edition else (1980, 1, 1, 0, 0, 0)
    entry = zipfile.ZipInfo(name, moment)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


# --- the table ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Export:
    """name: of the file, and the last part of its address. row: the shape of a line, where lines are JSON."""

    name: str
    about: str
    content_type: str
    pieces: Callable[[EditionQuerySet], Iterable[bytes]]
    row: Any = None

    @property
    def template(self) -> str:
        return f"{BASE}export/{self.name}"


JSON_LINES = "application/jsonl"
EXPORTS = (
    Export("documents.csv", "Documents, one line each, for a spreadsheet.", "text/csv; charset=utf-8", documents_csv),
    Export(
        "documents.jsonl", "Documents, one JSON object a line.", JSON_LINES, documents_jsonl, response_types.Document
    ),
    Export(
        "editions.jsonl", "Public editions, one JSON object a line.", JSON_LINES, editions_jsonl, response_types.Edition
    ),
    Export(
        "passages.jsonl", "The text of public editions, one JSON object a passage.", JSON_LINES, passages_jsonl,
        response_types.ExportedPassage,
    ),
    Export("editions.zip", "Public editions as JSON, with metadata and hashes.", "application/zip", editions_zip),
    Export(
        "SHA256SUMS", "The hashes of the texts in the ZIP, for sha256sum --check.", "text/plain; charset=utf-8",
        sha256sums,
    ),
)  # fmt: skip


def sent(export: Export, asked: Asked) -> HttpResponseBase:
    response = StreamingHttpResponse(
        export.pieces(selected(Edition.objects.all(), asked.values)), content_type=export.content_type
    )
    response["Content-Disposition"] = f'attachment; filename="bpf-{export.name}"'
    response["ETag"] = f'W/"{_state(asked)}"'
    return response


def _state(asked: Asked) -> str:
    """Of everything a file is drawn from: another state is another file. Weak: no byte was looked at."""
    relations = Relation.objects.aggregate(Count("pk"), Max("pk"))
    facts = [asked.path, sorted(asked.given.items()), str(changed()), *relations.values(), response_types.SHAPE_VERSION]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
