"""Answer a question: the one way from what a person asked to cards, places and facets."""

import logging
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

from editions.models import Edition
from search.analysis.analyzer import analyse, primary
from search.analysis.significant_terms import counted
from search.engines import registry as engines
from search.engines.base import FACET_FIELDS, PASSAGE, TEXT_FIELDS, WHOLE, Engine, Found, Hit, Request, Unavailable
from search.query.index_context import Surroundings
from search.query.interpretation import Reading, read
from search.query.marks import Marks
from search.query.parser import parse
from search.query.question import Question
from search.query.ranking_weights import WEIGHTS, Weights
from search.query.tree import Best, Either, Every, Everything, Node, Nothing, OneOf, Weighted
from search.results import database_fallback
from search.results.cards import Card, Place, Results
from search.results.highlight import Marked, marked, snippet
from search.results.index_vocabulary import Vocabulary
from search.results.relevance_feedback import shared_words, weighted
from search.tuning import thesaurus as synonyms_of_the_library
from search.tuning.synonyms import Thesaurus

logger = logging.getLogger(__name__)
PLACES = 3  # passages on a card


def search(question: Question) -> Results:
    """Never raises for what was asked. The first engine that can answer does; else titles from the database."""
    query = parse(question.text)
    chosen = engines.all_engines()
    for engine in chosen:
        try:
            results = ask(engine, question, synonyms_of_the_library.current())
        except Unavailable as error:
            logger.warning("engine %s did not answer: %s", engine.name, error.reason)
            continue
        return replace(_still_public(results), degraded=engine is not chosen[0])
    return database_fallback.search(question, query)


def _still_public(results: Results) -> Results:
    """Without the editions that were withdrawn since an index that is busy or broken was last brought up to date."""
    found = [card.data["edition"] for card in results.cards]
    public = set(Edition.objects.public().filter(identifier__in=found).values_list("identifier", flat=True))
    if len(public) == len(found):
        return results
    cards = tuple(card for card in results.cards if card.data["edition"] in public)
    return replace(results, cards=cards, total=results.total - len(found) + len(cards))


def ask(engine: Engine, question: Question, thesaurus: Thesaurus, weights: Weights = WEIGHTS) -> Results:
    """One engine's answer. Raises Unavailable."""
    return _Search(engine, question, thesaurus, weights).results()


@lru_cache(maxsize=4)
def _vocabulary(engine: Hashable, generation: str) -> Vocabulary:
    return Vocabulary(cast(Engine, engine))


class _Search:
    def __init__(self, engine: Engine, question: Question, thesaurus: Thesaurus, weights: Weights) -> None:
        self.engine = engine
        self.question = question
        self.query = parse(question.text)
        self.thesaurus = thesaurus
        self.weights = weights

    def results(self) -> Results:
        if self.query.asks_for_nothing and self.query.text:
            return Results(self.question, self.query, engine=self.engine.name.partition("@")[0])
        reading = self._read()
        selected, size = self._selected(reading), self.question.size
        request = Request(
            self._tree(reading.whole), self._scope(), selected, FACET_FIELDS, self._sort(),
            offset=(self.question.page - 1) * size, limit=size,
            lift=self._lift(reading.nearby), window=-(-self.weights.window // size) * size,
        )  # fmt: skip
        if reading.words >= self.weights.feedback_from and request.lifts:
            request = replace(request, lift=self._lift((*reading.nearby, *self._shared(request))))
        answer = self.engine.search(request)
        return Results(
            question=self.question,
            query=self.query,
            total=answer.total,
            cards=self._cards(answer.hits, reading, selected),
            counts=answer.facets,
            selected=selected,
            sort=request.sort,
            engine=self.engine.name.partition("@")[0],
            did_you_mean=self._did_you_mean(reading),
            expanded=tuple(dict.fromkeys(reading.expanded)),
        )

    def _read(self) -> Reading:
        if not self.query.text:
            return Reading(whole=Everything())
        vocabulary = self._words_held()
        languages = self._languages(vocabulary.languages)
        around = Surroundings(
            languages=languages,
            known=self._known(languages),
            prefixed=vocabulary.prefixed,
            near=vocabulary.near,
            thesaurus=self.thesaurus,
            weights=self.weights,
        )
        return read(self.query, around)

    def _languages(self, held: Sequence[str]) -> tuple[str, ...]:
        """Those of the texts, the reader's first: reading a word in others costs time and finds nothing."""
        own = primary(self.question.language)
        return tuple(sorted(held, key=lambda language: language != own)) or (own,)

    def _known(self, languages: Iterable[str]) -> Callable[[str, str], bool]:
        """Whether a term stands in the index. All forms of the words typed are asked for at once, the others later."""
        tokens = {token for language in languages for token in analyse(self.query.text, language)}
        stems = {(name, token.stem) for token in tokens for name in TEXT_FIELDS if name != "exact"}
        held = self.engine.doc_freqs(stems | {("exact", token.exact) for token in tokens})

        def known(name: str, term: str) -> bool:
            pair = (name, term)
            if pair not in held:
                held.update(self.engine.doc_freqs([pair]))
            return held[pair] > 0

        return known

    def _selected(self, reading: Reading) -> dict[str, tuple[str, ...]]:
        both = {**self.question.selected}
        for name, values in reading.facets.items():
            both[name] = tuple(dict.fromkeys((*both.get(name, ()), *values)))
        return both

    def _scope(self) -> dict[str, tuple[str, ...]]:
        scope = {"level": (WHOLE,), **self.question.within}
        return scope if self.question.superseded else scope | {"current": ("yes",)}

    def _tree(self, node: Node) -> Node:
        """With former editions in it, each stands below the newest one of the same text."""
        if not self.question.superseded or isinstance(node, Everything | Nothing):
            return node
        current = Every((node, OneOf("current", ("yes",))))
        return Best((current, Weighted(node, self.weights.superseded)))

    def _lift(self, nodes: tuple[Node, ...]) -> Node:
        return self._tree(Either(nodes)) if nodes else Nothing()

    def _shared(self, request: Request) -> tuple[Node, ...]:
        """The words that the first answers share."""
        few = replace(request, facets=(), counted=False, offset=0, limit=self.weights.feedback_documents)
        first = self.engine.search(few).hits
        texts = [counted(hit.card["telling"]) for hit in first]
        words = shared_words(texts, [hit.score for hit in first], self._words_held().documents, self.engine.doc_freqs)
        return weighted(words, self.weights)

    def _words_held(self) -> Vocabulary:
        return _vocabulary(cast(Hashable, self.engine), self.engine.generation())

    def _sort(self) -> str:
        if self.question.sort in {"newest", "oldest", "title", "stage"}:
            return self.question.sort
        return "relevance" if self.query.text else "newest"

    # --- cards ----------------------------------------------------------------------------------------------------

    def _cards(self, hits: list[Hit], reading: Reading, selected: Mapping[str, tuple[str, ...]]) -> tuple[Card, ...]:
        places = self._places([hit.key for hit in hits], reading, selected)
        return tuple(self._card(hit, places.get(hit.key, Found(0, [])), reading.marks) for hit in hits)

    def _card(self, hit: Hit, found: Found, marks: Marks) -> Card:
        """The summary stands in where no passage matches, and is marked only then."""
        language = hit.card["language"]
        return Card(
            data=hit.card,
            score=round(hit.score, 4),
            title_html=marked(hit.card["title"], language, marks),
            summary_html=Marked("") if found.hits else snippet(hit.card["summary"], language, marks).html,
            places=tuple(self._place(hit.card, place, marks) for place in found.hits),
            more=found.count - len(found.hits),
        )

    def _places(
        self, editions: list[str], reading: Reading, selected: Mapping[str, tuple[str, ...]]
    ) -> dict[str, Found]:
        """The best passages of each edition on the page, and how many match in each."""
        if isinstance(reading.passages, Nothing) or not editions:
            return {}
        scope = {"level": (PASSAGE,), "edition": tuple(editions)}
        if "kind" in selected:
            scope["kind"] = selected["kind"]
        return self.engine.places(Request(reading.passages, scope), PLACES)

    @staticmethod
    def _place(card: Mapping[str, Any], hit: Hit, marks: Marks) -> Place:
        passage = hit.card
        cut = snippet(passage["text"], passage["language"], marks)
        return Place(
            anchor=passage["anchor"],
            number=passage["number"],
            url=passage.get("url") or f"{card['url']}#{passage['anchor']}",
            path=tuple(passage["path"]),
            section=passage["section"],
            language=passage["language"],
            snippet_html=cut.html,
            snippet=cut.plain,
            file=passage.get("file", ""),
            original=passage.get("original", False),
        )

    def _did_you_mean(self, reading: Reading) -> str:
        text = self.query.text
        for word, near in reading.unknown.items():
            text = text.replace(word, near[0])
        return text if reading.unknown else ""
