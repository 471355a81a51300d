"""A question for a comment by its number leads from the search to what became of it."""

import pytest
from bs4 import BeautifulSoup

from consultation.comments.named_numbers import comments_named
from editions.models import EditionQuerySet
from tests.consultation.stories import begun
from tests.people import make_people

pytestmark = pytest.mark.django_db

ASKED = (
    "comment 1", "what became of comment #1?", "comment no. 1", "commentaire n° 1", "qu’est devenu le commentaire 1 ?",
    "¿qué pasó con el comentario n.º 1?", "что стало с комментарием 1", "комментарий № 1", "замечание номер 1",
    "ماذا حدث للتعليق 1", "التعليق رقم ١", "评论1", "第1条评论怎么样了", "关于意见第1条", "#1",
)  # fmt: skip
OTHER = (
    "1 comment",
    "comments on 1 page",
    "commentary 1",
    "comment 10",
    "comment 1000000",
    "telecomment 1",
    "IPv6",
    "",
)


@pytest.mark.parametrize("question", ASKED)
def test_question_for_a_comment_by_its_number__in_six_languages__finds_it(consultation, question):
    consultation.published("First words.", on=(2,))
    named = comments_named(question)
    assert (named.number, [edition.series for edition in named.editions]) == (1, [consultation.process.series])


@pytest.mark.parametrize("question", OTHER)
def test_question__that_names_no_comment__finds_none(consultation, question):
    consultation.published("First words.", on=(2,))
    named = comments_named(question)
    assert named is None or not named.editions


def test_comment__that_waits_or_whose_document_was_withdrawn__is_not_found(consultation):
    consultation.published("First words.", on=(2,))
    consultation.comment("Waiting words.", on=(1,))
    assert [len(comments_named(f"comment {number}").editions) for number in (1, 2)] == [1, 0]
    consultation.move("withdraw")
    assert not comments_named("comment 1").editions


def test_comments_of_one_number__are_those_on_real_documents_where_there_are_any(consultation, monkeypatch):
    consultation.published("First words.", on=(2,))
    assert [edition.year for edition in comments_named("comment 1").editions] == [2099], "invented, for lack of others"
    other = begun(make_people())
    other.published("Other words.", on=(2,))
    monkeypatch.setattr(EditionQuerySet, "real", lambda found: found.filter(series=other.process.series))
    assert [edition.series for edition in comments_named("comment 1").editions] == [other.process.series]


def test_page_of_results__links_to_the_comment_of_the_number(client, consultation):
    consultation.published("First words.", on=(2,))
    page = BeautifulSoup(client.get("/fr/search/", {"q": "commentaire 1"}).content, "html.parser")
    (link,) = page.select("[aria-labelledby=named-comments] a")
    assert link["href"] == f"/fr{consultation.address}comments/1/"
    assert link.text.startswith("Commentaire 1 sur")
    assert "First words." in client.get(link["href"]).content.decode()
    assert b"named-comments" not in client.get("/search/", {"q": "lamps"}).content
