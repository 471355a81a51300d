"""How far the answers to one question agree in six languages, as `evaluate_search --topics` says it."""

import json
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command

from search.engines import registry as engines
from search.evaluation.topics_in_languages import overlap, read_topics
from search.indexing.services import drain
from search.tuning import stored_synonyms
from tests.search.conftest import index, index_folder
from tests.search.library import publish

__all__ = ["index", "index_folder"]  # fixtures

TOPICS = settings.LIBRARY_DATA / "search-topics.json"


def test_topics__are_twenty_in_each_language_of_the_library() -> None:
    topics = read_topics(TOPICS)
    assert len(topics) == 20
    for topic in topics:
        assert set(topic) == {code.partition("-")[0] for code, _name in settings.LANGUAGES}
        assert len(set(topic.values())) == 6


def test_overlap__is_the_share_of_the_first_answers_in_english(index: Any) -> None:
    publish("Filters", "Filters stop spam.")
    publish("Ports", "Ports stop spam.")
    drain()
    topics = [{"en": "spam", "fr": "filters", "ru": "спам"}, {"en": "ports", "fr": "quokka", "ru": "ports"}]
    found = overlap(engines.get("tantivy"), topics, stored_synonyms.current())
    assert found.by_language == {"fr": 0.25, "ru": 1.0}
    assert found.mean == 0.625


def test_command__prints_each_language_and_all(index: Any, tmp_path: Any) -> None:
    publish("Filters", "Filters stop spam.")
    drain()
    (tmp_path / "topics").write_text(json.dumps({"topics": [{"en": "spam", "fr": "pourriel"}]}), "utf-8")
    said = StringIO()
    call_command("evaluate_search", topics=tmp_path / "topics", stdout=said)
    assert [line.split() for line in said.getvalue().splitlines()] == [["fr", "1", "1.00"], ["all", "1", "1.00"]]
