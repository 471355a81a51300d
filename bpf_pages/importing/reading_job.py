"""A file into the parts of a body, in a child on a budget: what is foreign is parsed here and nowhere else."""

from dataclasses import asdict
from typing import Any

from bpf_pages.importing.parts import Body, body_of
from core.budgets.archives import check
from core.budgets.budgeted_child import No
from formats.draft import LeftOut, ReviewNote, UnreadableFile
from formats.reading import read as read_file

MOST_PARTS = 20_000  # blocks of a body; a report of 162 pages has about 300
MOST_PICTURES = 300
MOST_TOLD = 2_000  # findings, remarks and stretches left out that are told one by one; the ledger counts all
LONGEST_TOLD = 2_000  # letters of one of them
LONGEST_LEFT_OUT = 20_000  # letters of a stretch that can be taken in after all; of a longer one its beginning is told


def read(content: bytes, *, name: str) -> tuple[dict[str, Any], bytes]:
    """{title, parts, findings, left_out, notes, ledger, language, pages, pictures}; the bytes of the pictures follow
    each other, pictures says of each its name and size. Raises No."""
    if content.startswith(b"PK"):
        check(content)
    try:
        draft, ledger = read_file(name, content)
        body = body_of(draft.document)
    except UnreadableFile as error:
        raise No(str(error.why)) from error
    except RecursionError as error:
        raise No("too deep") from error
    if len(body.parts) > MOST_PARTS or len(draft.pictures) > MOST_PICTURES:
        raise No("too large", f"{len(body.parts)} parts, {len(draft.pictures)} images")
    return {
        "title": draft.document.title,
        "subtitle": draft.document.subtitle,
        "language": draft.language,
        "pages": len(draft.pages),
        "parts": [{"kind": type(part).__name__} | asdict(part) for part in body.parts],
        "findings": [[str(each.doubt), each.detail[:LONGEST_TOLD]] for each in draft.findings[:MOST_TOLD]],
        "left_out": [_left_out(each, body) for each in draft.left_out[:MOST_TOLD]],
        "notes": [_note(each, body) for each in draft.review_notes[:MOST_TOLD]],
        "equations": [[each.text, each.source[:LONGEST_TOLD]] for each in draft.equations[:MOST_TOLD]],
        "ledger": ledger.as_json(),
        "pictures": [[picture.name, len(picture.content)] for picture in draft.pictures],
    }, b"".join(picture.content for picture in draft.pictures)


def _left_out(left: LeftOut, body: Body) -> dict[str, Any]:
    """part, at: where the block begins before which it stood; None where it has no place. whole: all of its text."""
    part, at = body.places.get(left.key, (None, 0))
    whole = len(left.text) <= LONGEST_LEFT_OUT
    text = left.text if whole else left.text[:LONGEST_TOLD]
    return {"reason": str(left.reason), "text": text, "place": left.place, "part": part, "at": at, "whole": whole}


def _note(note: ReviewNote, body: Body) -> dict[str, Any]:
    """place: the number of the part it stands at; None where that is not known."""
    at = note.at.isoformat() if note.at else ""
    said = note.text[:LONGEST_TOLD]
    part, _start = body.places.get(note.key, (None, 0))
    return {"kind": str(note.kind), "text": said, "author": note.author, "at": at, "place": part}
