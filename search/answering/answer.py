"""Answer a question: the one way from what a person asked to cards, places and facets."""

import logging
from collections.abc import Mapping
from dataclasses import replace

from django.db.models import QuerySet

from core.prepared_queries import prepared
from editions.models import Edition
from search.analysis.significant_terms import counted
from search.answering import database_fallback
from search.answering.card_passages import CardPassages
from search.answering.cards import Results
from search.answering.foremost_hits import ByWordsAndMeaning, Foremost
from search.answering.fusion import is_about_nothing
from search.answering.panel_choice import PanelChoice
from search.answering.question_words import QuestionWords
from search.answering.relevance_feedback import shared_words, weighted
from search.answering.spelling import words_held
from search.engines import registry as engines
from search.engines.base import FACET_FIELDS, SORTS, WHOLE, Answer, Engine, Request, Unavailable
from search.meaning import query_vector
from search.meaning.query_vector import Meaning
from search.meaning.vector_similarity import Likeness
from search.query import fictitious
from search.query.fictitious import Fiction
from search.query.interpretation import Reading
from search.query.natural_questions import aim_of
from search.query.parser import parse
from search.query.question import Question
from search.query.ranking_weights import WEIGHTS, Weights
from search.query.tree import Best, Either, Every, Everything, Node, Nothing, OneOf, Weighted
from search.tuning import stored_synonyms
from search.tuning.synonyms import Thesaurus

logger = logging.getLogger(__name__)

_away: set[str] = set()
"""Engines that did not answer when this process last asked them: said once, and once more when they do."""


def search(question: Question) -> Results:
    """Never raises for what was asked. The first engine that can answer does; else titles from the database."""
    query = parse(question.text)
    chosen = engines.all_engines()
    for engine in chosen:
        try:
            results = ask(engine, question, stored_synonyms.current(), meaning=query_vector.here())
        except Unavailable as error:
            if engine.name not in _away:
                _away.add(engine.name)
                logger.warning("engine %s does not answer: %s", engine.name, error.reason)
            continue
        if engine.name in _away:
            _away.discard(engine.name)
            logger.warning("engine %s answers again", engine.name)
        return replace(_still_public(results), degraded=engine is not chosen[0])
    return database_fallback.search(question, query)


def _still_public(results: Results) -> Results:
    """Without the editions that were withdrawn since an index that is busy or broken was last brought up to date."""
    found = [card.data["edition"] for card in results.cards]
    public = set(_public_among(found))
    if len(public) == len(found):
        return results
    cards = tuple(card for card in results.cards if card.data["edition"] in public)
    return replace(results, cards=cards, total=results.total - len(found) + len(cards))


@prepared
def _public_among(identifiers: list[str]) -> "QuerySet[Edition, str]":
    return Edition.objects.public().filter(identifier__in=identifiers).values_list("identifier", flat=True)


def ask(
    engine: Engine,
    question: Question,
    thesaurus: Thesaurus,
    weights: Weights = WEIGHTS,
    meaning: Meaning | None = None,
) -> Results:
    """One engine's answer, by words alone where there is no meaning. Raises Unavailable."""

    def answered(fiction: Fiction) -> Results:
        return _Search(engine, question, thesaurus, weights, meaning, fiction).results()

    usual = Fiction.AMONG if fictitious.asked_for(question) else words_held(engine).usual_fiction
    real = answered(usual)
    if real.total > real.related or not real.fictitious_left_out:
        return real
    alone = answered(Fiction.ALONE)
    return replace(alone, fictitious_alone=True) if alone.total else real


class _Search:
    def __init__(
        self,
        engine: Engine,
        question: Question,
        thesaurus: Thesaurus,
        weights: Weights,
        meaning: Meaning | None,
        fiction: Fiction,
    ) -> None:
        self.engine = engine
        self.question = question
        self.query = parse(question.text)
        self.weights = weights
        self.meaning = meaning
        self.fiction = fiction
        self.words = QuestionWords(engine, question, self.query, thesaurus, weights)

    def results(self) -> Results:
        if self.query.asks_for_nothing and self.query.text:
            return Results(self.question, self.query, engine=self._engine_name)
        reading = self.words.read()
        request = self._request(reading)
        likeness = self._likeness(reading, request)
        known = self.words.coverage(reading) if reading.plain else 1.0
        if likeness and self._about_nothing(likeness, known) and not self.words.names_something(reading):
            return self._nothing(reading, request)
        head, left_out = self._head(request, likeness)
        found = Foremost(head)
        if likeness:
            typed = self.words.as_typed() if known == 1.0 else None
            both = ByWordsAndMeaning(self.engine, self.weights, request, head, likeness, known, typed, reading.years)
            found = both.foremost()
        answer = found.answer
        passages = CardPassages(self.engine, self.weights, reading, request.selected)
        cards, places, sort = passages.cards(found, likeness), 0, request.sort
        if self._inside and answer.total == 1 and cards[0].places:
            in_order = self.question.sort == "place"
            card, places = passages.all_of(cards[0], in_order=in_order, page=self.question.page)
            cards, sort = (card,), "place" if places and in_order else sort
        aim = aim_of(self.query.text) if likeness and self.question.page == 1 else None
        panel = None
        if likeness and aim:
            panel = PanelChoice(self.engine, self.weights, self.words, reading, likeness, aim).of(answer.hits)
        return Results(
            question=self.question,
            query=self.query,
            total=answer.total,
            cards=cards,
            places=places,
            counts=answer.facets,
            selected=request.selected,
            sort=sort,
            engine=self._engine_name,
            did_you_mean=self.words.did_you_mean(reading),
            expanded=self.words.expanded(reading),
            related=len(found.related),
            missing=self.words.missing(reading)[0],
            panel=panel,
            fictitious_left_out=left_out,
        )

    @property
    def _engine_name(self) -> str:
        return self.engine.name.partition("@")[0]

    @property
    def _inside(self) -> bool:
        """Whether one document alone is searched, so that its places are paged through."""
        return "document" in self.question.within

    # --- what is asked of the engine --------------------------------------------------------------------------------

    def _request(self, reading: Reading) -> Request:
        size = self.question.size
        request = Request(
            self._tree(reading.whole), self._scope(), self._selected(reading), FACET_FIELDS, self._sort(),
            offset=0 if self._inside else (self.question.page - 1) * size, limit=size,
            lift=self._lift(reading.nearby), window=-(-self.weights.window // size) * size,
        )  # fmt: skip
        if len(reading.rendered or reading.words) >= self.weights.feedback_from and request.lifts:
            request = replace(request, lift=self._lift((*reading.nearby, *self._shared(request))))
        return request

    def _tree(self, node: Node) -> Node:
        """With former editions in it, each stands below the newest one of the same text."""
        if not self.question.superseded or isinstance(node, Everything | Nothing):
            return node
        current = Every((node, OneOf("current", ("yes",))))
        return Best((current, Weighted(node, self.weights.superseded)))

    def _scope(self) -> dict[str, tuple[str, ...]]:
        scope = {"level": (WHOLE,), **self.fiction.scope, **self.question.within}
        return scope if self.question.superseded else scope | {"current": ("yes",)}

    def _selected(self, reading: Reading) -> Mapping[str, tuple[str, ...]]:
        both = {**self.question.selected}
        for name, values in reading.facets.items():
            both[name] = tuple(dict.fromkeys((*both.get(name, ()), *values)))
        return both

    def _sort(self) -> str:
        if self.question.sort in {"newest", "oldest", "title", "stage"}:
            return self.question.sort
        return "relevance" if self.query.text else "newest"

    def _lift(self, nodes: tuple[Node, ...]) -> Node:
        return self._tree(Either(nodes)) if nodes else Nothing()

    def _shared(self, request: Request) -> tuple[Node, ...]:
        """The words that the first answers share, where they are enough: two or three say more of each other than of
        the question."""
        few = replace(request, facets=(), counted=False, offset=0, limit=self.weights.feedback_documents)
        first = self.engine.search(few).hits
        if len(first) < self.weights.feedback_least:
            return ()
        texts = [counted(hit.card["telling"]) for hit in first]
        words = shared_words(texts, [hit.score for hit in first], self.words.held.documents, self.engine.doc_freqs)
        return weighted(words, self.weights)

    def _head(self, request: Request, likeness: Likeness | None) -> tuple[Answer, int]:
        """The page by words, or all of the window where meaning puts it in order; and how many invented documents hold
        the words. What is chosen among the years leaves these out by itself."""
        head = replace(request, offset=0, limit=request.window) if likeness else request
        if self.fiction != Fiction.LEFT_OUT or "year" in request.selected or not self.words.held.fictitious:
            return self.engine.search(head), 0
        scope = {**request.scope, **Fiction.ALONE.scope}
        apart = replace(request, scope=scope, facets=(), lift=Nothing(), offset=0, limit=1)
        answer, invented = self.engine.answers([head, apart])
        return answer, invented.total

    # --- meaning ----------------------------------------------------------------------------------------------------

    def _likeness(self, reading: Reading, request: Request) -> Likeness | None:
        """None where words alone decide: what is quoted, excluded or limited to a field must be met."""
        if self.meaning is None or self._inside or not reading.plain or self.query.identifier or request.sort in SORTS:
            return None
        rendering = self.words.rendering if reading.rendered else None
        return self.meaning.likeness(rendering.text if rendering else self.query.text)

    def _about_nothing(self, likeness: Likeness, known: float) -> bool:
        if len(likeness.scores) < self.weights.least_usual:
            return False
        elsewhere = not self.words.spoken & set(self.words.held.languages)
        return is_about_nothing(likeness.scores, likeness.usual, known, self.weights, elsewhere=elsewhere)

    def _nothing(self, reading: Reading, request: Request) -> Results:
        """No document, though some hold a word of the question: those are offered to be searched alone."""
        missing, held = self.words.missing(reading)
        return Results(
            self.question, self.query, selected=request.selected, sort=request.sort, engine=self._engine_name,
            did_you_mean=self.words.did_you_mean(reading), missing=missing, held=held,
        )  # fmt: skip
