"""The mark of a wording that somebody wrote while somebody else changed the same paragraph. Pure.

It stands in the text itself, so that it survives every editor and every copy; no edition is made while one is left.
"""

import re

_MARK = re.compile(r"⟦[^⟦⟧]{0,400}⟧ ?")
_BRACKETS = str.maketrans("⟦⟧", "[]")


def mark(who: str) -> str:
    """who: name and moment, in words. At the head of the wording, a blank between."""
    return f"⟦{who.translate(_BRACKETS)[:400]}⟧ "


def is_marked(text: str) -> bool:
    return _MARK.search(text) is not None


def unmarked(text: str) -> str:
    """The same text or markup without marks."""
    return _MARK.sub("", text)
