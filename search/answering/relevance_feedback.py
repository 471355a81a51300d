"""Words that the best answers share, put beside a question in plain language. They order answers and match none. Pure.

J. J. Rocchio, "Relevance feedback in information retrieval", in: The SMART Retrieval System (1971), pp. 313-323; here
nobody marks what is relevant: the first answers are taken as such.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from search.query import tree
from search.query.ranking_weights import Weights
from search.query.tree import Node

MOST_WEIGHED = 150  # words whose frequency is asked for: an engine behind a network is asked once for all of them

Frequencies = Callable[[Iterable[tuple[str, str]]], Mapping[tuple[str, str], int]]


def shared_words(
    texts: Sequence[Mapping[str, int]], scores: Sequence[float], total: int, held: Frequencies
) -> list[tuple[str, float]]:
    """Stems that two of the texts hold at least, and how telling they are of them all, the first 1.0, best first.

    texts: stem to how often it stands there. scores: of each text. total: documents there are. Long texts count as
    much as short ones.
    """
    counted = Counter(stem for text in texts for stem in text)
    shared = [stem for stem, count in counted.most_common(MOST_WEIGHED) if count > 1]
    frequencies = held(("body", stem) for stem in shared)
    rarity = {stem: math.log(1 + total / frequencies["body", stem]) for stem in shared if frequencies["body", stem]}
    sums: defaultdict[str, float] = defaultdict(float)
    for text, score in zip(texts, scores, strict=True):
        weighed = {stem: (1 + math.log(count)) * rarity[stem] for stem, count in text.items() if stem in rarity}
        length = math.sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        for stem, weight in weighed.items():
            sums[stem] += weight / length * score
    best = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(stem, weight / best[0][1]) for stem, weight in best]


def weighted(words: list[tuple[str, float]], weights: Weights) -> tuple[Node, ...]:
    """The foremost of these words, as what they add to the score of a text that holds them."""
    return tuple(
        tree.Weighted(tree.Term("body", stem), round(weights.feedback * weight, 3))
        for stem, weight in words[: weights.feedback_words]
    )
