"""Which way a language is written, and what keeps its order in a text that runs the other way."""

import re
from collections.abc import Iterator

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "dv", "ku", "yi"})

LEFT_TO_RIGHT = re.compile(
    r"(?<![0-9A-Za-z@/:._+-])(?:(?:https?://|www\.)[!-~]*[0-9A-Za-z/=&#_~-]"
    r"|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:/[0-9]{1,3})?"  # IPv6
    r"|\+?(?:\([0-9]{1,6}\)[ \u00a0-]?)?[0-9](?:[0-9\u00a0 ./-]|\([0-9]{1,4}\)){4,}[0-9]"  # telephone, date, IPv4
    r")(?![A-Za-z0-9])"
)
"""Addresses, dates, numbers with signs in them, whose parts would change places by the rules of UAX 9."""


def direction_of(language: str) -> str:
    """`rtl` or `ltr` for a BCP 47 language tag; the primary subtag decides."""
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def ordered_parts(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of what reads from left to right in a right-to-left text: an author would have to isolate it."""
    return (match.span() for match in LEFT_TO_RIGHT.finditer(text))


def stretches(text: str) -> Iterator[tuple[str, bool]]:
    """A right-to-left text in its parts, each with whether it keeps an order of its own."""
    end = 0
    for start, stop in ordered_parts(text):
        if end < start:
            yield text[end:start], False
        yield text[start:stop], True
        end = stop
    if end < len(text):
        yield text[end:], False
