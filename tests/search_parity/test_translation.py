"""The queries themselves, as Elasticsearch receives them."""

from typing import Any

import pytest

from search.engines.elasticsearch.query_translation import Translator, leaves
from search.query.tree import Best, Between, Either, Every, Everything, Node, OneOf, Sequence, Term, Weighted, Without

LAMP, STORM, NOWHERE = Term("body", "en:lamp"), Term("title", "en:storm"), Term("body", "en:nowhere")
LAMP_JSON = {"term": {"body": {"value": "en:lamp"}}}
STORM_JSON = {"term": {"title": {"value": "en:storm"}}}
NOTHING: dict[str, Any] = {"match_none": {}}

CASES: tuple[tuple[Node, dict[str, Any]], ...] = (
    (LAMP, LAMP_JSON),
    (NOWHERE, NOTHING),
    (Every(()), NOTHING),
    (Every((LAMP, STORM)), {"bool": {"must": [LAMP_JSON, STORM_JSON]}}),
    (Either((LAMP, NOWHERE)), {"bool": {"should": [LAMP_JSON], "minimum_should_match": 1}}),
    (Either((LAMP, NOWHERE), 2), NOTHING),
    (Best((LAMP, NOWHERE)), LAMP_JSON),
    (Best((LAMP, STORM), 0.3), {"dis_max": {"queries": [LAMP_JSON, STORM_JSON], "tie_breaker": 0.3}}),
    (Weighted(LAMP, 0.5), {"bool": {"must": [LAMP_JSON], "boost": 0.5}}),
    (Without(LAMP, (STORM,)), {"bool": {"must": [LAMP_JSON], "must_not": [STORM_JSON]}}),
    (Sequence("exact", ("storm", "lamp")), {"match_phrase": {"exact": {"query": "storm lamp"}}}),
    (Sequence("exact", ("storm", "nowhere")), NOTHING),
    (
        Sequence("exact", ("storm", "lamp"), 2),
        {
            "constant_score": {
                "boost": 1.0,
                "filter": {"intervals": {"exact": {"match": {"query": "storm lamp", "ordered": True, "max_gaps": 2}}}},
            }
        },
    ),
    (Everything(), {"constant_score": {"filter": {"match_all": {}}, "boost": 0.0}}),
    (OneOf("year", ("2099",)), {"constant_score": {"filter": {"terms": {"year": ["2099"]}}, "boost": 0.0}}),
    (
        Between("year_number", 2090, 2099),
        {"constant_score": {"filter": {"range": {"year_number": {"gte": 2090, "lte": 2099}}}, "boost": 0.0}},
    ),
)


@pytest.mark.parametrize(("node", "expected"), CASES)
def test_a_node__becomes_one_query(node: Node, expected: dict[str, Any]) -> None:
    translate = Translator(lambda field, text: not text.endswith("nowhere"))
    assert translate.node(node).to_dict() == expected


def test_leaves__are_all_terms_of_a_question_wherever_they_stand() -> None:
    tree = Without(Every((Weighted(Best((LAMP,)), 2.0), Sequence("exact", ("a", "b")))), (Either((STORM,)), NOWHERE))
    assert leaves(tree) == {
        ("body", "en:lamp"), ("exact", "a"), ("exact", "b"), ("title", "en:storm"), ("body", "en:nowhere"),
    }  # fmt: skip
