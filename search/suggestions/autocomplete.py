"""What the box offers while somebody types: documents, their sections, questions asked often, themes, forums and
terms.

All of it is public, and a question is one that public documents answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from editions.document.passages import PassageKind
from search.analysis.analyzer import analyse, fold
from search.answering.answer import ask
from search.answering.spelling import words_held
from search.engines import registry as engines
from search.engines.base import PASSAGE, Engine, Request, Unavailable
from search.facets.models import FacetValue
from search.query.fictitious import YEAR
from search.query.parser import clean
from search.query.question import Question
from search.query.tree import Best, Every, OneOf, Term
from search.query_log.models import AskedQuestion
from search.tuning import stored_synonyms
from search.tuning.models import Synonym

MOST = 8
SHORTEST = 2
CANDIDATES = 20  # documents or headings looked at for titles that hold what was typed
MOST_TERMS = 50  # words that begin as the last one typed
MOST_SECTIONS = 2
MOST_QUESTIONS = 2
MOST_NAMES = 3  # themes, forums, terms


@dataclass(frozen=True, slots=True)
class Suggestion:
    """kind: said beside it."""

    text: str
    kind: Any
    url: str


def suggest(text: str, language: str) -> list[Suggestion]:
    """At most MOST, titles first. Nothing typed so far is corrected."""
    typed = clean(text[:100])
    if len(typed) < SHORTEST:
        return []
    wanted = [fold(word) for word in typed.split()]
    engine = engines.all_engines()[0]
    try:
        found = [*_titles(engine, typed, wanted, language), *_sections(engine, wanted), *_questions(engine, typed)]
    except Unavailable:
        found = []
    return _once([*found, *_themes(wanted), *_forums(wanted), *_terms(typed)])[:MOST]


def _once(found: Iterable[Suggestion]) -> list[Suggestion]:
    return list({fold(each.text): each for each in reversed([*found])}.values())[::-1]


def _titles(engine: Engine, typed: str, wanted: list[str], language: str) -> list[Suggestion]:
    question = Question(f"{typed}*", size=CANDIDATES, language=language)
    cards = ask(engine, question, stored_synonyms.current()).cards
    found = [card.data for card in cards if _holds(card.data["title"], wanted)]
    return [Suggestion(data["title"], _("document"), data["url"]) for data in found[:4]]


def _sections(engine: Engine, wanted: list[str]) -> list[Suggestion]:
    """Headings that hold all the words; the last one may still be typed."""
    held = words_held(engine)
    begun = held.prefixed(wanted[-1], MOST_TERMS)
    last = Best(tuple(Term("exact", term) for term in begun))
    words = Every((last, OneOf("form", ("stub",)), *(Term("exact", word) for word in wanted[:-1])))
    scope = {"level": (PASSAGE,), "current": ("yes",), **held.usual_fiction.scope}
    hits = engine.search(Request(words, scope, limit=CANDIDATES, counted=False)).hits if begun else []
    cards = [hit.card for hit in hits if hit.card["kind"] == PassageKind.HEADING and _holds(hit.card["text"], wanted)]
    return [Suggestion(card["text"], _("section"), _place(card)) for card in cards[:MOST_SECTIONS]]


def _place(card: Any) -> str:
    return f"/id/{card['edition']}#{card['anchor']}"


def _questions(engine: Engine, typed: str) -> list[Suggestion]:
    """Questions that begin so, asked on several days and answered: each of their words stands in a public document."""
    if not settings.SEARCH_POPULAR_DAYS:
        return []
    start = " ".join(typed.casefold().split())
    rows = AskedQuestion.objects.filter(question__startswith=start, results__gt=0, clicks__gt=0).exclude(question=start)
    often = rows.values("question").annotate(days=Count("day", distinct=True), times=Sum("times"))
    asked = often.filter(days__gte=settings.SEARCH_POPULAR_DAYS).order_by("-times", "question")[:CANDIDATES]
    texts = [row["question"] for row in asked]
    words = {text: {("exact", token.exact) for token in analyse(text, "en")} for text in texts}
    held = engine.doc_freqs(set().union(*words.values())) if words else {}
    known = [text for text in texts if words[text] and all(held[word] for word in words[text])]
    return [Suggestion(text, _("often asked"), _search(q=text)) for text in known[:MOST_QUESTIONS]]


def _themes(wanted: list[str]) -> list[Suggestion]:
    rows = FacetValue.objects.filter(facet="theme").order_by("label")
    return [Suggestion(row.label, _("theme"), _search(theme=row.value)) for row in rows if _holds(row.label, wanted)][
        :MOST_NAMES
    ]


def _forums(wanted: list[str]) -> list[Suggestion]:
    """The newest first, none of a fictitious year."""
    rows = FacetValue.objects.filter(facet="forum").exclude(value__startswith=f"{YEAR}/").order_by("-value")
    return [Suggestion(row.label, _("forum"), _search(forum=row.value)) for row in rows if _holds(row.label, wanted)][
        :MOST_NAMES
    ]


def _terms(typed: str) -> list[Suggestion]:
    start = fold(typed)
    terms = {term for row in Synonym.objects.filter(terms__icontains=typed) for term in row.term_list}
    return [
        Suggestion(term, _("term"), _search(q=term))
        for term in sorted(terms, key=str.casefold)
        if fold(term).startswith(start)
    ][:MOST_NAMES]


def _holds(title: str, wanted: Iterable[str]) -> bool:
    return all(word in fold(title) for word in wanted)


def _search(**asked: str) -> str:
    return f"{reverse('search:results')}?{urlencode(asked)}"
