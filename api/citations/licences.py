"""The address of a licence that an edition states in words: programs know licences by their addresses. Pure."""

import re

_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:)]")
_CREATIVE_COMMONS = re.compile(
    r"\b(?:CC|Creative Commons)[ -]+(?P<kind>BY(?:-NC)?(?:-SA|-ND)?)[ -]+(?P<version>[1-4]\.[05])(?P<igo>[ -]IGO)?\b",
    re.IGNORECASE,
)
_PUBLIC_DOMAIN = re.compile(r"\bCC0(?:[ -]1\.0)?\b", re.IGNORECASE)


def licence_address(words: str) -> str:
    """The address that stands in the words, or that of the Creative Commons licence they name; "" for all others."""
    if found := _ADDRESS.search(words):
        return found[0]
    if found := _CREATIVE_COMMONS.search(words):
        country = "igo/" if found["igo"] else ""
        return f"https://creativecommons.org/licenses/{found['kind'].lower()}/{found['version']}/{country}"
    return "https://creativecommons.org/publicdomain/zero/1.0/" if _PUBLIC_DOMAIN.search(words) else ""
