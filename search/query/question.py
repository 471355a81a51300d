"""A question to the search: text, chosen facets, sort, page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

PAGE_SIZE = 10
DEEPEST = 10_000  # hits a reader can page through; exports go another way


@dataclass(frozen=True, slots=True)
class Question:
    """text: as typed. selected: facet values chosen beside it. within: fixed limits, by raw field.

    language: the reader's, read first. superseded: former editions too. fictitious: invented ones too.
    """

    text: str = ""
    selected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    size: int = PAGE_SIZE
    language: str = "en"
    superseded: bool = False
    fictitious: bool = False
