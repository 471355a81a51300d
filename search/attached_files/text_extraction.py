"""The text of a PDF file, page by page: by poppler's pdftotext, else by pdfminer.six. No Django, no database.

Whoever uploads a file may have made it to break its readers: both run as processes of their own, for a limited time.
pypdf lost an eighth of the words of a report of 114 pages, and is not used.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

TIMEOUT_S = 180  # pdfminer.six took 12 s for 114 pages
PAGE_END = "\f"
ROOT = Path(__file__).resolve().parents[2]


class Unreadable(Exception):
    """No text can be had from the file; the message says why, in the reader's own words."""


def pages_of(path: Path) -> tuple[str, list[str]]:
    """(name of the reader, text of each page from the first, "" for a page without text). Raises Unreadable.

    Blanks and line ends become single spaces. Nothing is cut, however long.
    """
    tool = shutil.which("pdftotext")
    command = [tool, "-enc", "UTF-8", str(path), "-"] if tool else [sys.executable, "-m", __name__, str(path)]
    text = _run(command)
    pages = text.split(PAGE_END)
    return "pdftotext" if tool else "pdfminer.six", [_tidy(page) for page in pages[:-1]]


def _run(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_S, check=False, cwd=ROOT)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"not read within {TIMEOUT_S} seconds") from error
    except OSError as error:
        raise Unreadable(str(error)) from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise Unreadable(said[-1][:300] if said else f"the reader ended with {done.returncode}")
    return done.stdout.decode(errors="replace")


def _tidy(page: str) -> str:
    return " ".join(page.replace("\0", " ").split())


def by_pdfminer(path: str) -> Iterator[str]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextContainer

    for layout in extract_pages(path):
        yield " ".join(part.get_text() for part in layout if isinstance(part, LTTextContainer)).replace(PAGE_END, " ")


if __name__ == "__main__":
    for page in by_pdfminer(sys.argv[1]):
        sys.stdout.buffer.write(f"{page}{PAGE_END}".encode(errors="replace"))
