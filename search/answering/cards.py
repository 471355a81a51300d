"""What an answer is made of: results, cards of documents, places in their text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from search.answering.answer_panel import Panel
from search.answering.highlight import Marked
from search.query.parser import Query
from search.query.question import DEEPEST, Question

PLACES_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Place:
    """A passage that matches: where it is, and its text escaped and marked.

    marked_url: the same place, with the words marked that are marked here.
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
    marked_url: str = ""
    file: str = ""
    original: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One edition found. more: passages that match besides the `places` shown. data: as `records.card_of` made it.

    related: found by its meaning, and holds none of the words that were asked for.
    """

    data: dict[str, Any]
    score: float
    title_html: Marked
    summary_html: Marked
    places: tuple[Place, ...]
    more: int
    related: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """counts: facet to value to number of documents.

    did_you_mean: the question with its unknown words replaced, or "". related: how many of the total were found by
    their meaning alone. missing: words of a plain question that stand in no document. held: of a question about
    nothing in the library, those that do, to be searched alone. panel: the paragraph that answers. places: where one
    document alone was searched, all that match in it; a page shows PLACES_A_PAGE of them. degraded: the first engine
    did not answer. fictitious_left_out: invented documents that would be found besides. fictitious_alone: all of these
    are invented, for no real document holds any of the words.
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
    related: int = 0
    missing: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    panel: Panel | None = None
    places: int = 0
    fictitious_left_out: int = 0
    fictitious_alone: bool = False

    @property
    def pages(self) -> int:
        found, size = (self.places, PLACES_A_PAGE) if self.places else (self.total, self.question.size)
        return max(1, -(-min(found, DEEPEST) // size))
