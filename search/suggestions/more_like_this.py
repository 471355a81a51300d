"""More like this: documents that share the telling words of one, its own forum's other years among them."""

import math
from collections.abc import Mapping

from search.analysis.significant_terms import counted
from search.engines.base import WHOLE, Engine, Hit, Request
from search.query import tree
from search.query.fictitious import Fiction

TELLING_WORDS = 25


def more_like(engine: Engine, edition: str, limit: int = 10) -> list[Hit]:
    """Best first; empty if the index does not hold the edition. Raises Unavailable.

    Written here, and not asked of the engine: tantivy's own panics after deletions (tantivy issue 2964).
    """
    of_itself = Request(tree.Everything(), {"level": (WHOLE,), "edition": (edition,)}, limit=1)
    itself = engine.search(of_itself).hits
    if not itself:
        return []
    counts = counted(itself[0].card["telling"])
    total = engine.search(Request(tree.Everything(), {"level": (WHOLE,)}, limit=1)).total
    words = _weighed(counts, total, engine)
    if not words:
        return []
    any_of = tree.Either(tuple(tree.Weighted(tree.Term("body", stem), weight) for stem, weight in words))
    others = tree.Without(any_of, (tree.OneOf("document", (itself[0].card["document"],)),))
    fiction = Fiction.AMONG if itself[0].card["fictitious"] else Fiction.LEFT_OUT
    scope = {"level": (WHOLE,), "current": ("yes",), **fiction.scope}
    return engine.search(Request(others, scope, limit=limit)).hits


def _weighed(counts: Mapping[str, int], total: int, engine: Engine) -> list[tuple[str, float]]:
    """The words with the highest tf-idf that other documents hold too, each with it as its weight, the first at 1."""
    weighed = []
    frequencies = engine.doc_freqs(("body", stem) for stem in counts)
    for stem, count in counts.items():
        held = frequencies["body", stem]
        if held > 1:
            weighed.append((stem, (1 + math.log(count)) * math.log(1 + total / held)))
    weighed.sort(key=lambda pair: (-pair[1], pair[0]))
    best = weighed[:TELLING_WORDS]
    return [(stem, round(weight / best[0][1], 3)) for stem, weight in best]
