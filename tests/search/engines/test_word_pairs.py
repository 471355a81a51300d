"""Pairs of frequent words: what is written of them, and that nothing is found otherwise for it."""

from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import PASSAGE, WHOLE, Changes, Engine, Record, Request, Unavailable
from search.engines.tantivy.engine import TantivyEngine
from search.engines.tantivy.word_pairs import FILE, MOST, chosen, pairs
from search.query.tree import Every, Node, Sequence, Term, Weighted
from tests.search_parity.corpus import Corpus, corpus

FREQUENT = frozenset({"of", "the", "net"})


@given(st.lists(st.sampled_from([*FREQUENT, "rare", "¶"]), max_size=12))
def test_a_pair_is_written__where_two_frequent_words_follow_each_other(words: list[str]) -> None:
    written = pairs(words, FREQUENT)
    assert len(set(written)) == len(written)
    for one in FREQUENT:
        for two in FREQUENT:
            assert (f"{one} {two}" in written) == (f" {one} {two} " in f" {' '.join(words)} ")
    assert not any("rare" in pair or "¶" in pair for pair in written)


@pytest.fixture(scope="module")
def library() -> Corpus:
    return corpus(120)


@pytest.fixture
def engine(tmp_path: Path, library: Corpus) -> Iterator[TantivyEngine]:
    engine = TantivyEngine(tmp_path)
    middle = library.records.index(library.of(WHOLE)[60])  # an edition comes whole
    with closing(engine.begin(0)) as building:
        building.add(Changes(library.records[:middle]), after=1)
        building.add(Changes(library.records[middle:]), after=2)
        building.switch()
    yield engine
    engine.close()


def folder_of(engine: TantivyEngine) -> Path:
    return engine.root / engine.folder.current()


def found(engine: Engine, tree: Node) -> tuple[set[str], int]:
    answer = engine.search(Request(tree, {"level": (WHOLE,)}, limit=1000))
    return {hit.key for hit in answer.hits}, answer.total


def holding(records: list[Record], phrase: str) -> set[str]:
    return {record.key for record in records if f" {phrase} " in f" {record.terms['exact']} "}


def quoted(phrase: str) -> Node:
    """As `search.query.interpretation` asks for quoted words."""
    words = tuple(phrase.split())
    return Every((Weighted(Sequence("exact", words), 0.0), *(Term("exact", word) for word in words)))


@pytest.mark.parametrize("phrase", ["w0 w1", "w1 w0", "w0 w0", "w0 w1 w0", "w2 w0 w1", "w0 w399 w1", "w398 w399"])
def test_quoted_words__are_found_and_counted_where_they_stand_together(
    engine: TantivyEngine, library: Corpus, phrase: str
) -> None:
    expected = holding(library.of(WHOLE), phrase)
    assert found(engine, quoted(phrase)) == (expected, len(expected))


def test_the_frequent_words__are_chosen_once_from_the_first_records_and_stay(
    engine: TantivyEngine, library: Corpus
) -> None:
    frequent = chosen(folder_of(engine))
    assert {"w0", "w1", "w2"} < frequent
    assert "w399" not in frequent
    assert "¶" not in frequent
    assert len(frequent) == MOST
    late = Record(
        "late", "late", {"exact": "w399 w399 w0 w1"}, library.of(WHOLE)[0].raw, library.of(WHOLE)[0].numbers,
        "late", {"key": "late", "edition": "late"},
    )  # fmt: skip
    with engine.exclusive(1):
        engine.apply(Changes((late,)))
    assert chosen(folder_of(engine)) == frequent
    assert "late" in found(engine, quoted("w0 w1"))[0]
    assert "late" in found(engine, quoted("w399 w399"))[0]
    with engine.exclusive(1):
        engine.apply(Changes(removed=frozenset({"late"})))
    assert "late" not in found(engine, quoted("w0 w1"))[0]


def test_pairs__count_and_limit_in_whole_documents_and_never_score(
    engine: TantivyEngine, library: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen by an index that is said to pair words which it does not pair."""
    texts = [record.terms["exact"].split(" ") for record in library.of(WHOLE)]
    frequent = chosen(folder_of(engine))
    words = next(pair for text in texts for pair in pairwise(text) if "¶" not in pair and not frequent & {*pair})
    phrase, together = " ".join(words), Sequence("exact", words)
    assert found(engine, quoted(phrase)) != (set(), 0)
    monkeypatch.setattr("search.engines.tantivy.engine.chosen", lambda path: frozenset(words))
    engine.close()
    assert found(engine, quoted(phrase)) == (set(), 0)
    assert found(engine, together)[0] == holding(library.of(WHOLE), phrase)
    places = engine.search(Request(quoted(phrase), {"level": (PASSAGE,)}))
    assert places.total == len(holding(library.of(PASSAGE), phrase))


@pytest.mark.parametrize("written", [None, "", "{"])
def test_an_index_that_does_not_say_its_frequent_words__is_built_anew(
    engine: TantivyEngine, written: str | None
) -> None:
    file = folder_of(engine) / FILE
    file.unlink()
    if written is not None:
        file.write_text(written)
    engine.close()
    with pytest.raises(Unavailable):
        engine.search(Request(Term("exact", "w0"), {"level": (WHOLE,)}))
    assert engine.needs_rebuild()
