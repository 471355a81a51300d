"""What a question in natural language wants to be told."""

import pytest

from search.query.natural_questions import Aim, aim_of, may_tell


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


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("when did the session take place?", "The session of this forum is recorded as: 10 November 2015.", True),
        ("when did the session take place?", "The forum worked for long on a text about participation.", False),
        ("когда проходила сессия?", "The forum worked for long on a text.", False),
        ("什么时候举行？", "The forum worked for long on a text.", False),
        ("when should a team share what it knows?", "It should be shared once the parties trust each other.", True),
        ("who coordinated the forum on lamps?", "A task force lets keepers coordinate with one another.", False),
        ("who coordinated the forum on lamps?", "The forum was coordinated by a keeper.", True),
        ("who was rapporteur?", "The forum worked for nine months.", False),
        ("who knows best what is needed?", "Local authors know best what their communities need.", True),
        ("what helps coordination?", "Agreed milestones.", True),
    ],
)
def test_what_a_question_asks_for_by_kind__a_text_has_or_it_is_no_answer(question, text, told):
    assert may_tell(question, text, question.split()) is told


@pytest.mark.parametrize(
    ("question", "words", "text", "told"),
    [
        (
            "how many exchanges were there in 2016",
            "exchanges 2016",
            "Contributing to success of exchanges (2016)",
            False,
        ),
        (
            "how many exchanges were there in 2016",
            "exchanges 2016",
            "One of four Best Practice Forums, on exchanges.",
            False,
        ),
        ("how many exchanges were there in 2016", "exchanges 2016", "More than 500 exchanges were known.", True),
        ("combien de réunions ?", "meetings", "There were three meetings.", True),
        ("كم عدد الاجتماعات؟", "meetings", "There were meetings in 2016.", False),
        ("how many answers came?", "answers", "25 responses to the call", False),
    ],
)
def test_how_many__is_answered_by_a_number_of_what_is_counted(question, words, text, told):
    assert may_tell(question, text, words.split()) is told
