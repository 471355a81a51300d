"""What happens to an index on the node: late news, withdrawals, rebuilds cut short, other formats."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from elasticsearch import BadRequestError

from search.engines.base import PASSAGE, WHOLE, Changes, NoIndex, Record, Request
from search.engines.elasticsearch import bulk_writing as writing
from search.engines.elasticsearch import engine as elasticsearch
from search.engines.elasticsearch import mapping as layout
from search.engines.elasticsearch.circuit_breaker import FAILURES
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.query.tree import Everything, OneOf
from tests.search_parity.conftest import load
from tests.search_parity.corpus import Corpus, corpus

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]

EDITION = "BPF-2099-D0-E1"


@pytest.fixture
def small() -> Corpus:
    return corpus(3)


@pytest.fixture
def index(node: ElasticsearchEngine, small: Corpus) -> ElasticsearchEngine:
    load(node, small)
    return node


def of(library: Corpus, edition: str) -> tuple[Record, ...]:
    return tuple(record for record in library.records if record.edition == edition)


def held(engine: ElasticsearchEngine, level: str = WHOLE) -> set[str]:
    return {hit.key for hit in engine.each(Request(Everything(), {"level": (level,)}))}


def title(engine: ElasticsearchEngine, edition: str) -> str:
    request = Request(Everything(), {"level": (WHOLE,), "edition": (edition,)})
    return str(engine.search(request).hits[0].card["title"])


def renamed(records: tuple[Record, ...], to: str) -> tuple[Record, ...]:
    return tuple(replace(record, card={**record.card, "title": to}) for record in records)


def test_a_change__is_seen_by_the_next_question(index: ElasticsearchEngine, small: Corpus) -> None:
    with index.exclusive(1):
        index.apply(Changes(renamed(of(small, EDITION), "New"), version=5))
    assert title(index, EDITION) == "New"


def test_news_that_comes_late__does_not_undo_what_is_newer(index: ElasticsearchEngine, small: Corpus) -> None:
    records = of(small, EDITION)
    with index.exclusive(1):
        index.apply(Changes(renamed(records, "Newer"), version=9))
        index.apply(Changes(renamed(records, "Late"), version=8))
    assert title(index, EDITION) == "Newer"


def test_a_withdrawn_edition__vanishes_with_its_passages_and_late_news_does_not_bring_it_back(
    index: ElasticsearchEngine, small: Corpus
) -> None:
    with index.exclusive(1):
        index.apply(Changes(removed=frozenset({EDITION}), version=7))
        index.apply(Changes(of(small, EDITION), version=6))
    assert EDITION not in held(index)
    assert not [key for key in held(index, PASSAGE) if key.startswith(EDITION)]
    with index.exclusive(1):
        index.apply(Changes(of(small, EDITION), version=8))
    assert EDITION in held(index)


def test_an_edition_that_lost_a_place__is_no_longer_found_by_it(index: ElasticsearchEngine, small: Corpus) -> None:
    """The pages of a file that was taken out of view."""
    records = of(small, EDITION)
    lost = next(record for record in records if record.level == PASSAGE)
    with index.exclusive(1):
        index.apply(Changes(tuple(record for record in records if record is not lost), version=4))
    assert lost.key not in held(index, PASSAGE)
    assert len(held(index, PASSAGE)) == len(small.of(PASSAGE)) - 1
    with closing(index.begin(0, resume=False)) as building:
        building.add(Changes(records, version=4), after=1)
        building.add(Changes(records[:1], version=5), after=1)
        building.switch()
    assert held(index, PASSAGE) == set()


def test_withdrawals_from_several_shards__leave_no_place_behind(
    node: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "SCAN_PAGE", 7)
    node.shards = 3
    library = corpus(20)
    load(node, library)
    gone = frozenset(record.edition for record in library.of(WHOLE)[:15])
    with node.exclusive(1):
        node.apply(Changes(removed=gone, version=2))
    assert held(node, PASSAGE) == {record.key for record in library.of(PASSAGE) if record.edition not in gone}


def test_repeating_a_batch__changes_nothing(index: ElasticsearchEngine, small: Corpus) -> None:
    with index.exclusive(1):
        index.apply(Changes(small.records, version=1))
        index.apply(Changes(small.records, version=1))
    assert len(held(index, PASSAGE)) == len(small.of(PASSAGE))


def test_a_field_nobody_declared__is_refused(index: ElasticsearchEngine) -> None:
    with (
        index.connection.client() as client,
        pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"),
    ):
        client.index(index=f"{index.prefix}-whole", document={"colour": "blue"})


def test_a_rebuild__answers_from_the_former_index_until_it_switches_and_keeps_that_one(
    index: ElasticsearchEngine,
) -> None:
    former = index.names.current(index.connection)
    with closing(index.begin(0)) as building:
        building.add(Changes(corpus(5).records, version=2), after=5)
        assert len(held(index)) == 3
        assert building.editions() == 5
        building.switch()
    assert len(held(index)) == 5
    assert index.names.current(index.connection) != former
    assert set(former.values()) <= set(indexes(index))
    load(index, corpus(2))
    assert not set(former.values()) & set(indexes(index))  # only the last one is kept


def test_who_asks_while_indexes_are_switched__never_meets_half_of_one(
    index: ElasticsearchEngine, small: Corpus
) -> None:
    """With an engine of his own, as another host has."""
    asker = ElasticsearchEngine(index.connection, index.prefix, patience_s=30)
    editions = tuple(record.edition for record in small.of(WHOLE))
    switched = threading.Event()
    seen: Counter[tuple[int, int]] = Counter()

    def ask_on() -> None:
        while not switched.is_set():
            total = asker.search(Request(Everything(), {"level": (WHOLE,)})).total
            found = asker.places(Request(Everything(), {"level": (PASSAGE,), "edition": editions}), 1)
            seen[total, sum(each.count for each in found.values())] += 1

    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(ask_on)
        try:
            for _ in range(4):
                load(index, small)
        finally:
            switched.set()
        asking.result()
    assert set(seen) == {(3, len(small.of(PASSAGE)))}
    assert seen.total() > 20


def indexes(engine: ElasticsearchEngine) -> Iterator[str]:
    with engine.connection.client() as client:
        yield from client.indices.get(index=f"{engine.prefix}-*")


def test_a_rebuild_cut_short__is_gone_on_with(index: ElasticsearchEngine, small: Corpus) -> None:
    with closing(index.begin(1234)) as first:
        first.add(Changes(of(small, EDITION)), after=77)
    with closing(index.begin(9999)) as second:
        assert (second.after, second.since) == (77, 1234)
        assert second.index_of == first.index_of
    with closing(index.begin(9999, resume=False)) as third:
        assert (third.after, third.since) == (0, 9999)


def test_an_index_of_another_format__is_refused_with_the_command_and_not_rebuilt_by_itself(
    index: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "FORMAT", "s99-a99-other")
    with pytest.raises(NoIndex, match=r"run manage\.py rebuild_index"):
        index.names.current(index.connection)
    health = index.health()
    assert not health.sound
    assert "rebuild_index" in health.notes[0]
    assert not index.needs_rebuild()


@pytest.mark.parametrize("asked_before", [False, True])
def test_an_index_of_another_format__answers_no_question(
    index: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch, asked_before: bool
) -> None:
    """At once where it has a hit; else within a minute, when the frequencies are read again."""
    everything = Request(Everything(), {"level": (WHOLE,)})
    nothing = Request(OneOf("year", ("1066",)), {"level": (WHOLE,)})
    if asked_before:
        assert index.search(everything).total == 3
    monkeypatch.setattr(layout, "FORMAT", "s99-a99-other")
    for _ in range(FAILURES + 1):  # a refusal of ours is no failure of the server
        with pytest.raises(NoIndex, match=r"run manage\.py rebuild_index"):
            index.search(everything)
    with pytest.raises(NoIndex, match=r"run manage\.py rebuild_index"):
        list(index.each(everything))
    index._kept_until = 0.0
    with pytest.raises(NoIndex, match=r"run manage\.py rebuild_index"):
        index.search(nothing)
    with index.exclusive(1), pytest.raises(NoIndex, match=r"run manage\.py rebuild_index"):
        index.apply(Changes(removed=frozenset({EDITION}), version=7))


def test_a_whole_list__is_of_one_moment(index: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elasticsearch, "SCAN_PAGE", 1)
    listed = index.each(Request(Everything(), {"level": (WHOLE,)}))
    first = next(listed).key
    with index.exclusive(1):
        index.apply(Changes(removed=frozenset(held(index)), version=7))
    assert len({first, *(hit.key for hit in listed)}) == 3
    assert not held(index)
    with index.connection.client() as client:
        opened = [node["indices"]["search"]["open_contexts"] for node in
                  client.nodes.stats(metric="indices", index_metric="search")["nodes"].values()]  # fmt: skip
    assert sum(opened) == 0


def test_what_a_writer_left_who_was_killed__is_seen_by_the_next(index: ElasticsearchEngine, small: Corpus) -> None:
    """He had written, and had not yet made it visible."""
    records = of(small, EDITION)
    more = replace(next(record for record in records if record.level == PASSAGE), key=f"{EDITION}#late")
    index_of = index.names.current(index.connection)
    with index.connection.client() as client:
        client.indices.put_settings(index=list(index_of.values()), settings={"refresh_interval": "-1"})
        writing.write(client, index_of, Changes((*records, more), version=2))
    with index.exclusive(1):
        index.apply(Changes(records, version=3))
    assert more.key not in held(index, PASSAGE)
    assert len(held(index, PASSAGE)) == len(small.of(PASSAGE))


def test_an_index_that_somebody_removed__is_not_made_anew_by_writing(index: ElasticsearchEngine, small: Corpus) -> None:
    """The server would make one by itself, of fields it guesses."""
    missing = {level: f"{index.prefix}-{level}-gone" for level in (WHOLE, PASSAGE)}
    with pytest.raises(NoIndex), index.connection.client() as client:
        writing.write(client, missing, Changes(small.records, version=2))
    assert not set(missing.values()) & set(indexes(index))


def test_a_server_without_an_index__is_to_be_built(node: ElasticsearchEngine) -> None:
    assert node.needs_rebuild()
    with pytest.raises(NoIndex):
        node.search(Request(Everything(), {"level": (WHOLE,)}))


def test_the_mapping__holds_every_field_and_no_term_twice(index: ElasticsearchEngine) -> None:
    with index.connection.client() as client:
        mappings: dict[str, Any] = dict(client.indices.get_mapping(index=f"{index.prefix}-whole"))
        stored = client.search(index=f"{index.prefix}-whole", size=1)["hits"]["hits"][0]["_source"]
    (mapping,) = mappings.values()
    assert mapping["mappings"]["dynamic"] == "strict"
    assert mapping["mappings"]["properties"]["body"] == {"type": "text", "analyzer": "whitespace"}
    assert "body" not in stored
    assert "card" in stored
