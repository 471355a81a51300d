"""The one paragraph that answers a question asked in natural language, as it stands in the text; or none. Pure.

Nothing is generated. Where it is not sure that a paragraph answers, nothing is shown: docs/search.md, "The answer".
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from editions.document.model import OPEN_KINDS
from search.answering.highlight import Marked
from search.query.natural_questions import Aim, tells_lineage
from search.query.ranking_weights import Weights

FOREMOST = 5  # documents that are looked through
BY_WORDS, BY_MEANING = 5, 4  # passages of each
SHORTEST = 60  # characters; less is a heading or an entry


@dataclass(frozen=True, slots=True)
class Panel:
    """data: the card of its edition. number: of the paragraph. text_html: the whole paragraph, escaped and marked."""

    aim: Aim
    data: Mapping[str, Any]
    anchor: str
    number: int
    url: str
    marked_url: str
    language: str
    section: str
    text: str
    text_html: Marked


@dataclass(frozen=True, slots=True)
class Candidate:
    """cosine: to the question, above the usual of the library. words: its score by words, a share of the best one's.
    held: share of the question, by rarity, that it holds."""

    key: str
    text: str
    section: str
    cosine: float
    words: float
    held: float

    def score(self, weights: Weights) -> float:
        return self.cosine + weights.answer_words * self.words + weights.answer_held * self.held


def best(candidates: Iterable[Candidate], aim: Aim, weights: Weights) -> Candidate | None:
    """The one that answers, if it is sure enough that one does."""
    fit = [candidate for candidate in candidates if len(candidate.text) >= SHORTEST and _serves(candidate, aim)]
    foremost = max(fit, key=lambda each: (round(each.score(weights), 6), each.key), default=None)
    least = weights.answer_least if aim is Aim.FACT else weights.answer_least_told
    return foremost if foremost and foremost.score(weights) >= least else None


def _serves(candidate: Candidate, aim: Aim) -> bool:
    if aim is Aim.LINEAGE:
        return tells_lineage(candidate.text)
    return aim is Aim.FACT or candidate.section in OPEN


OPEN: Collection[str] = tuple(kind.value for kind in OPEN_KINDS)
