"""Which paragraph of the first documents is shown as the answer, from what the engine and the meaning say of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.analysis.analyzer import analyse
from search.answering import highlight_on_page
from search.answering.answer_panel import BY_MEANING, BY_WORDS, FOREMOST, OPEN, Candidate, Panel, best
from search.answering.highlight import mark, spans
from search.answering.question_words import QuestionWords
from search.engines.base import PASSAGE, Engine, Hit, Request
from search.meaning.vector_similarity import Likeness
from search.query.interpretation import Reading
from search.query.marks import Marks
from search.query.natural_questions import Aim, may_tell
from search.query.ranking_weights import Weights
from search.query.tree import Every, Nothing, OneOf


@dataclass(frozen=True, slots=True)
class PanelChoice:
    """Its methods raise Unavailable."""

    engine: Engine
    weights: Weights
    words: QuestionWords
    reading: Reading
    likeness: Likeness
    aim: Aim

    def of(self, hits: Sequence[Hit]) -> Panel | None:
        """The paragraph that answers, of the first documents of a page."""
        cards = {hit.key: hit.card for hit in hits[:FOREMOST] if hit.key in self.likeness.scores}
        if not cards:
            return None
        held, scores = self._that_may_answer(list(cards))
        chosen = best(self._candidates(held, scores), self.aim, self.weights)
        if not chosen:
            return None
        passage = held[chosen.key]
        return _drawn(self.aim, cards[passage["edition"]], passage, self.reading.marks)

    def _that_may_answer(self, editions: list[str]) -> tuple[dict[str, Mapping[str, Any]], dict[str, float]]:
        """Key to card of the passages nearest by words and by meaning that say something; and the former's scores."""
        scope = {"level": (PASSAGE,), "edition": tuple(editions)}
        says = OneOf("form", ("text",))
        near = tuple(f"{name}#{anchor}" for name in editions for anchor, _ in self.likeness.nearest(name, BY_MEANING))
        asked = [Request(Every((OneOf("key", near), says)), scope)]
        if self.aim is Aim.OPEN:
            scope["kind"] = tuple(OPEN)
            asked = [Request(says, scope)]
        if not isinstance(self.reading.passages, Nothing):
            asked.append(Request(Every((self.reading.passages, says)), scope))
        told = [
            [hit for found in places.values() for hit in found.hits]
            for places in self.engine.all_places(asked, BY_WORDS)
        ]
        scores = {hit.key: hit.score for hits in told[1:] for hit in hits}
        return {hit.key: hit.card for hits in told for hit in hits}, scores

    def _candidates(self, held: Mapping[str, Mapping[str, Any]], scores: Mapping[str, float]) -> list[Candidate]:
        best_score = max(scores.values(), default=1.0)
        rarity = self.words.rarity(self.reading)
        whole = sum(weight for _, weight in rarity)
        candidates = []
        telling = self.reading.rendered or self.reading.words
        for key, passage in held.items():
            cosine = self.likeness.passages(passage["edition"]).get(passage["anchor"])
            if cosine is None or not may_tell(self.words.text, passage["text"], telling):
                continue
            stems = {token.stem for token in analyse(passage["text"], passage["language"])}
            share = sum(weight for forms, weight in rarity if forms & stems) / whole
            above, words = cosine - self.likeness.usual, scores.get(key, 0.0) / best_score
            candidates.append(Candidate(key, passage["text"], passage["section"], above, words, share))
        return candidates


def _drawn(aim: Aim, card: Mapping[str, Any], passage: Mapping[str, Any], marks: Marks) -> Panel:
    url = f"{card['url']}#{passage['anchor']}"
    places = tuple(spans(passage["text"], passage["language"], marks))
    return Panel(
        aim=aim,
        data=card,
        anchor=passage["anchor"],
        number=passage["number"],
        url=url,
        marked_url=highlight_on_page.address(url, passage["text"], places),
        language=passage["language"],
        section=passage["section"],
        text=passage["text"],
        text_html=mark(passage["text"], list(places)),
    )
