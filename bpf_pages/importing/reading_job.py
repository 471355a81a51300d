"""A file into the parts of a body, in the child of core.budgeted: what is foreign is parsed here and nowhere else."""

from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from bpf_pages.importing.file_to_html import SUFFIXES, Format, UnreadableFile, read_file
from bpf_pages.importing.html_to_parts import Part, Picture, parts_of
from core.archives import check
from core.budgeted_child import No

MOST_PARTS = 20_000  # blocks of a body; a report of 162 pages has about 300
MOST_PICTURES = 300


def read(content: bytes, *, name: str) -> tuple[dict[str, Any], bytes]:
    """{title, parts, doubts, remarks}; the bytes of the pictures follow each other. Raises No."""
    if SUFFIXES.get(PurePath(name.lower()).suffix) == Format.WORD:
        check(content)
    try:
        found = read_file(name, content)
        body = parts_of(found.html)
    except UnreadableFile as error:
        raise No(str(error.why)) from error
    except RecursionError as error:
        raise No("too deep") from error
    pictures = [part.content for part in body.parts if isinstance(part, Picture)]
    if len(body.parts) > MOST_PARTS or len(pictures) > MOST_PICTURES:
        raise No("too large", f"{len(body.parts)} parts, {len(pictures)} images")
    return {
        "title": body.title, "parts": [_told(part) for part in body.parts], "doubts": list(body.doubts),
        "remarks": list(found.remarks),
    }, b"".join(pictures)  # fmt: skip


def _told(part: Part) -> dict[str, Any]:
    if isinstance(part, Picture):
        return {"kind": "Picture", "size": len(part.content), "alt": part.alt}
    return {"kind": type(part).__name__} | asdict(part)
