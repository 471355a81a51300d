"""Nothing published is lost and nothing withdrawn stays, whatever is killed, locked, deleted or full."""

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from bpf_site.monitoring.health import state, warnings
from search import services
from search.engines import registry as engines
from search.engines.base import Changes, EngineError, Unavailable
from search.engines.tantivy import building as tantivy_folder
from search.engines.tantivy import engine as tantivy_engine
from search.indexing import rebuild as rebuilding
from search.indexing import writer
from search.indexing.models import IndexChange
from search.indexing.verification import findings
from search.services import Question, drain, rebuild
from tests.search.library import publish, withdraw

pytestmark = pytest.mark.django_db


def total(text: str) -> int:
    return services.search(Question(text)).total


@pytest.mark.django_db(transaction=True)
def test_a_publication_can_be_found_as_soon_as_it_is_committed(index_folder: Path) -> None:
    rebuild()
    with transaction.atomic():
        publish("Lamps", "Oil.")
        assert total("oil") == 0
    assert total("oil") == 1
    assert not IndexChange.objects.waiting().exists()


@pytest.mark.django_db(transaction=True)
def test_a_publication_that_is_rolled_back_leaves_no_row_and_no_hit(index_folder: Path) -> None:
    rebuild()
    with transaction.atomic():
        publish("Lamps", "Oil.")
        transaction.set_rollback(True)
    assert total("oil") == 0
    assert not IndexChange.objects.exists()


def test_a_change_repeated_is_one_document(index: Any) -> None:
    edition = publish("Lamps", "Oil.")
    drain()
    IndexChange.objects.create(engine="tantivy", edition=edition.identifier)
    drain()
    assert total("oil") == 1
    assert index.health().editions == 1


def test_a_late_row_cannot_bring_back_what_was_withdrawn(index: Any) -> None:
    edition = publish("Lamps", "Oil.")
    drain()
    withdraw(edition)
    drain()
    IndexChange.objects.create(engine="tantivy", edition=edition.identifier)
    drain()
    assert total("oil") == 0


def test_withdrawals_are_landed_first(index: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = publish("Gone", "Oil.")
    drain()
    publish("New", "Oil.")
    withdraw(gone)
    monkeypatch.setattr(writer, "BATCH", 1)
    order: list[frozenset[str]] = []
    apply = index.apply
    monkeypatch.setattr(index, "apply", lambda changes: (order.append(changes.removed), apply(changes)))
    drain()
    assert order[0] == {gone.identifier}


def test_rows_wait_while_another_writer_holds_the_lock(index: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    publish("Lamps", "Oil.")
    monkeypatch.setattr(writer, "WAIT_S", 0.05)
    other = tantivy_engine.TantivyEngine(index.root)
    with other.exclusive(0):
        assert drain() == 0
        assert IndexChange.objects.waiting().count() == 1
    assert drain() == 1
    assert total("oil") == 1


def test_a_full_disk_keeps_the_rows_and_the_former_answers(index: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    publish("Lamps", "Oil.")
    drain()
    publish("More", "Oil.")

    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(tantivy_engine, "write", full)
        with pytest.raises(Unavailable):
            drain()
    row = IndexChange.objects.waiting().get()
    assert row.tries == 1
    assert "No space left" in row.last_error
    assert total("oil") == 1
    drain()
    assert total("oil") == 2


def spoil_by_deleting(folder: Path) -> None:
    shutil.rmtree(folder)


def spoil_the_pointer(folder: Path) -> None:
    (folder / "current").write_text("s0-of-another-version")


def spoil_meta(folder: Path) -> None:
    for path in folder.glob("*/*/meta.json"):
        path.write_text("{")


def spoil_segments(folder: Path) -> None:
    for path in folder.glob("*/*/*"):
        if path.suffix in {".term", ".store", ".fast"}:
            path.write_bytes(path.read_bytes()[:10])


@pytest.mark.parametrize("spoil", [spoil_by_deleting, spoil_the_pointer, spoil_meta, spoil_segments])
def test_an_unreadable_index_shows_titles_at_once_and_heals_at_the_next_tick(
    index: Any, client: Client, spoil: Any
) -> None:
    publish("Lamps", "Oil.")
    drain()
    index.close()
    spoil(index.root)
    response = client.get("/search/?q=lamps")
    assert response.status_code == 200
    assert "Lamps" in response.content.decode()
    assert not services.health().sound
    assert list(findings())
    drain()
    assert total("oil") == 1
    assert services.health().sound
    assert list(findings()) == []


def test_an_index_that_holds_other_places_than_the_database_is_found_out(index: Any) -> None:
    edition = publish("Lamps", "Oil.", "Wicks.")
    drain()
    whole = writer.changes_of({edition.identifier})
    assert list(findings()) == []
    with index.exclusive(1):
        index.apply(replace(whole, records=whole.records[:-1]))
    (said,) = findings()
    assert said.startswith(f"{edition.identifier} has other places in the index tantivy")
    with index.exclusive(1):
        index.apply(whole)
    assert list(findings()) == []


def test_an_edition_that_waits_for_the_writer_is_no_fault_of_the_index(index: Any) -> None:
    lamps = publish("Lamps", "Oil.")
    drain()
    publish("Sluices", "Water.")
    withdraw(lamps)
    assert IndexChange.objects.waiting().count() == 2
    assert list(findings()) == []


def test_a_rebuild_that_was_cut_short_is_gone_on_with(index: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        publish(f"Lamp {number}", "Oil.")
    monkeypatch.setattr(rebuilding, "BUILD_BATCH", 2)
    seen: list[int] = []

    def interrupt(done: int, all_of_them: int) -> None:
        seen.append(done)
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(interrupt)
    assert total("oil") == 0  # the former index goes on answering
    rebuild(lambda done, all_of_them: seen.append(done))
    assert seen == [2, 4, 5]
    assert total("oil") == 5


def test_a_rebuild_cut_short_too_long_ago_is_begun_again(index: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was landed since then may be forgotten: going on would keep texts that are no longer true."""
    for number in range(4):
        publish(f"Lamp {number}", "Oil.")
    monkeypatch.setattr(rebuilding, "BUILD_BATCH", 2)

    def interrupt(done: int, all_of_them: int) -> None:
        raise KeyboardInterrupt

    long_ago = timezone.now() - rebuilding.RESUMED_WITHIN - timedelta(minutes=1)
    with monkeypatch.context() as then:
        then.setattr(writer.timezone, "now", lambda: long_ago)
        with pytest.raises(KeyboardInterrupt):
            rebuild(interrupt)
    seen: list[int] = []
    rebuild(lambda done, all_of_them: seen.append(done))
    assert seen == [2, 4]
    assert total("oil") == 4


def test_a_new_index_that_holds_something_else_than_the_database_is_not_put_in_use(
    index: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = publish("Lamps", "Oil.")
    drain()
    former = index.generation()
    add = tantivy_folder.TantivyBuilding.add

    def add_all_but_the_last(self: Any, changes: Changes, after: int) -> None:
        add(self, replace(changes, records=changes.records[:-1]), after)

    with monkeypatch.context() as patched:
        patched.setattr(tantivy_folder.TantivyBuilding, "add", add_all_but_the_last)
        with pytest.raises(EngineError, match=f"differs from the database in {edition.identifier}"):
            rebuild(resume=False)
    assert index.generation() == former
    rebuild(resume=False)
    assert index.generation() != former
    assert total("oil") == 1


def test_a_row_that_waited_for_more_than_ten_minutes_fails_the_health_check(index: Any, client: Client) -> None:
    edition = publish("Lamps", "Oil.")
    drain()
    row = IndexChange.objects.create(engine="tantivy", edition=edition.identifier)
    set_age = IndexChange.objects.filter(pk=row.pk).update
    set_age(created_at=timezone.now() - timedelta(minutes=9))
    assert services.health().sound
    set_age(created_at=timezone.now() - timedelta(minutes=11))
    assert services.health().problems == ("1 changes have waited for more than 10 minutes",)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert "waited for more than 10 minutes" in answer.content.decode()
    drain()
    assert services.health().sound


def test_a_main_engine_that_is_away_is_told_at_once_while_the_other_answers(index: Any, settings: Any) -> None:
    publish("Lamps", "Oil.")
    drain()
    assert state([]) == "ok"
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    assert services.search(services.Question("oil")).total == 1
    assert state([]) == "degraded"
    (warning,) = warnings()
    assert warning.startswith("elasticsearch does not answer, another engine does: ")
    assert state(["the library is not loaded"]) == "failing"


def test_what_changes_during_a_rebuild_is_in_the_new_index(index: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = publish("Gone", "Oil.")
    publish("Stays", "Oil.")
    drain()
    monkeypatch.setattr(rebuilding, "BUILD_BATCH", 1)
    happened: list[int] = []

    def meanwhile(done: int, all_of_them: int) -> None:
        if not happened:
            happened.append(done)
            publish("New", "Oil.")
            withdraw(gone)
            drain()

    rebuild(meanwhile)
    assert {card.data["title"] for card in services.search(Question("oil")).cards} == {"Stays", "New"}
    assert list(findings()) == []


def test_two_rebuilds_in_other_orders_give_the_same_pages(index: Any) -> None:
    for number in range(14):
        publish(f"Lamp {number}", "The same oil in every one.")
    rebuild(resume=False)
    first = [card.data["edition"] for page in (1, 2) for card in services.search(Question("oil", page=page)).cards]
    with closing(index.begin(0, resume=False)) as building:
        for identifier in sorted(first):
            building.add(writer.changes_of([identifier]), after=1)
        building.switch()
    again = [card.data["edition"] for page in (1, 2) for card in services.search(Question("oil", page=page)).cards]
    assert len(first) == 14
    assert first == again


def test_a_hundred_writes_leave_few_segments_and_no_orphans(index: Any) -> None:
    edition = publish("Lamps", "Oil.")
    records = writer.changes_of([edition.identifier]).records
    for _ in range(100):
        index.apply(Changes(records))
    (note,) = index.health().notes
    segments, orphans = (int(word) for word in note.replace(",", "").split() if word.isdecimal())
    assert orphans == 0
    assert segments < 30
    assert total("oil") == 1


def test_a_panic_of_the_engine_is_a_plain_page(index: Any, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panic(self: Any, *args: Any) -> Any:
        raise PanicException("fake")

    publish("Lamps", "Oil.")
    drain()
    monkeypatch.setattr(tantivy_engine.TantivyEngine, "_rows", panic)
    response = client.get("/search/?q=lamps")
    assert response.status_code == 200
    assert "does not answer" in response.content.decode()
    assert "left out" not in response.content.decode(), "no fictitious document was"
    assert client.get("/api/v1/search?q=lamps").json()["degraded"] is True


def test_another_process_sees_a_write_at_its_next_question(index: Any) -> None:
    reader = tantivy_engine.TantivyEngine(index.root)
    assert reader.health().editions == 0
    publish("Lamps", "Oil.")
    drain()
    assert reader.health().editions == 1


def test_more_like_this_works_after_deletions(index: Any, client: Client) -> None:
    editions = [publish(f"Lamp {number}", "Oil and wick and glass.", code=f"L{number}") for number in range(12)]
    drain()
    for edition in editions[4:]:
        withdraw(edition)
    drain()
    response = client.get(f"/search/like/{editions[0].identifier}/")
    assert "Lamp 1" in response.content.decode()
    assert "Lamp 9" not in response.content.decode()


def test_no_public_text_can_reach_a_parser_of_the_engine() -> None:
    source = "".join(path.read_text() for path in Path(engines.__file__).parents[1].rglob("*.py"))
    assert "parse_query" not in source.replace("parse_query_lenient", "parse_query")
    assert "more_like_this_query" not in source


def test_titles_from_the_database_stay_inside_the_forum_and_the_document_that_were_asked_for(index: Any) -> None:
    publish("Lamps of the pier", "Oil.", forum="piers")
    edition = publish("Lamps of the tower", "Oil.", forum="towers")
    shutil.rmtree(index.root)
    for within in ({"forum": ("2099/towers",)}, {"document": (edition.series,)}):
        found = services.search(Question("lamps", within=within))
        assert (found.engine, [card.data["edition"] for card in found.cards]) == ("database", [edition.identifier])
    assert services.search(Question("lamps")).total == 2
