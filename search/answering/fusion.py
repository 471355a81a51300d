"""Words and meaning in one order. Pure.

A document found by its words scores by them, as much as the index knows the words of the question, and by its likeness
to the question; one that is near in meaning alone scores by that. docs/search.md says by which run the weights were
chosen, docs/adr/0098 why they are added.
"""

import math
from collections.abc import Collection, Mapping, Sequence

from search.query.ranking_weights import Weights

RAREST = 0.5  # documents that are taken to hold a word that none holds


def coverage(frequencies: Sequence[int], documents: int) -> float:
    """How much of a question the index knows, from 0.0 to 1.0: rare words count for more. frequencies: documents that
    hold each word."""
    weights = rarities(frequencies, documents)
    known = sum(weight for weight, count in zip(weights, frequencies, strict=True) if count)
    return known / sum(weights) if known else 0.0


def rarities(frequencies: Sequence[int], documents: int) -> list[float]:
    """What words weigh that so many documents hold."""
    return [math.log(1 + documents / max(count, RAREST)) for count in frequencies]


def is_about_nothing(
    scores: Mapping[str, float], usual: float, known: float, weights: Weights, *, elsewhere: bool
) -> bool:
    """Whether the index knows little of a question, and nothing in it comes near what it means.

    elsewhere: its words are of languages that no text has, so that they cannot be known.
    """
    if known >= weights.little_known:
        return False
    nearest = max(scores.values(), default=usual)
    least = weights.telling_elsewhere if elsewhere else weights.telling
    return nearest - usual + weights.nearness * nearest < least


def related(scores: Mapping[str, float], usual: float, weights: Weights) -> list[str]:
    """Editions whose likeness tells something, best first: well above what any text has, and not far below the best.

    Where the nearest tells something, so may a few that come after it, if they stand out from the others at all.
    """
    above = max(scores.values(), default=usual) - usual
    if above < weights.related_above:
        return []
    nearest = sorted(scores, key=lambda name: (-scores[name], name))[: weights.most_related]
    least = usual + max(weights.related_above, weights.related_share * above)
    few = usual + weights.few_share * above
    return [
        name
        for at, name in enumerate(nearest)
        if scores[name] >= least or (at < weights.few_related and scores[name] >= few)
    ]


def fused(
    lexical: Sequence[tuple[str, float]], others: Collection[str], scores: Mapping[str, float], known: float,
    weights: Weights, verbatim: Collection[str] = (), lifted: Mapping[str, float] | None = None,
) -> list[str]:  # fmt: skip
    """Editions in the order in which they are shown.

    lexical: editions found by words, with their scores. others: found by meaning alone. scores: edition to likeness.
    known: the coverage. verbatim: those that hold the question as it is typed: no other that was found by meaning
    alone stands before any of them. lifted: what some get besides, as those of a year that the question names.
    """
    lifted = lifted or {}
    best = max((score for _, score in lexical), default=0.0) or 1.0
    least = min(scores.values(), default=0.0)
    by_words = {
        name: known**weights.coverage_power * score / best
        + weights.meaning * (scores.get(name, least) - least)
        + lifted.get(name, 0.0)
        for name, score in lexical
    }
    most = min((by_words[name] for name in verbatim if name in by_words), default=math.inf)
    by_meaning = {name: min(weights.meaning * (scores[name] - least) + lifted.get(name, 0.0), most) for name in others}
    ranked = [(-round(score, 6), 0, at, name) for at, (name, score) in enumerate(by_words.items())]
    ranked += [(-round(score, 6), 1, at, name) for at, (name, score) in enumerate(by_meaning.items())]
    return [name for *_, name in sorted(ranked)]
