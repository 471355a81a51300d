"""A server that says it has too much to do (429): a door before the real node turns so many bulk requests away."""

from collections.abc import Iterator

import pytest

from search.engines.base import PASSAGE, WHOLE, Changes, EngineError, Request
from search.engines.elasticsearch import bulk_writing as writing
from search.engines.elasticsearch.connection import Access, Connection
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.indexing import writer
from search.indexing.models import IndexChange
from search.query.tree import Everything
from tests.search.library import publish
from tests.search_parity.conftest import load
from tests.search_parity.corpus import corpus
from tests.search_parity.door import Door, opened

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]


@pytest.fixture
def door(node_url: str) -> Iterator[Door]:
    with opened(Door(node_url)) as server:
        yield server


@pytest.fixture
def behind(node: ElasticsearchEngine, door: Door, monkeypatch: pytest.MonkeyPatch) -> Iterator[ElasticsearchEngine]:
    """An engine that reaches the node through the door, with an index that holds one edition."""
    load(node, corpus(1))
    monkeypatch.setattr(writing, "FIRST_WAIT_S", 0.01)
    monkeypatch.setattr(writing, "LONGEST_WAIT_S", 0.02)
    engine = ElasticsearchEngine(Connection(Access((door.address,))), node.prefix)
    yield engine
    engine.close()


def held(engine: ElasticsearchEngine) -> int:
    return engine.search(Request(Everything(), {"level": (WHOLE,)})).total


def test_a_server_with_too_much_to_do__is_asked_again_and_everything_lands(
    behind: ElasticsearchEngine, door: Door
) -> None:
    door.turns_away = writing.TRIES
    behind.apply(Changes(corpus(4).records, version=5))
    assert door.asked == writing.TRIES + 1
    assert held(behind) == 4


def test_a_server_that_turns_some_records_away__is_asked_again_for_those(
    behind: ElasticsearchEngine, door: Door
) -> None:
    door.turns_away_a_record = 2
    behind.apply(Changes(corpus(4).records, version=5))
    assert door.asked == 3
    assert held(behind) == 4
    records = corpus(4).records
    assert len(list(behind.each(Request(Everything(), {"level": (PASSAGE,)})))) == len(records) - 4


def test_a_server_that_goes_on_saying_so__keeps_the_rows_and_is_not_stormed(
    behind: ElasticsearchEngine, door: Door
) -> None:
    edition = publish("Lamps", "Oil.")
    rows = IndexChange.objects.filter(engine="elasticsearch")
    IndexChange.objects.create(engine="elasticsearch", edition=edition.identifier)
    door.turns_away = 1000
    with pytest.raises(EngineError, match="429"):
        writer.drain_engine(behind)
    assert door.asked == writing.TRIES + 1
    assert "429" in rows.waiting().get().last_error
    door.turns_away = 0
    assert writer.drain_engine(behind) == 1
    assert not rows.waiting().exists()
    assert held(behind) == 2
