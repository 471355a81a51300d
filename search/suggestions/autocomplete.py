"""What the box offers while somebody types: documents, themes and the library's own terms, all of them public."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from search.analysis.analyzer import fold
from search.engines import registry as engines
from search.engines.base import Unavailable
from search.facets.models import FacetValue
from search.query.parser import clean
from search.query.question import Question
from search.results.answer import ask
from search.tuning import thesaurus
from search.tuning.models import Synonym

MOST = 8
SHORTEST = 2
CANDIDATES = 20  # documents looked at for titles that hold what was typed


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
    return [*_titles(typed, wanted, language), *_themes(wanted), *_terms(typed)][:MOST]


def _titles(typed: str, wanted: list[str], language: str) -> list[Suggestion]:
    engine = engines.all_engines()[0]
    try:
        question = Question(f"{typed}*", size=CANDIDATES, language=language)
        cards = ask(engine, question, thesaurus.current()).cards
    except Unavailable:
        return []
    found = [card.data for card in cards if all(word in fold(card.data["title"]) for word in wanted)]
    return [Suggestion(data["title"], _("document"), data["url"]) for data in found[:5]]


def _themes(wanted: list[str]) -> list[Suggestion]:
    rows = FacetValue.objects.filter(facet="theme").order_by("label")
    return [
        Suggestion(row.label, _("theme"), f"{reverse('search:results')}?{urlencode({'theme': row.value})}")
        for row in rows
        if all(word in fold(row.label) for word in wanted)
    ][:3]


def _terms(typed: str) -> list[Suggestion]:
    start = fold(typed)
    terms = {term for row in Synonym.objects.filter(terms__icontains=typed) for term in row.term_list}
    return [
        Suggestion(term, _("term"), f"{reverse('search:results')}?{urlencode({'q': term})}")
        for term in sorted(terms, key=str.casefold)
        if fold(term).startswith(start)
    ][:3]
