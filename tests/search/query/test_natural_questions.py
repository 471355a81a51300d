"""What a question in natural language wants to be told."""

import pytest

from search.query.natural_questions import Aim, aim_of


@pytest.mark.parametrize(
    "question",
    [
        "where is the outcome on spam?", "Where can I find the IPv6 document?", "où est le document sur les enfants ?",
        "¿dónde está el informe sobre el género?", "где итог по IPv6?", "أين وثيقة النوع الاجتماعي؟",
        "物联网的成果在哪里？", "哪里有网络安全的报告",
    ],
)  # fmt: skip
def test_question_for_where_a_document_is__is_answered_by_no_paragraph(question):
    assert aim_of(question) is None


@pytest.mark.parametrize(
    ("question", "aim"),
    [
        ("where do women lack access?", Aim.FACT),
        ("who wrote the outcome on spam?", Aim.FACT),
        ("what became of the forum on spam?", Aim.LINEAGE),
        ("what is still open on cybersecurity?", Aim.OPEN),
        ("spam", None),
    ],
)
def test_question__is_for_a_fact_for_what_became_of_something_or_for_what_is_open(question, aim):
    assert aim_of(question) is aim
