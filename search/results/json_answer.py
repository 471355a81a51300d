"""The answer for programs. Its shape is a public contract: docs/search.md, "For programs"."""

from collections.abc import Iterable
from typing import Any

from search.answering.answer_panel import Panel
from search.answering.cards import Card, Place, Results
from search.facets.choices import Choice


def answer(results: Results, choices: Iterable[Choice]) -> dict[str, Any]:
    return {
        "total": results.total,
        "page": results.question.page,
        "engine": results.engine,
        "degraded": results.degraded,
        "hits": [_hit(card) for card in results.cards],
        "facets": {choice.kind.name: _values(choice) for choice in choices},
        "did_you_mean": results.did_you_mean or None,
        "expanded": list(results.expanded),
        "related": results.related,
        "missing": list(results.missing),
        "answer": _panel(results.panel) if results.panel else None,
        "places": results.places or None,
        "fictitious_left_out": results.fictitious_left_out,
        "fictitious_alone": results.fictitious_alone,
        "pages": results.pages,
        "cut": results.query.cut,
    }


def _panel(panel: Panel) -> dict[str, Any]:
    return {
        "aim": panel.aim.value,
        "id": panel.data["edition"],
        "title": panel.data["title"],
        "year": panel.data["year"],
        "stage": panel.data["stage"],
        "language": panel.language,
        "anchor": panel.anchor,
        "number": panel.number,
        "url": panel.url,
        "text": panel.text,
    }


def _hit(card: Card) -> dict[str, Any]:
    data = card.data
    return {
        "id": data["edition"],
        "record": data["record"],
        "url": data["url"],
        "title": data["title"],
        "year": data["year"],
        "forum": data["forum"],
        "stage": data["stage"],
        "language": data["language"],
        "translation_of": data.get("translation_of", ""),  # not in cards of an index built before November 2026
        "superseded": not data["current"],
        "fictitious": data["fictitious"],
        "score": card.score,
        "passages": [_place(place) for place in card.places],
        "more_passages": card.more,
        "related": card.related,
    }


def _place(place: Place) -> dict[str, str | bool]:
    return {
        "anchor": place.anchor,
        "url": place.url,
        "snippet_html": str(place.snippet_html),
        "snippet": place.snippet,
        "file": place.file,
        "original": place.original,
    }


def _values(choice: Choice) -> list[dict[str, Any]]:
    return [
        {"value": value.value, "label": str(value.label), "count": value.count, "selected": value.selected}
        for value in choice.values
    ]
