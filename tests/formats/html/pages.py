"""Web pages for the readers' tests, read with every word accounted for."""

from pathlib import Path

from formats import html
from tests.formats.accounting import unaccounted

HERE = Path(__file__).parent
CASES = HERE.parent / "cases"
DIALECTS = HERE / "dialects"


def read(text):
    content = text if isinstance(text, bytes) else text.encode()
    draft = html.read(content, "file.html")
    assert unaccounted(html.words(content), draft) == ""
    return draft


def blocks(text):
    return read(text).document.blocks
