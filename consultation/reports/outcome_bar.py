"""The outcomes of comments as one bar: how long each part is, and where it begins."""

from collections.abc import Mapping
from dataclasses import dataclass

from consultation.reports.services import Content
from consultation.reports.tables import outcome_labels
from core.bar_segments import stretches


@dataclass(frozen=True, slots=True)
class Slice:
    """One outcome in the bar of answers. start and width: in thousandths of the bar."""

    outcome: str
    label: str
    count: int
    start: int
    width: int


def slices_of(content: Content) -> list[Slice]:
    """The answers of a report as one bar."""
    return slices(content.data["counts"]["outcomes"], outcome_labels())


def slices(counts: Mapping[str, int], labels: Mapping[str, str]) -> list[Slice]:
    """Counts of outcomes as one bar in the order of their labels, those that nobody got left out."""
    given = [(name, label, counts[name]) for name, label in labels.items() if counts.get(name)]
    places = stretches((count for _name, _label, count in given), sum(count for *_words, count in given) or 1)
    return [Slice(*words, *place) for words, place in zip(given, places, strict=True)]
