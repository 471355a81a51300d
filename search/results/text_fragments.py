"""Links that have the browser mark the words of the question where they lead. Pure.

A text directive (WICG, "Text Fragments") stands behind the anchor of the paragraph, so that the page, its address and
every cache of it stay the same. Each word is named with those around it: a directive marks the first place that fits,
wherever in the page. A browser that knows no directives takes the whole for the name of a place; those that people use
know them.
"""

from collections.abc import Sequence
from urllib.parse import quote

AROUND = 3  # words before and behind
NEAR = 60  # characters of them: some scripts know no blanks
MOST = 4  # places that are marked
LONGEST = 300  # characters of a directive
Span = tuple[int, int]


def directive(text: str, places: Sequence[Span]) -> str:
    """`:~:text=…` for the marked places of a paragraph, "" where there are none."""
    found: list[str] = []
    for start, end in places:
        start, end = _whole_words(text, start, end)
        before = _encoded(" ".join(text[:start].split()[-AROUND:])[-NEAR:])
        behind = _encoded(" ".join(text[end:].split()[:AROUND])[:NEAR])
        said = f"text={before + '-,' if before else ''}{_encoded(text[start:end])}{',-' + behind if behind else ''}"
        if len(said) <= LONGEST and said not in found:
            found.append(said)
    return f":~:{'&'.join(found[:MOST])}" if found else ""


def _whole_words(text: str, start: int, end: int) -> Span:
    """A directive matches from the beginning of a word to the end of one: what clings to a word goes with it."""
    while start and _clings(text[start - 1]):
        start -= 1
    while end < len(text) and _clings(text[end]):
        end += 1
    return start, end


def _clings(letter: str) -> bool:
    return not letter.isspace() and not "\u3000" <= letter <= "\uffef"  # scripts without blanks


def _encoded(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")
