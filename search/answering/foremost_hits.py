"""The page of hits by words and meaning together: of what holds the words, and what is near in meaning alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from search.answering.fusion import fused, related
from search.engines.base import Answer, Engine, Hit, Request
from search.meaning.vector_similarity import Likeness
from search.query.ranking_weights import Weights
from search.query.tree import Either, Every, Everything, Node, Nothing, OneOf, Without


@dataclass(frozen=True, slots=True)
class Foremost:
    """A page of hits with what was counted. related: those found by meaning alone. known: see `fusion.coverage`."""

    answer: Answer
    related: frozenset[str] = frozenset()
    known: float = 0.0


@dataclass(frozen=True, slots=True)
class ByWordsAndMeaning:
    """request: the page that is asked for. head: the answer by words to the foremost of it, a window long. typed: the
    question as one phrase, where the index knows all of it. years: how much each is wanted. Its methods raise
    Unavailable."""

    engine: Engine
    weights: Weights
    request: Request
    head: Answer
    likeness: Likeness
    known: float
    typed: Node | None
    years: Mapping[int, float]

    def foremost(self) -> Foremost:
        """The foremost by words, and what is near in meaning, in one order; then what else holds the words."""
        request, scores = self.request, self.likeness.scores
        by_words = {hit.key: hit for hit in self.head.hits}
        near = [name for name in related(scores, self.likeness.usual, self.weights) if name not in by_words]
        by_meaning, verbatim, answer = self._near(near)
        scored = [(name, hit.score) for name, hit in by_words.items()]
        lifted = {
            name: self.weights.year_in_order * self.years[hit.card["year"]]
            for name, hit in (by_words | by_meaning).items()
            if hit.card["year"] in self.years
        }
        order = fused(scored, by_meaning, scores, self.known, self.weights, verbatim, lifted)
        hits = [(by_words.get(name) or by_meaning[name]) for name in order]
        page = hits[request.offset : request.offset + request.limit]
        if len(page) < request.limit and self.head.total > request.window:
            start = request.window + max(0, request.offset - len(order))
            page += self._others(by_meaning, start, request.limit - len(page))
        return Foremost(replace(answer, hits=page), frozenset(by_meaning), self.known)

    def _near(self, near: list[str]) -> tuple[dict[str, Hit], frozenset[str], Answer]:
        """Those that are limited as the question is, what holds the question as it is typed, and the head's answer with
        the former counted.

        What a facet counts leaves aside what is chosen in it: so all of them are counted, and the chosen ones shown.
        """
        request, head = self.request, self.head
        if not near:
            return {}, frozenset(), head
        asked = {"found": self._of(near, Everything())}
        if head.total > request.window:  # some may hold the words, and stand further below
            asked["below"] = self._of(near, request.tree)
        if self.typed:
            asked["verbatim"] = replace(
                request, tree=self.typed, facets=(), counted=False, lift=Nothing(), offset=0, limit=request.window
            )
        told = self._hits(asked)
        verbatim = frozenset(told.get("verbatim", ()))
        found = {name: hit for name, hit in told["found"].items() if name not in told.get("below", ())}
        if not found:
            return {}, verbatim, head
        union = Either((request.tree, OneOf("edition", tuple(found))))
        counted = replace(request, tree=union, lift=Nothing(), offset=0, limit=1)
        if not request.selected:
            return found, verbatim, self.engine.search(counted)
        limits = self._of(list(found), Everything(), request.selected)
        answer, chosen = self.engine.answers([counted, limits])
        return _unscored(chosen), verbatim, answer

    def _of(self, editions: list[str], tree: Node, selected: Mapping[str, tuple[str, ...]] | None = None) -> Request:
        """For those of these editions that match, as they are now."""
        scope = {**self.request.scope, "current": ("yes",)}
        wanted = Every((OneOf("edition", tuple(editions)), tree))
        return Request(wanted, scope, selected or {}, counted=False, limit=len(editions))

    def _hits(self, requests: Mapping[str, Request]) -> dict[str, dict[str, Hit]]:
        answers = self.engine.answers(list(requests.values()))
        return {name: _unscored(answer) for name, answer in zip(requests, answers, strict=True)}

    def _others(self, besides: Mapping[str, Hit], offset: int, limit: int) -> list[Hit]:
        tree = self.request.tree
        wanted = Without(tree, (OneOf("edition", tuple(besides)),)) if besides else tree
        rest = replace(self.request, tree=wanted, facets=(), counted=False, offset=offset, limit=limit)
        return self.engine.search(rest).hits


def _unscored(answer: Answer) -> dict[str, Hit]:
    return {hit.key: replace(hit, score=0.0) for hit in answer.hits}
