"""Short forms that a text explains where it first uses them: "Internet Exchange Point (IXP)". Pure.

The rule is that of A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text", PSB 2003, pp. 451-462: the letters of the short form occur in the long form in order, the first of
them at the beginning of a word.
"""

import re
from collections.abc import Iterable, Iterator

from editions.document.passages import Passage

_BRACKETED = re.compile(r"\(([^\W\d_][\w&/.-]{1,9})\)")


def explained(passages: Iterable[Passage]) -> dict[str, str]:
    """short form -> long form, the first explanation of each."""
    found: dict[str, str] = {}
    for passage in passages:
        for short, long in pairs(passage.text):
            found.setdefault(short, long)
    return found


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """(short form, long form) of every explanation in a text. A short form has two capitals at least."""
    for match in _BRACKETED.finditer(text):
        short = match[1]
        if sum(char.isupper() for char in short) < 2:
            continue
        words = text[: match.start()].split()
        most = min(len(short) + 5, 2 * len(short))
        if long := _long_form(short, " ".join(words[-most:])):
            yield short, long


def _long_form(short: str, before: str) -> str:
    """The shortest end of `before` that holds the letters of the short form in order, or ""."""
    place = len(before) - 1
    letters = [char.lower() for char in short if char.isalnum()]
    for index in range(len(letters) - 1, -1, -1):
        while place >= 0 and (
            before[place].lower() != letters[index] or (index == 0 and place > 0 and before[place - 1].isalnum())
        ):
            place -= 1
        if place < 0:
            return ""
        place -= 1
    long = before[place + 1 :]
    return long if len(long) > len(short) and short not in long else ""
