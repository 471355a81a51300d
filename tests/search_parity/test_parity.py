"""Every engine gives the answers of Lucene's formula: the same records, scores, order and counts."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from search.engines.base import FACET_FIELDS, PASSAGE, SORTS, WHOLE, Engine, Hit, Record, Request
from search.engines.elasticsearch import mapping as layout
from search.engines.tantivy import top_hits
from search.query.tree import Every, Everything, Node, Sequence, Term, Weighted
from tests.search_parity.corpus import Corpus
from tests.search_parity.lucene import Lucene
from tests.search_parity.trees import Trees

TREES = 150
EQUAL = pytest.approx


def everything_found(engine: Engine, tree: Node, level: str) -> dict[str, float]:
    """Key to score, of all matches."""
    request = Request(tree, {"level": (level,)}, limit=5000)
    return {hit.key: hit.score for hit in engine.search(request).hits}


@pytest.mark.parametrize("level", [WHOLE, PASSAGE])
def test_random_questions__match_the_same_records_with_the_same_scores(
    leg: Engine, library: Corpus, level: str
) -> None:
    reference = Lucene(library.of(level))
    trees = Trees(level, seed=7)
    matched = 0
    for _ in range(TREES):
        tree = trees.tree()
        expected = reference.of(tree)
        found = everything_found(leg, tree, level)
        assert set(found) == set(expected), tree
        assert found == EQUAL(expected, rel=1e-5, abs=1e-5), tree
        matched += bool(expected)
    assert matched > TREES / 3  # the questions are not all empty


def test_the_first_page__is_in_the_order_of_the_scores_and_equals_are_in_the_order_of_ties(
    leg: Engine, library: Corpus
) -> None:
    reference = Lucene(library.of(WHOLE))
    trees = Trees(WHOLE, seed=11)
    for _ in range(100):
        tree = trees.tree()
        expected = reference.of(tree)
        hits = leg.search(Request(tree, {"level": (WHOLE,)}, limit=10)).hits
        best = sorted(expected.values(), reverse=True)[:10]
        assert [hit.score for hit in hits] == EQUAL(best, rel=1e-5, abs=1e-5)
        for before, after in pairwise(hits):
            if before.score == after.score:
                assert tie_of(library, before) < tie_of(library, after)


def tie_of(library: Corpus, hit: Hit) -> int:
    return next(record.numbers["tie"] for record in library.records if record.key == hit.key)


@pytest.mark.parametrize("slop", [0, 2])
def test_words_that_must_stand_together__limit_and_score_nothing(
    leg: Engine, library: Corpus, slop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where many documents hold the words and few hold them so, and where most do."""
    monkeypatch.setattr(top_hits, "SPARE", 0)
    reference = Lucene(library.of(WHOLE))
    some = 0
    for first, second in pairwise(["w0", "w1", "w2", "w5", "w9", "w20", "w50", "w0"]):
        terms = Term("exact", first), Term("exact", second)
        tree = Every((Weighted(Sequence("exact", (first, second), slop), 0.0), *terms))
        together = Sequence("exact", (first, second), slop)
        words = reference.of(Every(terms))
        expected = {key: words[key] for key in reference.of(together)}
        best = sorted(expected.values(), reverse=True)
        for limit in (1, 4, 60):
            answer = leg.search(Request(tree, {"level": (WHOLE,)}, facets=("year",), limit=limit))
            assert [hit.score for hit in answer.hits] == EQUAL(best[:limit], rel=1e-5), tree
            assert {hit.key for hit in answer.hits} <= set(expected)
            assert answer.total == len(expected) == sum(answer.facets["year"].values())
        some += bool(expected)
    assert some > 3


def test_a_lift__orders_the_first_records_anew_and_leaves_the_others(leg: Engine, library: Corpus) -> None:
    reference = Lucene(library.of(WHOLE))
    trees = Trees(WHOLE, seed=13)
    lifted = 0
    for _ in range(60):
        tree, lift = trees.tree(), trees.tree()
        plain = Request(tree, {"level": (WHOLE,)}, {"theme": ("lamps", "tides")}, ("year",), limit=20)
        before, answer = leg.search(plain), leg.search(replace(plain, lift=lift, window=20))
        scores, more = reference.of(tree), reference.of(lift)
        expected = sorted((scores[hit.key] + more.get(hit.key, 0.0) for hit in before.hits), reverse=True)
        assert {hit.key for hit in answer.hits} == {hit.key for hit in before.hits}
        assert [hit.score for hit in answer.hits] == EQUAL(expected, rel=1e-5, abs=1e-5), (tree, lift)
        assert (answer.total, answer.facets) == (before.total, before.facets)
        behind = replace(plain, offset=20)
        assert leg.search(replace(behind, lift=lift, window=20)) == leg.search(behind)
        lifted += any(more.get(hit.key) for hit in before.hits)
    assert lifted > 10


def test_pages_of_a_lifted_question__follow_each_other(leg: Engine) -> None:
    lift = Term("body", "en:w3")
    request = Request(Term("body", "en:w0"), {"level": (WHOLE,)}, limit=100, lift=lift, window=20)
    whole = leg.search(replace(request, window=0)).hits
    pages = [leg.search(replace(request, offset=start, limit=10)).hits for start in range(0, 100, 10)]
    keys = [hit.key for page in pages for hit in page]
    assert sorted(keys[:20]) == sorted(hit.key for hit in whole[:20])
    assert keys[:20] != [hit.key for hit in whole[:20]]
    assert keys[20:] == [hit.key for hit in whole[20:100]]


def test_pages__follow_each_other_without_gap_or_repetition(leg: Engine) -> None:
    request = Request(Term("body", "en:w0"), {"level": (WHOLE,)}, limit=300)
    whole = [hit.key for hit in leg.search(request).hits]
    paged = [
        hit.key
        for start in range(0, len(whole), 7)
        for hit in leg.search(Request(request.tree, request.scope, offset=start, limit=7)).hits
    ]
    assert paged == whole


@pytest.mark.parametrize("sort", SORTS)
def test_other_orders__are_those_of_the_records(leg: Engine, library: Corpus, sort: str) -> None:
    field, descending = SORTS[sort]

    def value(record: Record) -> int | str:
        return record.title_order if field == "title_order" else record.numbers[field]

    by_tie = sorted(library.of(WHOLE), key=lambda record: record.numbers["tie"])
    expected = [record.key for record in sorted(by_tie, key=value, reverse=descending)]
    found = leg.search(Request(Everything(), {"level": (WHOLE,)}, sort=sort, limit=len(expected))).hits
    assert [hit.key for hit in found] == expected


SELECTIONS: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {"year": ("2091",)},
    {"year": ("2091", "2092"), "theme": ("lamps",)},
    {"theme": ("lamps", "tides"), "stage": ("final",), "year": ("2093", "2094", "2095")},
    {"stage": ("no-such-stage",)},
)


@pytest.mark.parametrize("selected", SELECTIONS)
def test_facets__are_counted_over_what_the_other_facets_leave(
    leg: Engine, library: Corpus, selected: dict[str, tuple[str, ...]]
) -> None:
    scope = {"level": (WHOLE,), "current": ("yes",)}
    tree = Term("body", "en:w3")
    answer = leg.search(Request(tree, scope, selected, FACET_FIELDS))
    matching = Lucene(library.of(WHOLE)).of(tree)
    records = [record for record in library.of(WHOLE) if record.key in matching and record.raw["current"] == ("yes",)]
    assert answer.total == len([record for record in records if chosen(selected)(record)])
    for facet in FACET_FIELDS:
        others = {name: values for name, values in selected.items() if name != facet}
        counts = Counter(value for record in filter(chosen(others), records) for value in record.raw.get(facet, ()))
        assert answer.facets[facet] == dict(counts), facet


def chosen(selected: dict[str, tuple[str, ...]]) -> Callable[[Record], bool]:
    return lambda record: all(set(values) & set(record.raw[name]) for name, values in selected.items())


def test_places__are_the_best_passages_of_each_document(leg: Engine, library: Corpus) -> None:
    tree = Term("body", "en:w1")
    scores = Lucene(library.of(PASSAGE)).of(tree)
    editions = tuple(record.edition for record in library.of(WHOLE)[:40])
    found = leg.places(Request(tree, {"level": (PASSAGE,), "edition": editions}), 3)
    for edition in editions:
        own = {record.key: scores[record.key] for record in library.of(PASSAGE)
               if record.edition == edition and record.key in scores}  # fmt: skip
        if not own:
            assert edition not in found
            continue
        assert found[edition].count == len(own)
        best = sorted(own.values(), reverse=True)[:3]
        assert [own[hit.key] for hit in found[edition].hits] == EQUAL(best, rel=1e-5)


def test_frequencies_and_vocabulary__are_those_of_the_documents(leg: Engine, library: Corpus) -> None:
    held = Counter(term for record in library.of(WHOLE) for term in set(record.texts()["exact"].split()))
    assert dict(leg.vocabulary("exact", "w12")) == {term: held[term] for term in held if term.startswith("w12")}
    asked = [("exact", "w5"), ("exact", "nowhere"), ("title", "en:w0")]
    in_titles = sum("en:w0" in record.texts()["title"].split() for record in library.of(WHOLE))
    assert leg.doc_freqs(asked) == {asked[0]: held["w5"], asked[1]: 0, asked[2]: in_titles}


def test_a_vocabulary_larger_than_one_answer__is_whole(
    leg: Engine, library: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "MOST_TERMS", 7)
    held = {term for record in library.of(WHOLE) for term in record.texts()["exact"].split()}
    for prefix in ("w1", "w", ""):
        expected = sorted(term for term in held if term.startswith(prefix))
        assert sorted(term for term, _ in leg.vocabulary("exact", prefix)) == expected
    assert len(held) > 50


def test_each__gives_every_record_once(leg: Engine, library: Corpus) -> None:
    keys = [hit.key for hit in leg.each(Request(Everything(), {"level": (PASSAGE,)}))]
    assert len(keys) > 1000  # more than one page of the node's
    assert sorted(keys) == sorted(record.key for record in library.of(PASSAGE))
