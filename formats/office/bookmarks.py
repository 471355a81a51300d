"""Bookmarks that name the passages of an edition in an office file, so that they are found again in one that comes
back. Pure.

A key of a passage is too long for a bookmark, of which Word takes 40 letters, digits and underscores at most. So a
bookmark holds the beginning of the key's SHA-256; who has the keys of an edition finds each by it.
"""

import hashlib
import re
from collections.abc import Iterable

BEGINNING = "passage_"
_DIGITS = 32
_NAME = re.compile(rf"{BEGINNING}[0-9a-f]{{{_DIGITS}}}")


def bookmark_of(key: str) -> str:
    """At most 40 characters, begins with a letter."""
    return BEGINNING + hashlib.sha256(key.encode()).hexdigest()[:_DIGITS]


def is_bookmark_of_passage(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def keys_by_bookmark(keys: Iterable[str]) -> dict[str, str]:
    return {bookmark_of(key): key for key in keys}
