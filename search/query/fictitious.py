"""Invented records, of the year 2099: when a question is about them. Pure.

They are never among real results. A question gets them where it asks for them, or, apart and said to be invented, where
no real document holds any of its words. Which record is invented, its edition says (`metadata["fictitious"]`).
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from editions.document.metadata import FICTITIOUS_YEAR
from search.analysis.analyzer import analyse
from search.query.question import Question

YEAR = str(FICTITIOUS_YEAR)
FIELD = "fictitious"
YES, NO = "yes", "no"  # values of the raw field

ASKING = ("demo", "fictitious", "fictif", "ficticio", "вымышленный", "虚构", "خيالي", YEAR)
"""Words that ask for them. The second is what the library calls them, in its six languages."""


class Fiction(StrEnum):
    """Which records are searched."""

    LEFT_OUT = "left_out"
    ALONE = "alone"
    AMONG = "among"  # wherever they come

    @property
    def scope(self) -> Mapping[str, tuple[str, ...]]:
        match self:
            case Fiction.LEFT_OUT:
                return {FIELD: (NO,)}
            case Fiction.ALONE:
                return {FIELD: (YES,)}
        return {}


def asked_for(question: Question) -> bool:
    """By the switch, the year chosen, a place in that year, or a word of the question."""
    if question.fictitious or YEAR in question.selected.get("year", ()):
        return True
    places = (*question.within.get("forum", ()), *question.within.get("document", ()))
    if any(place.startswith((f"{YEAR}/", f"BPF-{YEAR}-")) for place in places):
        return True
    words = {token.exact for token in analyse(question.text[:LONGEST], question.language)}
    return not words.isdisjoint(_asking_terms()) or any(word.startswith(f"bpf{YEAR}") for word in words)


LONGEST = 400  # characters, as the parser reads


@cache
def _asking_terms() -> frozenset[str]:
    """Made when the first question comes: every process would begin with tables that it may never need."""
    return frozenset(token.exact for word in ASKING for token in analyse(word, "en"))
