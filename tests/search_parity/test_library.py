"""The same questions over a library in the database: cards, places, marks and counts are equal on both engines."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Count
from django.utils import timezone

from editions.models import Edition
from search import services
from search.answering.answer import ask
from search.answering.cards import Card, Results
from search.engines import registry as engines
from search.engines.base import PASSAGE, Request
from search.engines.elasticsearch import mapping as layout
from search.engines.elasticsearch.engine import NEWS_S, ElasticsearchEngine
from search.indexing import rebuild, verification, writer
from search.indexing.models import IndexChange
from search.query.question import Question
from search.query.tree import Everything
from search.services import drain
from search.tuning.synonyms import Entry, Rule, Thesaurus
from tests.factories import ProcessFactory
from tests.search.attached_files.test_attached_files import pdf, upload
from tests.search.hostile import CASES, random_strings
from tests.search.languages import PROBES, TEXTS
from tests.search.library import publish, withdraw
from workflow.attachments.services import attach, describe

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]

QUESTIONS = (
    "lamps", "lamps storms", '"rough consensus"', "keepers -rough", "keep*", "lamps OR tides", "title:tides",
    "year:2097..2098 lamps", "keepers of the harbour lamps", '"keepers lamps"~4', "lampz", "beacon", "",
)  # fmt: skip
THESAURUS = Thesaurus([Entry(Rule.TWO_WAY, ("lamp", "beacon"))])


@pytest.fixture
def both(node: ElasticsearchEngine, settings: Any, tmp_path: Any) -> Iterator[ElasticsearchEngine]:
    """Elasticsearch first and the embedded engine behind it, as an installation has them, with a library in both."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.ELASTICSEARCH_URL = ",".join(node.connection.access.urls)
    settings.ELASTICSEARCH_INDEX = node.prefix
    rebuild.rebuild()
    for number, (language, text) in TEXTS.items():
        publish(f"T{number}", text, language=language)
    for year in (2096, 2097, 2098, 2099):
        publish("Lamps and storms", "Lamps in storms.", "The keepers of the old harbour lamps agree.", year=year)
        publish("Tides", "No lamps here, but rough consensus on tides.", "Consensus.", year=year, theme="tides")
    publish("Tides", "A later edition, with lamps, and the rough consensus of keepers.", year=2099, theme="tides")
    drain()
    yield node
    engines.get("elasticsearch").close()


def answers(question: Question) -> tuple[Results, Results]:
    first, second = (ask(engines.get(name), question, THESAURUS) for name in ("elasticsearch", "tantivy"))
    return first, second


def totals(text: str) -> tuple[int, int]:
    """Former editions too. For use after withdrawals: an engine that has not merged yet counts them in its scores."""
    first, second = answers(Question(text, superseded=True))
    return first.total, second.total


def shown(card: Card) -> tuple[Any, ...]:
    places = [(place.url, place.snippet_html) for place in card.places]
    return card.data["key"], card.title_html, card.summary_html, places, card.more


def assert_equal(question: Question) -> Results:
    first, second = answers(question)
    assert first.total == second.total
    assert first.counts == second.counts
    assert first.did_you_mean == second.did_you_mean
    assert first.expanded == second.expanded
    assert [card.score for card in first.cards] == pytest.approx([card.score for card in second.cards], rel=1e-4)
    assert sorted(map(shown, first.cards)) == sorted(map(shown, second.cards))
    return first


@pytest.mark.parametrize("superseded", [False, True])
def test_questions__are_answered_alike(both: ElasticsearchEngine, superseded: bool) -> None:
    found = [assert_equal(Question(text, size=50, superseded=superseded)).total for text in QUESTIONS]
    assert all(found[:-3])
    assert found[-3] > 0  # lampz is read as lamps
    assert found[-2] > 0  # beacon is another word for lamp


def test_every_language__finds_its_documents_on_both(both: ElasticsearchEngine) -> None:
    for word, expected in PROBES:
        found = assert_equal(Question(word, size=50))
        assert {card.data["title"] for card in found.cards} >= {f"T{number}" for number in expected}


def test_hostile_questions__are_answered_alike(both: ElasticsearchEngine) -> None:
    for text in [*CASES.values(), *random_strings(150)]:
        assert_equal(Question(text))


def test_counts__are_those_of_the_database(both: ElasticsearchEngine) -> None:
    found = assert_equal(Question("", size=50))
    current = Edition.objects.public().current()
    for field, facet in (("year", "year"), ("stage", "stage")):
        rows = current.order_by().values_list(field).annotate(Count("pk"))
        assert found.counts[facet] == {str(value): count for value, count in rows}
    themes = Counter(theme["slug"] for edition in current for theme in edition.metadata["themes"])
    assert found.counts["theme"] == dict(themes)
    chosen = assert_equal(Question("", {"theme": ("tides",), "year": ("2097", "2098")}, size=50))
    assert chosen.total == 2
    assert chosen.counts["year"] == {str(year): 1 for year in (2096, 2097, 2098, 2099)}


def test_a_withdrawal_and_a_new_edition__reach_both(both: ElasticsearchEngine) -> None:
    edition = publish("Sluices", "The sluices of 2099.")
    drain()
    assert assert_equal(Question("sluices")).total == 1
    withdraw(edition)
    drain()
    assert assert_equal(Question("sluices", superseded=True)).total == 0
    assert not IndexChange.objects.waiting().exists()
    assert services.health().sound


def test_a_word_that_nobody_had_used__is_found_within_a_second_by_who_had_asked_for_it(
    both: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("groynes", "harbour groynes", "groyn*"):
        assert assert_equal(Question(text)).did_you_mean == ""
    publish("Groynes", "The groynes of the harbour.")
    drain()
    time.sleep(NEWS_S)
    for text in ("groynes", "harbour groynes", "groyn*"):
        assert assert_equal(Question(text)).cards[0].data["title"] == "Groynes"


def test_a_file_taken_out_of_view__leaves_both_indexes_with_its_pages(both: ElasticsearchEngine, people: Any) -> None:
    process = ProcessFactory(forum=people.forum, at="final")
    by, now = people["facilitator"], timezone.now()
    row = attach(process, upload(pdf("A quokka of 2099.")), title="Original", is_public=True, by=by, at=now,
                 is_original=True)  # fmt: skip
    services.read_waiting()
    drain()
    (place,) = assert_equal(Question("quokka")).cards[0].places
    assert (place.file, place.original, place.url.partition("?")[2]) == ("Original", True, "view=1#page=1")
    assert not list(verification.findings())
    describe(row.attachment, title="Original", is_public=False, by=by)
    drain()
    assert assert_equal(Question("quokka")).total == 0
    scope = {"level": (PASSAGE,)}
    for name in ("elasticsearch", "tantivy"):
        assert not [hit for hit in engines.get(name).each(Request(Everything(), scope)) if "quokka" in hit.card["text"]]
    assert not list(verification.findings())


@pytest.fixture
def away(both: ElasticsearchEngine, settings: Any, unused_port: int) -> None:
    """The server has gone: nobody listens at its address."""
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{unused_port}"


def test_a_server_that_is_away__is_stood_in_for_and_the_answer_says_so(client: Any, away: None) -> None:
    for _ in range(5):  # before and after the breaker opens
        answer = client.get("/api/v1/search", {"q": "lamps"}).json()
        assert answer["degraded"] is True
        assert answer["engine"] == "tantivy"
        assert answer["total"] > 0
    page = client.get("/search/?q=lamps")
    assert page.status_code == 200
    assert page.content.decode().count("The main search engine does not answer at the moment") == 1
    assert services.health().sound
    (fault,) = verification.findings()
    assert fault.endswith("look again when it answers")


def test_rows_that_waited_for_over_ten_minutes_for_the_server__fail_health(
    both: ElasticsearchEngine, settings: Any, away: None
) -> None:
    publish("Sluices", "The sluices of 2099.")
    with pytest.raises(writer.EngineError):
        drain()
    rows = IndexChange.objects.waiting()
    rows.update(created_at=timezone.now() - timedelta(minutes=9, seconds=30))
    assert services.health().sound
    rows.update(created_at=timezone.now() - timedelta(minutes=10, seconds=1))
    assert services.health().problems == ("1 changes have waited for more than 10 minutes",)
    settings.ELASTICSEARCH_URL = ",".join(both.connection.access.urls)
    drain()
    assert services.health().sound


def test_an_index_of_another_format__is_stood_in_for_and_health_names_the_command(
    both: ElasticsearchEngine, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "FORMAT", "s99-a99-other")
    answer = client.get("/api/v1/search", {"q": "lamps"}).json()
    assert (answer["engine"], answer["degraded"]) == ("tantivy", True)
    assert answer["total"] > 0
    publish("Sluices", "The sluices of 2099.")
    with pytest.raises(writer.EngineError, match=r"run manage\.py rebuild_index"):
        drain()
    (row,) = IndexChange.objects.waiting()
    assert "run manage.py rebuild_index" in row.last_error
    (problem,) = services.health().problems
    assert "run manage.py rebuild_index" in problem
    (fault,) = verification.findings()
    assert fault.endswith("mend it with rebuild_index")
    rebuild.rebuild_engine(engines.get("elasticsearch"))
    assert services.search(Question("sluices")).engine == "elasticsearch"
    assert services.health().sound


def test_a_rebuild_on_a_live_server__holds_what_happened_meanwhile(
    both: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = publish("Sluices", "The sluices of 2099.")
    drain()
    monkeypatch.setattr(rebuild, "BUILD_BATCH", 3)
    former = both.names.current(both.connection)
    seen: list[int] = []

    def meanwhile(done: int, total: int) -> None:
        seen.append(done)
        if len(seen) == 1:
            publish("Moles", "The moles of 2099.")
            withdraw(gone)
            drain()  # lands in the former index, which answers
            assert services.search(Question("moles")).engine == "elasticsearch"
            assert (totals("moles"), totals("sluices")) == ((1, 1), (0, 0))
        if len(seen) == 2:
            publish("Groynes", "The groynes of 2099.")  # still waits when the new index is put in use
            raise KeyboardInterrupt

    engine = engines.get("elasticsearch")
    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild_engine(engine, meanwhile)
    assert both.names.current(both.connection) == former
    rebuild.rebuild_engine(engine, meanwhile)
    assert seen[2] == seen[1] + 3  # gone on with, not begun again
    assert not set(both.names.current(both.connection).values()) & set(former.values())
    drain()
    assert [totals(word) for word in ("moles", "groynes", "sluices")] == [(1, 1), (1, 1), (0, 0)]
    assert not list(verification.findings())


def test_a_new_index_that_lost_a_passage__is_not_put_in_use(both: ElasticsearchEngine) -> None:
    former = both.names.current(both.connection)

    def lose_one(done: int, total: int) -> None:
        with both.connection.client(30) as client:
            (new,) = set(client.indices.get(index=both.names.index(PASSAGE, "*"))) - set(former.values())
            client.indices.refresh(index=new)
            lost = client.search(index=new, size=1)["hits"]["hits"][0]["_id"]
            client.delete(index=new, id=lost)

    with pytest.raises(writer.EngineError, match="differs from the database"):
        rebuild.rebuild_engine(engines.get("elasticsearch"), lose_one)
    assert both.names.current(both.connection) == former
    assert services.search(Question("lamps")).engine == "elasticsearch"


def test_what_is_published_while_the_server_is_away__is_found_at_once_and_lands_when_it_is_back(
    both: ElasticsearchEngine, settings: Any, unused_port: int
) -> None:
    url = settings.ELASTICSEARCH_URL
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{unused_port}"
    publish("Sluices", "The sluices of 2099.")
    with pytest.raises(writer.EngineError):
        drain()
    assert services.search(Question("sluices")).total == 1
    assert IndexChange.objects.waiting().for_engine("elasticsearch").exists()
    settings.ELASTICSEARCH_URL = url
    drain()
    found = services.search(Question("sluices"))
    assert (found.total, found.engine, found.degraded) == (1, "elasticsearch", False)
