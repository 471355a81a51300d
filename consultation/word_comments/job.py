"""Reads a reviewed Word file in the child process of `core.budgets`. Pure."""

from dataclasses import asdict
from typing import Any

from core.budgets.budgeted_child import No
from formats.docx.comments import Remark
from formats.docx.tracked_changes import Review, Reviewed, Shape, review
from formats.draft import UnreadableFile
from formats.mail.attached import first_attached

PACKED = b"PK"  # how a Word file begins


def read(content: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        found = review(content)
    except UnreadableFile as error:
        raise No(str(error.why)) from error
    return asdict(found), b""


def read_sent(content: bytes) -> tuple[dict[str, Any], bytes]:
    """A Word file, or a mail that one is attached to: with the name of the file and who sent the mail when."""
    if content.startswith(PACKED):
        return read(content)
    try:
        found = first_attached(content, ".docx")
    except UnreadableFile as error:
        raise No(str(error.why)) from error
    answer, body = read(found.content)
    at = found.mail.written_at
    return answer | {"name": found.name, "from": found.mail.headers.get("From", ""), "at": str(at or "")}, body


def review_of(found: dict[str, Any]) -> Review:
    """What the child said, as `review` gives it."""
    paragraphs = tuple(Reviewed(**one | _plain(one)) for one in found["paragraphs"])
    return Review(paragraphs, tuple(found["lost"]), found["formatting"], found["pictures"])


def _plain(one: dict[str, Any]) -> dict[str, Any]:
    """What JSON knows no word for."""
    return {
        "bookmarks": tuple(one["bookmarks"]),
        "authors": tuple(one["authors"]),
        "remarks": tuple(Remark(**remark) for remark in one["remarks"]),
        "shape": Shape(one["shape"]),
    }
