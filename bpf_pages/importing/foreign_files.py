"""A foreign file is read in a child process on a budget, or refused in words that a person can act on."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bpf_pages.importing.file_to_html import Remark, Unreadable, UnreadableFile
from bpf_pages.importing.html_to_parts import Body, Doubt, Grid, Part, Picture, Quotation, Text
from core import budgeted

FILE_LIMIT = 50_000_000  # bytes; the largest real outcome, with its images, has about 12 million
BUDGET = budgeted.Budget(cpu=5, memory=512 * budgeted.MIB, wall=30.0, answer=100_000_000)
"""A made report of 162 pages takes 1.5 s and 90 MB (tests/bpf_pages/importing/test_budget.py)."""

REFUSALS = {
    Unreadable.FORMAT: _(
        "Only Word documents (.docx), web pages (.html) and plain text (.txt) can be brought in. "
        "In another program, save the document as .docx first."
    ),
    Unreadable.BROKEN: _("The file cannot be read. Open it in the program that wrote it, save it again, and retry."),
    Unreadable.TOO_LARGE: _("The file is too large. Leave out images, or divide it into several documents."),
    Unreadable.TOO_PACKED: _(
        "The file unpacks to far more than a document of its size holds, so it was not read. "
        "Copy the text into a new document, save it, and retry."
    ),
    Unreadable.TOO_COSTLY: _(
        "Reading the file takes too much time or memory, so it was given up, and nothing was brought in. "
        "Divide it into several documents, or copy the text into a new one."
    ),
}
WHYS = {
    "format": Unreadable.FORMAT, "broken": Unreadable.BROKEN, "declares": Unreadable.BROKEN,
    "too deep": Unreadable.BROKEN, "too large": Unreadable.TOO_LARGE, "too packed": Unreadable.TOO_PACKED,
    "time": Unreadable.TOO_COSTLY, "memory": Unreadable.TOO_COSTLY, "answer": Unreadable.TOO_LARGE,
}  # fmt: skip
"""What the child or its limits said."""


def read(name: str, content: bytes) -> tuple[Body, tuple[Remark, ...]]:
    """name: the file's name, whose ending says the format. Raises UnreadableFile."""
    if len(content) > FILE_LIMIT:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    try:
        found, pictures = budgeted.run("bpf_pages.importing.reading_job:read", content, {"name": name}, BUDGET)
    except budgeted.Refused as error:
        raise UnreadableFile(WHYS.get(error.reason, Unreadable.BROKEN)) from error
    except budgeted.OverBudget as error:
        raise UnreadableFile(WHYS.get(error.why, Unreadable.BROKEN)) from error
    parts, at = [], 0
    for told in found["parts"]:
        parts.append(_part(told, pictures, at))
        at += told.get("size", 0)
    doubts = tuple((Doubt(doubt), detail) for doubt, detail in found["doubts"])
    return Body(found["title"], tuple(parts), doubts), tuple(Remark(each) for each in found["remarks"])


def _part(told: dict[str, Any], pictures: bytes, at: int) -> Part:
    match told["kind"]:
        case "Picture":
            return Picture(pictures[at : at + told["size"]], told["alt"])
        case "Text":
            return Text(told["html"])
        case "Quotation":
            return Quotation(told["html"])
    return Grid(told["caption"], tuple(told["headings"]), tuple(tuple(row) for row in told["rows"]))
