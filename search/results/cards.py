"""What an answer is made of: results, cards of documents, places in their text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from search.query.parser import Query
from search.query.question import DEEPEST, Question
from search.results.highlight import Marked


@dataclass(frozen=True, slots=True)
class Place:
    """A passage that matches: where it is, and its text escaped and marked.

    file: title of the attached file whose page it is, its number then being the page's; "" for a passage of the text.
    original: that file is the document as published.
    """

    anchor: str
    number: int
    url: str
    path: tuple[str, ...]
    section: str
    language: str
    snippet_html: Marked
    snippet: str
    file: str = ""
    original: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One edition found. more: passages that match besides the `places` shown. data: as `records.card_of` made it."""

    data: dict[str, Any]
    score: float
    title_html: Marked
    summary_html: Marked
    places: tuple[Place, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Results:
    """counts: facet to value to number of documents.

    did_you_mean: the question with its unknown words replaced, or "". degraded: the first engine did not answer.
    """

    question: Question
    query: Query
    total: int = 0
    cards: tuple[Card, ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    selected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    engine: str = ""
    degraded: bool = False
    did_you_mean: str = ""
    expanded: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        return max(1, -(-min(self.total, DEEPEST) // self.question.size))
