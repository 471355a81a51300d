"""Sheets and files of fictitious catalogues of 2099."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from bpf_pages.catalogues import services
from bpf_pages.catalogues.columns import COLUMNS
from bpf_pages.models.catalogue import Catalogue
from bpf_pages.tree.past_outputs import loader
from core.spreadsheets import to_csv

ROW = {
    "year": "2099", "forum": "Tides and cables", "theme": "Cables", "title": "What cables need", "kind": "",
    "date": "2099-11-20", "language": "en", "state": "recorded final",
    "people": "Facilitator: Ada Fictiva (Lamp League); Rapporteur: Bo Fictivo",
    "source": "https://example.org/cables", "file": "cables.txt",
}  # fmt: skip
TEXT = b"What cables need\n================\n\nCables lie deep in the harbour of 2099.\n"


def sheet(*rows: Mapping[str, str]) -> bytes:
    """CSV of ROW, once for each of `rows`, with what that changes."""
    filled = [ROW | dict(row) for row in rows]
    return to_csv([column.heading for column in COLUMNS], [[row[c.name] for c in COLUMNS] for row in filled])


def begun(*rows: Mapping[str, str], files: Mapping[str, bytes] | None = None, **more: Any) -> Catalogue:
    """A catalogue that was checked."""
    user = more.pop("user", None) or loader()
    catalogue = services.begin("outputs.csv", sheet(*rows), user=user, at=timezone.now(), **more)
    given = {"cables.txt": TEXT} if files is None else files
    services.add_files(catalogue, [(name, ContentFile(content)) for name, content in given.items()])
    services.look_through(catalogue, timezone.now())
    return catalogue


def brought_in(*rows: Mapping[str, str], **more: Any) -> Catalogue:
    catalogue = begun(*rows, **more)
    services.start(catalogue)
    services.go_on(catalogue)
    return catalogue


def told(catalogue: Catalogue) -> list[tuple[str, list[str]]]:
    """State and codes of the problems of each row."""
    return [(row.state, [code for code, _detail in row.problems]) for row in catalogue.rows.all()]


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def written(folder: Path, rows: list[Mapping[str, str]], files: Mapping[str, bytes]) -> Path:
    """The sheet and the files in a folder. Answers the path of the sheet."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    path = folder / "outputs.csv"
    path.write_bytes(sheet(*rows))
    return path
