"""When no engine answers: titles from the database, and nothing pretended."""

from functools import reduce
from operator import and_

from django.db.models import Q

from editions.models import Edition
from search.answering.cards import Card, Results
from search.answering.highlight import marked, snippet
from search.engines.base import DATABASE
from search.indexing.records import card_of
from search.query import fictitious
from search.query.marks import Marks
from search.query.parser import Query, Words
from search.query.question import Question


def search(question: Question, query: Query) -> Results:
    """Newest public editions whose titles hold every plain word. No facet is counted; only the year limits."""
    words = [clause.text for group in query.groups for clause in group if isinstance(clause, Words)]
    if query.text and not words:
        return Results(question, query, engine=DATABASE, degraded=True)
    editions = Edition.objects.public().current().defer("document")
    if words:
        editions = editions.filter(reduce(and_, (Q(title__icontains=word) for word in words)))
    if years := [int(year) for year in question.selected.get("year", ()) if year.isdecimal()]:
        editions = editions.filter(year__in=years)
    for forum in question.within.get("forum", ()):
        year, _, slug = forum.partition("/")
        editions = editions.filter(year=int(year), forum_slug=slug)
    if series := question.within.get("document"):
        editions = editions.filter(series__in=series)
    alone = False
    if not fictitious.asked_for(question):
        real = editions.real()
        alone = not real.exists() and editions.exists()
        editions = editions if alone else real
    start = (question.page - 1) * question.size
    found = editions.order_by("-year", "identifier")
    cards = tuple(_card(edition, words) for edition in found[start : start + question.size])
    return Results(
        question, query, total=found.count(), cards=cards, engine=DATABASE, degraded=True, sort="newest",
        fictitious_alone=alone and Edition.objects.public().real().exists(),
    )  # fmt: skip


def _card(edition: Edition, words: list[str]) -> Card:
    data = card_of(edition)
    marks = Marks(exacts=frozenset(word.casefold() for word in words))
    return Card(
        data=data,
        score=0.0,
        title_html=marked(edition.title, edition.language, marks),
        summary_html=snippet(data["summary"], edition.language, marks).html,
        places=(),
        more=0,
    )
