"""The text of a PDF file, page by page: by poppler's pdftotext, else by pdfminer.six. No Django, no database.

Whoever uploads a file may have made it to break its readers: both run as children of core.budgets.budgeted.
pypdf lost an eighth of the words of a report of 114 pages, and is not used.
"""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

from core.budgets import budgeted

BUDGET = budgeted.Budget(cpu=60, memory=1024 * budgeted.MIB, wall=180.0, answer=50 * budgeted.MIB)
"""pdfminer.six took 12 s for 114 pages. No person waits: the clock reads."""
PAGE_END = "\f"


class Unreadable(Exception):
    """No text can be had from the file; the message says why, in the reader's own words."""


def pages_of(path: Path) -> tuple[str, list[str]]:
    """(name of the reader, text of each page from the first, "" for a page without text). Raises Unreadable.

    Blanks and line ends become single spaces. Nothing is cut, however long: a file with too much is not read at all.
    """
    tool = shutil.which("pdftotext")
    try:
        if tool:
            text = budgeted.run_program([tool, "-enc", "UTF-8", str(path), "-"], BUDGET)
        else:
            _nothing, text = budgeted.run(f"{__name__}:by_pdfminer", path.read_bytes(), {}, BUDGET)
    except budgeted.OverBudget as error:
        raise Unreadable(str(error)) from error
    pages = text.decode(errors="replace").split(PAGE_END)
    return "pdftotext" if tool else "pdfminer.six", [_tidy(page) for page in pages[:-1]]


def _tidy(page: str) -> str:
    return " ".join(page.replace("\0", " ").split())


def by_pdfminer(content: bytes) -> tuple[None, bytes]:
    """In the child: the text of all pages, PAGE_END after each."""
    return None, "".join(f"{page}{PAGE_END}" for page in _read_by_pdfminer(content)).encode(errors="replace")


def _read_by_pdfminer(content: bytes) -> Iterator[str]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextContainer

    for layout in extract_pages(io.BytesIO(content)):
        yield " ".join(part.get_text() for part in layout if isinstance(part, LTTextContainer)).replace(PAGE_END, " ")
