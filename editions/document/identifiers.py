"""Identifiers: `BPF-<year>-<FORUM>[-<DOCUMENT>]-E<n>`. Pure.

The part before `-E<n>` names the document over all its editions and is called its series here.
"""

import re

CODE = re.compile(r"[A-Z0-9]{2,24}")
"""A forum or document code: capitals and digits, no hyphen, so that an identifier can be taken apart again."""

_LOOSE = re.compile(r"^bpf(\d{4})([a-z0-9]{2,48}?)(?:e(\d{1,4}))?$")
_EXACT = re.compile(r"^(BPF-\d{4}-[A-Z0-9]{2,24}(?:-(?!E[1-9]\d{0,3}$)[A-Z0-9]{2,24})?)(?:-E([1-9]\d{0,3}))?$")


LONGEST_CODE = 24
"""Characters of a code: it is printed on every page."""


def code_from(slug: str) -> str:
    """The code a slug gives: `gender-abuse` -> `GENDERABUSE`, at most LONGEST_CODE characters."""
    return re.sub(r"[^A-Z0-9]", "", slug.upper())[:LONGEST_CODE]


def numbered_slug(slug: str, number: int) -> str:
    """The slug for the number-th document that is called alike: `lamps`, `lamps-2`, `lamps-3`.

    A code is cut, so a long slug is cut first: the number is in the code too, and every number gives another code.
    """
    return slug if number == 1 else slug_with(slug, str(number))


def slug_with(slug: str, ending: str) -> str:
    """The slug with an ending that is in its code too: `lamps`, `fr` -> `lamps-fr`."""
    return f"{_shortened(slug, LONGEST_CODE - len(ending))}-{ending}"


def _shortened(slug: str, letters: int) -> str:
    """The beginning of a slug whose code has at most so many letters and digits: whole words, if one fits."""
    words, kept = slug.split("-"), ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word
        if len(longer.replace("-", "")) > letters:
            return kept or word[:letters]
        kept = longer
    return kept


def series_of(year: int, forum_code: str, document_code: str = "") -> str:
    return "-".join(part for part in (f"BPF-{year}", forum_code, document_code) if part)


def identifier_of(series: str, number: int) -> str:
    return f"{series}-E{number}"


def split(identifier: str) -> tuple[str, int | None]:
    """(series, edition number or None) of an exactly spelled identifier. Raises ValueError for anything else."""
    match = _EXACT.match(identifier)
    if not match:
        raise ValueError(identifier)
    return match[1], int(match[2]) if match[2] else None


def squeeze(text: str) -> str:
    """An identifier without case and separators, for comparing: `bpf 2015 spam e2` -> `bpf2015spame2`."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def looks_like(text: str) -> bool:
    """Whether text, in any spelling, could be an identifier."""
    return len(text) <= 140 and _LOOSE.match(squeeze(text)) is not None
