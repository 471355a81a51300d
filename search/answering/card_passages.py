"""The cards of a page of hits, each with the passages of its edition that match best, or come nearest in meaning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from search.answering import highlight_on_page
from search.answering.cards import PLACES_A_PAGE, Card, Place
from search.answering.foremost_hits import Foremost
from search.answering.fusion import fused
from search.answering.highlight import Marked, marked, snippet
from search.engines.base import PASSAGE, Engine, Found, Hit, Request
from search.meaning.vector_similarity import Likeness
from search.query.interpretation import Reading
from search.query.marks import Marks
from search.query.ranking_weights import Weights
from search.query.tree import Best, Every, Node, Nothing, OneOf, Weighted

PLACES = 3  # passages on a card
NEAREST = 2  # passages on the card of a document that is near in meaning alone


@dataclass(frozen=True, slots=True)
class CardPassages:
    """selected: what is chosen in the facets. Its methods raise Unavailable."""

    engine: Engine
    weights: Weights
    reading: Reading
    selected: Mapping[str, tuple[str, ...]]

    def cards(self, found: Foremost, likeness: Likeness | None) -> tuple[Card, ...]:
        hits, by_meaning = found.answer.hits, found.related
        by_words = [hit.key for hit in hits if hit.key not in by_meaning]
        beside = [name for name in by_words if likeness and name in likeness.scores]
        if len(self.reading.words) < self.weights.feedback_from:
            beside = []
        others = [hit.key for hit in hits if hit.key in by_meaning]
        ranks = _nearest([*others, *beside], likeness) if likeness else {}
        holding, near = self._found(by_words, ranks)
        places = holding | {name: near[name] for name in others if name in near}
        if likeness:
            held = {name: holding[name] for name in beside if name in holding}
            places |= self._with_nearest(held, near, likeness, found.known)
        marks = self.reading.marks
        return tuple(_card(hit, places.get(hit.key, Found(0, [])), marks, hit.key in by_meaning) for hit in hits)

    def all_of(self, card: Card, *, in_order: bool, page: int) -> tuple[Card, int]:
        """The card with a page of all places that match in its document, the best first or as they stand in the text,
        and how many there are."""
        scope = {"level": (PASSAGE,), "edition": (card.data["edition"],)}
        request = Request(
            self._telling(self.reading.passages), scope, sort="place" if in_order else "relevance",
            offset=(page - 1) * PLACES_A_PAGE, limit=PLACES_A_PAGE,
        )  # fmt: skip
        answer = self.engine.search(request)
        places = tuple(_place(card.data, hit, self.reading.marks) for hit in answer.hits)
        return replace(card, places=places, more=0), answer.total

    def _found(self, by_words: list[str], ranks: Mapping[str, int]) -> tuple[dict[str, Found], dict[str, Found]]:
        """The best passages of each edition by words, with how many match in each; and those of these ranks."""
        asked: dict[str, Request] = {}
        if by_words and not isinstance(self.reading.passages, Nothing):
            scope = {"level": (PASSAGE,), "edition": tuple(by_words)}
            if "kind" in self.selected:
                scope["kind"] = self.selected["kind"]
            asked["words"] = Request(self._telling(self.reading.passages), scope)
        if ranks:
            scope = {"level": (PASSAGE,), "edition": tuple({key.partition("#")[0]: None for key in ranks})}
            asked["near"] = Request(OneOf("key", tuple(ranks)), scope)
        told = dict(zip(asked, self.engine.all_places(list(asked.values()), PLACES), strict=True)) if asked else {}
        near = {
            edition: Found(len(each.hits), sorted(each.hits, key=lambda hit: ranks[hit.key]))
            for edition, each in told.get("near", {}).items()
        }
        return told.get("words", {}), near

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


def _nearest(editions: Sequence[str], likeness: Likeness) -> dict[str, int]:
    """Keys of the passages of each edition that come nearest to the question, to their ranks there."""
    return {
        f"{edition}#{anchor}": at
        for edition in editions
        for at, (anchor, _) in enumerate(likeness.nearest(edition, NEAREST))
    }


def _card(hit: Hit, found: Found, marks: Marks, by_meaning: bool) -> Card:
    """The summary stands in where no passage matches, and is marked only then."""
    language = hit.card["language"]
    return Card(
        data=hit.card,
        score=round(hit.score, 4),
        title_html=marked(hit.card["title"], language, marks),
        summary_html=Marked("") if found.hits else snippet(hit.card["summary"], language, marks).html,
        places=tuple(_place(hit.card, place, marks) for place in found.hits),
        more=found.count - len(found.hits),
        related=by_meaning,
    )


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
        marked_url=url if "url" in passage else highlight_on_page.address(url, passage["text"], cut.places),
        file=passage.get("file", ""),
        original=passage.get("original", False),
    )
