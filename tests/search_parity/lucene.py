"""What Lucene answers, written out: BM25 with k1 = 1.2 and b = 0.75, lengths kept in one byte. Slow, and easy to check.

S. Robertson, H. Zaragoza: The Probabilistic Relevance Framework, 2009; lengths as in Lucene's SmallFloat.
"""

from collections import Counter
from functools import cached_property
from math import log

from search.engines.base import Record
from search.query.tree import (
    Best,
    Between,
    Either,
    Every,
    Everything,
    Node,
    Nothing,
    OneOf,
    Sequence,
    Term,
    Weighted,
    Without,
)

Scores = dict[str, float]


class Field:
    def __init__(self, texts: dict[str, list[str]]) -> None:
        self.texts = texts
        self.mean = sum(map(len, texts.values())) / len(texts)
        self.holders = Counter(term for text in texts.values() for term in set(text))

    def score(self, terms: tuple[str, ...], key: str) -> float:
        """Of the terms one after the other; idf is summed over the terms."""
        text, size = self.texts[key], len(terms)
        count = sum(tuple(text[at : at + size]) == terms for at in range(len(text) - size + 1))
        idf = sum(log(1 + (len(self.texts) - self.holders[term] + 0.5) / (self.holders[term] + 0.5)) for term in terms)
        return idf * 2.2 * count / (count + 1.2 * (0.25 + 0.75 * one_byte(len(text)) / self.mean))

    def spaced(self, terms: tuple[str, ...], spacings: list[tuple[int, ...]], key: str) -> bool:
        """Whether the terms stand somewhere at one of these distances from the first."""
        text = self.texts[key]
        at = {place: term for place, term in enumerate(text) if term in terms}
        return any(
            all(at.get(start + place) == term for place, term in zip(places, terms, strict=True))
            for start, first in at.items() if first == terms[0] for places in spacings
        )  # fmt: skip


def one_byte(length: int) -> int:
    """40 lengths exactly, then four leading bits of what is beyond 24."""
    if length < 40:
        return length
    shift = max(0, (length - 24).bit_length() - 4)
    return 24 + ((length - 24) >> shift << shift)


class Lucene:
    """Matches and scores over the records of one level."""

    def __init__(self, records: list[Record]) -> None:
        self.records = {record.key: record for record in records}

    @cached_property
    def fields(self) -> dict[str, Field]:
        names = next(iter(self.records.values())).texts()
        return {name: Field({key: each.texts()[name].split() for key, each in self.records.items()}) for name in names}

    def of(self, node: Node) -> Scores:  # noqa: C901  one case a node
        """Key to score, of the records that match."""
        match node:
            case Term(field, text):
                return self._phrase(field, (text,))
            case Sequence(field, terms, slop) if not slop or len(terms) == 1:
                return self._phrase(field, terms)
            case Sequence(field, terms):
                spacings, known = list(node.spacings()), self.fields[field]
                return {key: 1.0 for key in known.texts if known.spaced(terms, spacings, key)}
            case Every(nodes):
                parts = [self.of(each) for each in nodes]
                return (
                    {key: sum(part[key] for part in parts) for key in set.intersection(*map(set, parts))}
                    if parts
                    else {}
                )
            case Either(nodes, least):
                parts = [self.of(each) for each in nodes]
                counts = Counter(key for part in parts for key in part)
                return {key: sum(part.get(key, 0.0) for part in parts) for key in counts if counts[key] >= least}
            case Best(nodes, tie):
                parts = [self.of(each) for each in nodes]
                found = {key: [part[key] for part in parts if key in part] for part in parts for key in part}
                return {key: max(some) + tie * (sum(some) - max(some)) for key, some in found.items()}
            case Without(inner, excluded):
                unwanted = {key for each in excluded for key in self.of(each)}
                return {key: score for key, score in self.of(inner).items() if key not in unwanted}
            case Weighted(inner, factor):
                return {key: factor * score for key, score in self.of(inner).items()}
            case Between(field, low, high):
                return {key: 0.0 for key, each in self.records.items() if low <= each.numbers[field] <= high}
            case OneOf(field, values):
                return {key: 0.0 for key, each in self.records.items() if set(values) & set(each.raw.get(field, ()))}
            case Everything():
                return dict.fromkeys(self.records, 0.0)
            case Nothing():
                return {}
        raise TypeError(node)

    def _phrase(self, field: str, terms: tuple[str, ...]) -> Scores:
        known = self.fields[field]
        scores = {key: known.score(terms, key) for key, text in known.texts.items() if terms[0] in text}
        return {key: score for key, score in scores.items() if score > 0}
