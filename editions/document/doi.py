"""Digital Object Identifiers as text: read in the spellings that people paste, written as ISO 26324 has them. Pure."""

import re
from urllib.parse import quote

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[!-~]+", re.ASCII)
_BEFORE = re.compile(r"\s*(?:https?://(?:dx\.)?doi\.org/|doi:)?\s*", re.IGNORECASE)


def doi_from(text: str) -> str:
    """The DOI of `https://doi.org/10.1234/A`, `doi:10.1234/A` or `10.1234/a`: 10.1234/a. It has no capitals: two that
    differ in them alone are one. Raises ValueError where the text holds none."""
    found = text[_BEFORE.match(text).end() :].strip().lower()  # type: ignore[union-attr]  # matches everything
    if not _DOI.fullmatch(found):
        raise ValueError(text)
    return found


def doi_address(doi: str) -> str:
    """Where a DOI leads to whatever it names."""
    return f"https://doi.org/{quote(doi, safe='/:;()._-')}"
