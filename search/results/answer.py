"""Answer a question: the one way from what a person asked to cards, places and facets."""

import logging
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, cast

from editions.models import Edition
from search.analysis.analyzer import analyse, primary
from search.analysis.real_words import commonness, is_real
from search.analysis.significant_terms import counted
from search.analysis.stopwords import STOP_WORDS
from search.engines import registry as engines
from search.engines.base import (
    FACET_FIELDS,
    PASSAGE,
    SORTS,
    TEXT_FIELDS,
    WHOLE,
    Answer,
    Engine,
    Found,
    Hit,
    Request,
    Unavailable,
)
from search.meaning import asking
from search.meaning.asking import Meaning
from search.meaning.likeness import Likeness
from search.query import compounds, fictitious, tree
from search.query.fictitious import Fiction
from search.query.index_context import Surroundings
from search.query.interpretation import Reading, besides, read
from search.query.marks import Marks
from search.query.natural_questions import Aim, aim_of
from search.query.parser import parse
from search.query.question import Question
from search.query.ranking_weights import WEIGHTS, Weights
from search.query.tree import Best, Either, Every, Everything, Node, Nothing, OneOf, Term, Weighted, Without
from search.results import database_fallback, opened_page
from search.results.answer_panel import BY_MEANING, BY_WORDS, FOREMOST, OPEN, Candidate, Panel, best
from search.results.cards import PLACES_A_PAGE, Card, Place, Results
from search.results.fusion import coverage, fused, is_about_nothing, rarities, related
from search.results.highlight import Marked, mark, marked, snippet, spans
from search.results.relevance_feedback import shared_words, weighted
from search.results.spelling import Vocabulary
from search.tuning import thesaurus as synonyms_of_the_library
from search.tuning.dictionary import Rendering
from search.tuning.synonyms import Thesaurus

logger = logging.getLogger(__name__)
PLACES = 3  # passages on a card
NEAREST = 2  # passages on the card of a document that is near in meaning alone


@dataclass(frozen=True, slots=True)
class Foremost:
    """A page of hits with what was counted. related: those found by meaning alone. known: see `fusion.coverage`."""

    answer: Answer
    related: frozenset[str] = frozenset()
    known: float = 0.0


_away: set[str] = set()
"""Engines that did not answer when this process last asked them: said once, and once more when they do."""


def search(question: Question) -> Results:
    """Never raises for what was asked. The first engine that can answer does; else titles from the database."""
    query = parse(question.text)
    chosen = engines.all_engines()
    for engine in chosen:
        try:
            results = ask(engine, question, synonyms_of_the_library.current(), meaning=asking.here())
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
    public = set(Edition.objects.public().filter(identifier__in=found).values_list("identifier", flat=True))
    if len(public) == len(found):
        return results
    cards = tuple(card for card in results.cards if card.data["edition"] in public)
    return replace(results, cards=cards, total=results.total - len(found) + len(cards))


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


def words_held(engine: Engine) -> Vocabulary:
    return _vocabulary(cast(Hashable, engine), engine.generation())


@lru_cache(maxsize=4)
def _vocabulary(engine: Hashable, generation: str) -> Vocabulary:
    return Vocabulary(cast(Engine, engine))


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
        self.thesaurus = thesaurus
        self.weights = weights
        self.meaning = meaning
        self.fiction = fiction
        self._held: Vocabulary | None = None
        self.rendering = self._rendering()
        self._known_counts: dict[tuple[str, ...], list[int]] = {}
        self.frequencies: dict[tuple[str, str], int] = {}

    def results(self) -> Results:
        if self.query.asks_for_nothing and self.query.text:
            return Results(self.question, self.query, engine=self.engine.name.partition("@")[0])
        reading = self._read()
        selected, size = self._selected(reading), self.question.size
        request = Request(
            self._tree(reading.whole), self._scope(), selected, FACET_FIELDS, self._sort(),
            offset=0 if self._inside else (self.question.page - 1) * size, limit=size,
            lift=self._lift(reading.nearby), window=-(-self.weights.window // size) * size,
        )  # fmt: skip
        if len(reading.rendered or reading.words) >= self.weights.feedback_from and request.lifts:
            request = replace(request, lift=self._lift((*reading.nearby, *self._shared(request))))
        likeness = self._likeness(reading, request)
        known = self._coverage(reading) if reading.plain else 1.0
        if likeness and self._about_nothing(likeness, known):
            return self._nothing(reading, selected, request.sort)
        head, left_out = self._head(request, likeness)
        found = Foremost(head)
        if likeness:
            found = self._by_words_and_meaning(request, head, likeness, known)
        answer = found.answer
        cards, places = self._cards(found, reading, selected, likeness), 0
        if self._inside and answer.total == 1 and cards[0].places:
            cards, places = self._all_places(cards[0], reading)
        return Results(
            question=self.question,
            query=self.query,
            total=answer.total,
            cards=cards,
            places=places,
            counts=answer.facets,
            selected=selected,
            sort=self.question.sort if places and self.question.sort == "place" else request.sort,
            engine=self.engine.name.partition("@")[0],
            did_you_mean=self._did_you_mean(reading),
            expanded=self._expanded(reading),
            related=len(found.related),
            missing=self._missing(reading)[0],
            panel=self._panel(answer.hits, reading, likeness),
            fictitious_left_out=left_out,
        )

    def _about_nothing(self, likeness: Likeness, known: float) -> bool:
        if len(likeness.scores) < self.weights.least_usual:
            return False
        elsewhere = not self._spoken & set(self._words_held().languages)
        return is_about_nothing(likeness.scores, likeness.usual, known, self.weights, elsewhere=elsewhere)

    def _nothing(self, reading: Reading, selected: Mapping[str, tuple[str, ...]], sort: str) -> Results:
        """No document, though some hold a word of the question: those are offered to be searched alone."""
        missing, held = self._missing(reading)
        return Results(
            self.question, self.query, selected=selected, sort=sort, engine=self.engine.name.partition("@")[0],
            did_you_mean=self._did_you_mean(reading), missing=missing, held=held,
        )  # fmt: skip

    def _missing(self, reading: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words of a plain question that stand in no document, by themselves or by others for them; and those that
        do."""
        if not reading.plain:
            return (), ()
        words = max(reading.words, reading.rendered, key=self._known_share)
        counts = dict(zip(words, self._counts(words), strict=True))
        missing = tuple(word for word, count in counts.items() if not count and word not in reading.unknown)
        return missing, tuple(word for word, count in counts.items() if count)

    def _head(self, request: Request, likeness: Likeness | None) -> tuple[Answer, int]:
        """The page by words, or all of the window where meaning puts it in order; and how many invented documents hold
        the words. What is chosen among the years leaves these out by itself."""
        head = replace(request, offset=0, limit=request.window) if likeness else request
        if self.fiction != Fiction.LEFT_OUT or "year" in request.selected or not self._words_held().fictitious:
            return self.engine.search(head), 0
        scope = {**request.scope, **Fiction.ALONE.scope}
        apart = replace(request, scope=scope, facets=(), lift=Nothing(), offset=0, limit=1)
        answer, invented = self.engine.answers([head, apart])
        return answer, invented.total

    def _read(self) -> Reading:
        if not self.query.text:
            return Reading(whole=Everything())
        self._ask_frequencies(self._languages(self._words_held().languages))
        reading = read(self.query, self._around())
        if not self.rendering or not reading.plain:
            return reading
        english = read(parse(self.rendering.text), self._around())
        english.expanded = [*self.rendering.found, *english.expanded]
        return besides(reading, english, self.weights.rendering)

    def _around(self) -> Surroundings:
        vocabulary = self._words_held()
        languages = self._languages(vocabulary.languages)
        return Surroundings(
            languages=languages,
            known=self._known,
            usual=self._usual,
            prefixed=vocabulary.prefixed,
            near=vocabulary.near,
            real=self._is_real,
            together=vocabulary.stand_together,
            thesaurus=self.thesaurus,
            weights=self.weights,
        )

    def _is_real(self, word: str) -> bool:
        """Whether a word is in use in a language of the texts, of the reader or of the question."""
        languages = (*self._languages(self._words_held().languages), primary(self.question.language))
        return is_real(word, languages) or is_real(word, self._spoken)

    @cached_property
    def _spoken(self) -> frozenset[str]:
        """The languages that the question is most likely in."""
        words = synonyms_of_the_library.dictionary()
        return words.languages(self.query.text, primary(self.question.language), commonness)

    def _rendering(self) -> Rendering | None:
        """The question in English, where it is in another language and nothing but words."""
        if self.query.asks_for_nothing or self.query.identifier or '"' in self.query.text:
            return None
        words = synonyms_of_the_library.dictionary()
        return words.render(self.query.text, primary(self.question.language), commonness)

    def _languages(self, held: Sequence[str]) -> tuple[str, ...]:
        """Those of the texts, the reader's first: reading a word in others costs time and finds nothing."""
        own = primary(self.question.language)
        return tuple(sorted(held, key=lambda language: language != own)) or (own,)

    def _ask_frequencies(self, languages: Iterable[str]) -> None:
        """All forms of the words typed, and of what means the same, are asked for at once, the others later."""
        text = f"{self.query.text} {self.rendering.text}" if self.rendering else self.query.text
        tokens = {token for language in languages for token in analyse(text, language)}
        typed = analyse(text, self.question.language)
        words = [token.exact for token in typed]
        telling = [text[token.start : token.end] for token in typed if token.exact not in STOP_WORDS]
        same = self.thesaurus.matches(telling)
        forms = {token.stem for token in tokens}
        forms.update(stem for match in same for other in match.alternatives for stem in other.stems)
        stems = {(name, stem) for stem in forms for name in TEXT_FIELDS if name != "exact"}
        exacts = {token.exact for token in tokens} | compounds.forms(words)
        self.frequencies = dict(self.engine.doc_freqs(stems | {("exact", exact) for exact in exacts}))

    def _frequency(self, name: str, term: str) -> int:
        """In how many documents a term stands."""
        pair = (name, term)
        if pair not in self.frequencies:
            self.frequencies.update(self.engine.doc_freqs([pair]))
        return self.frequencies[pair]

    def _known(self, name: str, term: str) -> bool:
        return self._frequency(name, term) > 0

    def _usual(self, name: str, term: str) -> bool:
        documents = self._words_held().documents
        return documents >= self.weights.least_usual and (
            self._frequency(name, term) > self.weights.usual_word * documents
        )

    # --- meaning --------------------------------------------------------------------------------------------------

    def _likeness(self, reading: Reading, request: Request) -> Likeness | None:
        """None where words alone decide: what is quoted, excluded or limited to a field must be met."""
        if self.meaning is None or self._inside or not reading.plain or self.query.identifier or request.sort in SORTS:
            return None
        in_english = bool(reading.rendered and self.rendering)
        return self.meaning.likeness(self.rendering.text if in_english and self.rendering else self.query.text)

    def _coverage(self, reading: Reading) -> float:
        """Of the words as they were typed or of those in English, whichever the index knows better."""
        return max(self._known_share(reading.words), self._known_share(reading.rendered))

    def _known_share(self, words: Sequence[str]) -> float:
        return coverage(self._counts(words), self._words_held().documents)

    def _counts(self, words: Sequence[str]) -> list[int]:
        """Documents that hold each. A word that the thesaurus has other words for is known by these too."""
        found = self._known_counts.get(tuple(words))
        if found is None:
            found = self._known_counts[tuple(words)] = self._counted(words)
        return found

    def _counted(self, words: Sequence[str]) -> list[int]:
        counts = [self._held_by(word) for word in words]
        for match in self.thesaurus.matches(words):
            others = [min(self._frequency("body", stem) for stem in other.stems) for other in match.alternatives]
            for at in range(match.start, match.end):
                counts[at] = max((counts[at], *others))
        return counts

    def _held_by(self, word: str) -> int:
        """Documents that hold a word, read in the language in which most do."""
        languages = self._languages(self._words_held().languages)
        forms = {token for language in languages for token in analyse(word, language)[:1]}
        each = [self._frequency("body", form.stem) for form in forms]
        return max(each + [self._frequency("exact", form.exact) for form in forms], default=0)

    def _by_words_and_meaning(self, request: Request, head: Answer, likeness: Likeness, known: float) -> Foremost:
        """The foremost by words, and what is near in meaning, in one order; then what else holds the words."""
        by_words = {hit.key: hit for hit in head.hits}
        near = [name for name in related(likeness.scores, likeness.usual, self.weights) if name not in by_words]
        by_meaning, verbatim, answer = self._near(request, near, head, known)
        scored = [(name, hit.score) for name, hit in by_words.items()]
        order = fused(scored, by_meaning, likeness.scores, known, self.weights, verbatim)
        hits = [(by_words.get(name) or by_meaning[name]) for name in order]
        page = hits[request.offset : request.offset + request.limit]
        if len(page) < request.limit and head.total > request.window:
            start = request.window + max(0, request.offset - len(order))
            page += self._others(request, by_meaning, start, request.limit - len(page))
        return Foremost(replace(answer, hits=page), frozenset(by_meaning), known)

    def _near(
        self, request: Request, near: list[str], head: Answer, known: float
    ) -> tuple[dict[str, Hit], frozenset[str], Answer]:
        """Those that are limited as the question is, what holds the question as it is typed, and the head's answer with
        the former counted.

        What a facet counts leaves aside what is chosen in it: so all of them are counted, and the chosen ones shown.
        """
        if not near:
            return {}, frozenset(), head
        asked = {"found": self._of(near, request, Everything())}
        if head.total > request.window:  # some may hold the words, and stand further below
            asked["below"] = self._of(near, request, request.tree)
        if known == 1.0 and (typed := self._as_typed()):
            asked["verbatim"] = replace(
                request, tree=typed, facets=(), counted=False, lift=Nothing(), offset=0, limit=request.window
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
        limits = self._of(list(found), request, Everything(), request.selected)
        answer, chosen = self.engine.answers([counted, limits])
        return _unscored(chosen), verbatim, answer

    @staticmethod
    def _of(
        editions: list[str], request: Request, tree: Node, selected: Mapping[str, tuple[str, ...]] | None = None
    ) -> Request:
        """For those of these editions that match, as they are now."""
        scope = {**request.scope, "current": ("yes",)}
        wanted = Every((OneOf("edition", tuple(editions)), tree))
        return Request(wanted, scope, selected or {}, counted=False, limit=len(editions))

    def _hits(self, requests: Mapping[str, Request]) -> dict[str, dict[str, Hit]]:
        answers = self.engine.answers(list(requests.values()))
        return {name: _unscored(answer) for name, answer in zip(requests, answers, strict=True)}

    def _as_typed(self) -> Node | None:
        terms = tuple(token.exact for token in analyse(self.query.text, self.question.language))
        if not terms:
            return None
        return tree.Sequence("exact", terms) if len(terms) > 1 else Term("exact", terms[0])

    def _others(self, request: Request, besides: Mapping[str, Hit], offset: int, limit: int) -> list[Hit]:
        wanted = Without(request.tree, (OneOf("edition", tuple(besides)),)) if besides else request.tree
        rest = replace(request, tree=wanted, facets=(), counted=False, offset=offset, limit=limit)
        return self.engine.search(rest).hits

    def _selected(self, reading: Reading) -> dict[str, tuple[str, ...]]:
        both = {**self.question.selected}
        for name, values in reading.facets.items():
            both[name] = tuple(dict.fromkeys((*both.get(name, ()), *values)))
        return both

    def _scope(self) -> dict[str, tuple[str, ...]]:
        scope = {"level": (WHOLE,), **self.fiction.scope, **self.question.within}
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
        """The words that the first answers share, where they are enough: two or three say more of each other than of
        the question."""
        few = replace(request, facets=(), counted=False, offset=0, limit=self.weights.feedback_documents)
        first = self.engine.search(few).hits
        if len(first) < self.weights.feedback_least:
            return ()
        texts = [counted(hit.card["telling"]) for hit in first]
        words = shared_words(texts, [hit.score for hit in first], self._words_held().documents, self.engine.doc_freqs)
        return weighted(words, self.weights)

    def _words_held(self) -> Vocabulary:
        """The same throughout an answer: a publication that lands meanwhile is for the next."""
        if self._held is None:
            self._held = words_held(self.engine)
        return self._held

    def _sort(self) -> str:
        if self.question.sort in {"newest", "oldest", "title", "stage"}:
            return self.question.sort
        return "relevance" if self.query.text else "newest"

    @property
    def _inside(self) -> bool:
        """Whether one document alone is searched, so that its places are paged through."""
        return "document" in self.question.within

    # --- cards ----------------------------------------------------------------------------------------------------

    def _cards(
        self,
        found: Foremost,
        reading: Reading,
        selected: Mapping[str, tuple[str, ...]],
        likeness: Likeness | None,
    ) -> tuple[Card, ...]:
        hits, by_meaning = found.answer.hits, found.related
        by_words = [hit.key for hit in hits if hit.key not in by_meaning]
        beside = [name for name in by_words if likeness and name in likeness.scores]
        if len(reading.words) < self.weights.feedback_from:
            beside = []
        others = [hit.key for hit in hits if hit.key in by_meaning]
        ranks = self._nearest([*others, *beside], likeness) if likeness else {}
        holding, near = self._found_places(by_words, reading, selected, ranks)
        places = holding | {name: near[name] for name in others if name in near}
        if likeness:
            places |= self._with_nearest(
                {name: holding[name] for name in beside if name in holding}, near, likeness, found.known
            )
        return tuple(
            self._card(hit, places.get(hit.key, Found(0, [])), reading.marks, hit.key in by_meaning) for hit in hits
        )

    @staticmethod
    def _nearest(editions: list[str], likeness: Likeness) -> dict[str, int]:
        """Keys of the passages of each edition that come nearest to the question, to their ranks there."""
        return {
            f"{edition}#{anchor}": at
            for edition in editions
            for at, (anchor, _) in enumerate(likeness.nearest(edition, NEAREST))
        }

    def _found_places(
        self, by_words: list[str], reading: Reading, selected: Mapping[str, tuple[str, ...]], ranks: Mapping[str, int]
    ) -> tuple[dict[str, Found], dict[str, Found]]:
        """The best passages of each edition by words, with how many match in each; and those of these ranks."""
        asked: dict[str, Request] = {}
        if by_words and not isinstance(reading.passages, Nothing):
            scope = {"level": (PASSAGE,), "edition": tuple(by_words)}
            if "kind" in selected:
                scope["kind"] = selected["kind"]
            asked["words"] = Request(self._telling(reading.passages), scope)
        if ranks:
            scope = {"level": (PASSAGE,), "edition": tuple({key.partition("#")[0]: None for key in ranks})}
            asked["near"] = Request(OneOf("key", tuple(ranks)), scope)
        told = dict(zip(asked, self.engine.all_places(list(asked.values()), PLACES), strict=True)) if asked else {}
        near = {
            edition: Found(len(each.hits), sorted(each.hits, key=lambda hit: ranks[hit.key]))
            for edition, each in told.get("near", {}).items()
        }
        return told.get("words", {}), near

    def _card(self, hit: Hit, found: Found, marks: Marks, by_meaning: bool) -> Card:
        """The summary stands in where no passage matches, and is marked only then."""
        language = hit.card["language"]
        return Card(
            data=hit.card,
            score=round(hit.score, 4),
            title_html=marked(hit.card["title"], language, marks),
            summary_html=Marked("") if found.hits else snippet(hit.card["summary"], language, marks).html,
            places=tuple(self._place(hit.card, place, marks) for place in found.hits),
            more=found.count - len(found.hits),
            related=by_meaning,
        )

    # --- the answer -----------------------------------------------------------------------------------------------

    def _panel(self, hits: Sequence[Hit], reading: Reading, likeness: Likeness | None) -> Panel | None:
        """The paragraph that answers, of the first documents of the first page."""
        aim = aim_of(self.query.text) if likeness and self.question.page == 1 else None
        cards = {hit.key: hit.card for hit in hits[:FOREMOST] if likeness and hit.key in likeness.scores}
        if not likeness or not aim or not cards:
            return None
        held, scores = self._passages_that_may_answer(aim, list(cards), reading, likeness)
        best_score = max(scores.values(), default=1.0)
        rarity = self._rarity(reading)
        candidates = []
        for key, passage in held.items():
            cosine = likeness.passages(passage["edition"]).get(passage["anchor"])
            if cosine is None:
                continue
            stems = {token.stem for token in analyse(passage["text"], passage["language"])}
            share = sum(weight for forms, weight in rarity if forms & stems) / sum(weight for _, weight in rarity)
            words = scores.get(key, 0.0) / best_score
            candidates.append(
                Candidate(key, passage["text"], passage["section"], cosine - likeness.usual, words, share)
            )
        chosen = best(candidates, aim, self.weights)
        return self._drawn(aim, cards[held[chosen.key]["edition"]], held[chosen.key], reading.marks) if chosen else None

    def _passages_that_may_answer(
        self, aim: Aim, editions: list[str], reading: Reading, likeness: Likeness
    ) -> tuple[dict[str, Mapping[str, Any]], dict[str, float]]:
        """Key to card of the passages nearest by words and by meaning that say something; and the former's scores."""
        scope = {"level": (PASSAGE,), "edition": tuple(editions)}
        says = OneOf("form", ("text",))
        near = tuple(f"{name}#{anchor}" for name in editions for anchor, _ in likeness.nearest(name, BY_MEANING))
        asked = [Request(Every((OneOf("key", near), says)), scope)]
        if aim is Aim.OPEN:
            scope["kind"] = tuple(OPEN)
            asked = [Request(says, scope)]
        if not isinstance(reading.passages, Nothing):
            asked.append(Request(Every((reading.passages, says)), scope))
        told = [
            [hit for found in places.values() for hit in found.hits]
            for places in self.engine.all_places(asked, BY_WORDS)
        ]
        scores = {hit.key: hit.score for hits in told[1:] for hit in hits}
        return {hit.key: hit.card for hits in told for hit in hits}, scores

    def _rarity(self, reading: Reading) -> list[tuple[set[str], float]]:
        """Each telling word of the question: its stems, and what it weighs."""
        words = max(reading.words, reading.rendered, key=self._known_share)
        languages = self._languages(self._words_held().languages)
        stems = ({token.stem for language in languages for token in analyse(word, language)} for word in words)
        weights = rarities(self._counts(words), self._words_held().documents)
        return list(zip(stems, weights, strict=True)) or [(set(), 1.0)]

    def _drawn(self, aim: Aim, card: Mapping[str, Any], passage: Mapping[str, Any], marks: Marks) -> Panel:
        url = f"{card['url']}#{passage['anchor']}"
        places = tuple(spans(passage["text"], passage["language"], marks))
        return Panel(
            aim=aim,
            data=card,
            anchor=passage["anchor"],
            number=passage["number"],
            url=url,
            marked_url=opened_page.address(url, passage["text"], places),
            language=passage["language"],
            section=passage["section"],
            text=passage["text"],
            text_html=mark(passage["text"], list(places)),
        )

    def _telling(self, node: Node) -> Node:
        """What says something before what only names it."""
        return Best((Every((node, OneOf("form", ("text",)))), Weighted(node, self.weights.stub)))

    def _with_nearest(
        self, places: Mapping[str, Found], nearest: Mapping[str, Found], likeness: Likeness, known: float
    ) -> dict[str, Found]:
        """A question in plain language is answered by the passage that comes nearest, more often than by the one that
        holds most of its words: both stand on a card, in the order of words and meaning together."""
        merged = {}
        for name, found in places.items():
            hits = {hit.key: hit for hit in (*nearest.get(name, Found(0, [])).hits, *found.hits)}
            held = {hit.key: hit.score for hit in found.hits}
            anchors = {f"{name}#{anchor}": cosine for anchor, cosine in likeness.passages(name).items()}
            order = fused(list(held.items()), hits.keys() - held.keys(), anchors, known, self.weights)
            shown = [hits[key] for key in order[:PLACES]]
            more = found.count - sum(hit.key in held for hit in shown)
            merged[name] = Found(len(shown) + more, shown)
        return merged

    def _all_places(self, card: Card, reading: Reading) -> tuple[tuple[Card, ...], int]:
        """The card with a page of all places that match in its document, the best first or as they stand in the text,
        and how many there are."""
        scope = {"level": (PASSAGE,), "edition": (card.data["edition"],)}
        sort = "place" if self.question.sort == "place" else "relevance"
        offset = (self.question.page - 1) * PLACES_A_PAGE
        request = Request(self._telling(reading.passages), scope, sort=sort, offset=offset, limit=PLACES_A_PAGE)
        answer = self.engine.search(request)
        places = tuple(self._place(card.data, hit, reading.marks) for hit in answer.hits)
        return (replace(card, places=places, more=0),), answer.total

    @staticmethod
    def _place(card: Mapping[str, Any], hit: Hit, marks: Marks) -> Place:
        passage = hit.card
        cut = snippet(passage["text"], passage["language"], marks)
        url = passage.get("url") or f"{card['url']}#{passage['anchor']}"
        return Place(
            anchor=passage["anchor"],
            number=passage["number"],
            url=url,
            path=tuple(passage["path"]),
            section=passage["section"],
            language=passage["language"],
            snippet_html=cut.html,
            snippet=cut.plain,
            marked_url=url if "url" in passage else opened_page.address(url, passage["text"], cut.places),
            file=passage.get("file", ""),
            original=passage.get("original", False),
        )

    def _expanded(self, reading: Reading) -> tuple[str, ...]:
        """What was searched besides; not what repeats the question in another spelling."""
        typed = _squeezed(self.query.text)
        return tuple(term for term in dict.fromkeys(reading.expanded) if _squeezed(term) not in typed)

    def _did_you_mean(self, reading: Reading) -> str:
        text = self.query.text
        for word, near in reading.unknown.items():
            text = text.replace(word, near[0])
        return text if reading.unknown else ""


def _unscored(answer: Answer) -> dict[str, Hit]:
    return {hit.key: replace(hit, score=0.0) for hit in answer.hits}


def _squeezed(text: str) -> str:
    """Without what compounds differ in: cyber-security, cyber security."""
    return "".join(token.exact for token in analyse(text, "en"))
