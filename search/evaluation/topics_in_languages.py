"""One question in six languages: whether its first answers are the same in each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from search.answering.answer import ask
from search.engines.base import Engine
from search.meaning.query_vector import Meaning
from search.query.question import Question
from search.tuning.synonyms import Thesaurus

FIRST = 5  # answers
OF = "en"

Topic = Mapping[str, str]
"""Language to the question in it."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Language to the share of the first answers in English that are among the first in it."""

    by_language: Mapping[str, float]

    @property
    def mean(self) -> float:
        return fmean(self.by_language.values())


def read_topics(path: Path) -> list[Topic]:
    topics: list[Topic] = json.loads(path.read_text("utf-8"))["topics"]
    return topics


def overlap(engine: Engine, topics: Sequence[Topic], thesaurus: Thesaurus, meaning: Meaning | None = None) -> Overlap:
    """A topic that finds nothing in English counts for nothing in the others."""

    def first(topic: Topic, language: str) -> set[str]:
        results = ask(engine, Question(topic[language], language=language), thesaurus, meaning=meaning)
        return {str(card.data["edition"]) for card in results.cards[:FIRST]}

    shares: dict[str, list[float]] = {language: [] for language in topics[0] if language != OF}
    for topic in topics:
        wanted = first(topic, OF)
        for language, found in shares.items():
            found.append(len(wanted & first(topic, language)) / len(wanted) if wanted else 0.0)
    return Overlap({language: fmean(found) for language, found in shares.items()})
