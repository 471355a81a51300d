"""Invented records stand beside real ones in the index, and never among them in an answer that did not ask for them."""

from typing import Any

import pytest
from django.test import Client

from search import services
from search.answering import answer
from search.engines.base import Unavailable
from search.services import Question, drain
from tests.search.library import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def mixed(index: Any) -> None:
    """Of ten documents about lamps three are invented, and one of these knows a word that no real one holds."""
    for number in range(7):
        publish(f"Real lamp {number}", "Oil.", year=2090 + number % 2, fictitious=False)
    publish("Invented lamp", "Oil and a wick.", code="ONE", theme="wrecks")
    publish("Invented lamp again", "Oil.", code="TWO")
    publish("Invented quoin", "A quoin of a lamp.", code="THREE")
    drain()


def titles(results: Any) -> set[str]:
    return {card.data["title"] for card in results.cards}


def test_real_results_are_counted_without_them_and_say_how_many_they_leave_out(mixed: None) -> None:
    for text in ("lamp", "oil", '"lamp"', "lam*", "lamp oil -wick", ""):
        results = services.search(Question(text))
        assert all(title.startswith("Real") for title in titles(results)), text
        assert results.total == 7 == sum(results.counts["year"].values()), text
        assert "wrecks" not in results.counts["theme"], text
        assert 1 <= results.fictitious_left_out <= 3, text
        both = services.search(Question(text, fictitious=True))
        assert both.total == results.total + results.fictitious_left_out, text
        assert not both.fictitious_left_out


def test_who_asks_for_them_gets_them(mixed: None) -> None:
    asked: list[tuple[str, dict[str, Any], int]] = [
        ("lamp", {"fictitious": True}, 10),
        ("lamp", {"selected": {"year": ("2099",)}}, 3),
        ("lamp", {"within": {"forum": ("2099/lamps",)}}, 3),
        ("oil", {"within": {"document": ("BPF-2099-LAMPS-ONE",)}}, 1),
        ("lamp 2099", {}, 10),
        ("lamp demo", {}, 10),
        ("lamp ficticio", {"language": "es"}, 10),
        ("lamp year:2099", {}, 3),
        ("BPF-2099-LAMPS-ONE", {}, 10),
    ]
    for text, more, total in asked:
        results = services.search(Question(text, **more))
        assert results.total == total, (text, more)
        assert not results.fictitious_alone
        assert any(title.startswith("Invented") for title in titles(results)), (text, more)


def test_a_word_that_no_real_document_holds_is_answered_apart_and_said_to_be_invented(
    mixed: None, client: Client
) -> None:
    results = services.search(Question("quoin"))
    assert (titles(results), results.fictitious_alone) == ({"Invented quoin"}, True)
    page = client.get("/search/?q=quoin").content.decode()
    assert "No real document holds these words." in page
    assert client.get("/search/?q=quoin&year=2090").status_code == 200
    assert services.search(Question("quoin", {"year": ("2090",)})).total == 0


def test_the_page_offers_them_by_a_link_and_programs_are_told(mixed: None, client: Client) -> None:
    page = client.get("/search/?q=lamp").content.decode()
    assert "3 fictitious documents are left out." in page
    assert '/search/?q=lamp&amp;fictitious=yes"' in page
    assert "Invented" not in page
    found = client.get("/api/v1/search?q=lamp").json()
    assert (found["total"], found["fictitious_left_out"], found["fictitious_alone"]) == (7, 3, False)
    assert {hit["fictitious"] for hit in found["hits"]} == {False}
    asked = client.get("/api/v1/search?q=lamp&fictitious=yes").json()
    assert {hit["fictitious"] for hit in asked["hits"]} == {False, True}
    assert client.get("/api/v1/search?q=lamp&fictitious=perhaps").status_code == 400


def test_suggestions_feeds_and_documents_like_a_real_one_are_real(mixed: None, client: Client) -> None:
    for address in ("/search/suggest?q=lamp", "/search/feed?q=lamp", "/search/like/BPF-2090-LAMPS-REALLAMP-E1/"):
        assert b"Invented" not in client.get(address).content, address


def test_titles_from_the_database_are_real_too(mixed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise Unavailable("away")

    monkeypatch.setattr(answer, "ask", away)
    assert services.search(Question("lamp")).total == 7
    alone = services.search(Question("quoin"))
    assert (alone.total, alone.fictitious_alone) == (1, True)
