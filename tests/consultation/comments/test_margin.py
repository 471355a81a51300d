"""The living margin: from any edition, the final above all, to every comment on a paragraph and what became of it."""

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultation.answers.services import Answer, publish_set, write_answers
from consultation.comments.margin import GONE, WHOLE, Margin, margin_of
from consultation.comments.models import Comment
from consultation.comments.moderation import hide, withdraw
from consultation.vocabulary import HideReason
from editions.models import Edition
from tests.consultation.stories import ADA, MODERATOR
from tests.consultation.test_queries import many_comments

pytestmark = pytest.mark.django_db


def edition_of(consultation, number: int) -> Edition:
    return Edition.objects.get(series=consultation.process.series, number=number)


def margin(consultation, number: int) -> Margin:
    public = Edition.objects.filter(series=consultation.process.series).public().order_by("number")
    return margin_of(edition_of(consultation, number), list(public))


def numbers(margin: Margin, anchor: str) -> list[int]:
    story = margin.story(anchor)
    return [remark.number for remark in story.remarks] if story else []


def answer(consultation, *given: Answer) -> None:
    write_answers(consultation.process, list(given), None, timezone.now())
    publish_set(consultation.process, timezone.now())


@pytest.fixture
def three(consultation):
    """Comments 1 to 4 on edition 1, 5 on edition 3; paragraph 2 reworded in edition 2, 3 taken out, 4 reworded in 3.

    A paragraph put before the second in edition 2 moves all numbers by one.
    """
    other = replace(ADA, name="Bo Fictiva", email="bo@example.org")
    consultation.published("Say whose age is meant, the network's or its owner's.", on=(2,))
    consultation.published("Say whose age is meant here, the network's or its owner's.", on=(2,), person=other)
    consultation.published("Nobody was ever paid.", on=(3,))
    consultation.published("A fine paper.", on=None)
    removed = consultation.paragraph(3).text
    consultation.rewrite(
        "three villages together.</p>", "three villages together.</p><p>Ninety lanterns burned there in the summer.</p>"
    )
    consultation.rewrite("whatever its size or age.", "whatever its size or the age of the network.")
    consultation.rewrite(removed, "Quite another matter: twelve boats were painted green.")
    consultation.move("close_comment")
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    answer(
        consultation,
        Answer(1, "accepted", "The network's age is meant.", addressed_in=2),
        Answer(2, "accepted", "The network's age is meant.", addressed_in=2),
        Answer(3, "noted", "The sentence is gone."),
    )
    consultation.rewrite("in one common format", "in one open format")
    consultation.open()
    consultation.published("Which network?", on=(3,))
    return consultation


def test_margin__over_three_editions__counts_follow_the_paragraph_both_ways(three):
    first, second, third = (margin(three, number) for number in (1, 2, 3))
    assert numbers(first, "p2") == numbers(second, "p3") == numbers(third, "p3") == [1, 2, 5]
    assert numbers(second, "p2") == numbers(third, "p2") == []
    assert (numbers(first, "p3"), numbers(second, GONE), numbers(third, GONE)) == ([3], [3], [3])
    assert numbers(first, GONE) == []
    assert [numbers(each, WHOLE) for each in (first, second, third)] == [[4], [4], [4]]


def test_margin__of_a_changed_paragraph__says_since_when_what_and_who_asked(three):
    story = margin(three, 3).story("p3")
    assert (story.accepted, story.accepted_with_changes, story.changed_since) == (2, 0, 1)
    (change,) = story.changes
    assert (change.change.former, change.change.later) == (1, 2)
    assert [remark.number for remark in change.asked_by] == [1, 2]
    assert "the age of the network" in change.change.after
    later = margin(three, 3).story("p5")
    assert [(step.change.former, step.change.later) for step in later.changes] == [(2, 3)]


def test_margin__near_duplicates__are_told_once_with_their_one_answer(three):
    group, single = margin(three, 3).story("p3").groups
    assert [remark.number for remark in group.remarks] == [1, 2]
    assert [(each.response, len(each.remarks)) for each in group.answers] == [("The network's age is meant.", 2)]
    assert [remark.number for remark in single.remarks] == [5]


def test_page__of_the_newest_edition__tells_the_story_in_place_and_without_script(client, three):
    page = client.get(three.address).content.decode()
    told = page[page.index('id="p3"') : page.index('id="p4"')]
    assert re.search(r"<summary>.*3 comments.*2 accepted.*changed since edition 1.*</summary>", told)
    for words in ("Say whose age is meant", "The network&#x27;s age is meant.", "Which network?"):
        assert words in told
    assert "<ins>" in told
    assert page.index("On passages that are not in this edition") > page.index('id="p5"')
    listed = client.get(three.address + "comments/?on=p3&in=3").content.decode()
    assert [int(number) for number in re.findall(r'id="comment-(\d+)"', listed)] == [1, 2, 5]


@pytest.mark.parametrize("number", ["1", "2", "3"])
def test_page__comments_that_are_not_public__leave_no_trace(client, three, number):
    three.comment("Secret words of one who waits.", on=(1,))
    hidden = Comment.objects.get(series=three.process.series, number=1)
    hide(hidden, MODERATOR, timezone.now(), hide_reason=HideReason.CONDUCT, reason="Private note.")
    withdraw(Comment.objects.get(series=three.process.series, number=5), timezone.now())
    page = client.get(f"{three.address}editions/{number}/").content.decode()
    assert "Secret words" not in page
    assert "Private note" not in page
    assert "Say whose age is meant, " not in page
    assert "Which network?" not in page
    assert "This comment was hidden. Reason: Against the rules of conduct." in page
    assert "This comment was withdrawn by its author." in page


def test_margin__an_edition_withdrawn__its_words_are_told_nowhere(client, three):
    Edition.objects.filter(pk=edition_of(three, 1).pk).update(withdrawn_at=timezone.now())
    page = client.get(three.address).content.decode()
    assert "whatever its size or age" not in page
    assert numbers(margin(three, 3), "p3") == [1, 2, 5]  # the comments stay where a mapping leads


def test_page__with_many_comments__asks_two_questions_more_than_its_counts_did(client, three):
    """Counts alone took a query each for the total, the targets and the anchors."""
    public = list(Edition.objects.filter(series=three.process.series).public().order_by("number"))
    many_comments(three, 30)
    cache.clear()
    margin_of(public[-1], public)
    with CaptureQueriesContext(connection) as captured:
        told = margin_of(public[-1], public)
        assert sum(len(told.story(anchor).remarks) for anchor in ("p1", "p3") if told.story(anchor)) > 10
    assert len(captured) <= 3 + 2


def test_page__of_a_comment_that_is_but_a_wording__says_that_it_proposes_one(client, consultation):
    consultation.published("Lamps cost too much.", on=(1,))
    consultation.published("", on=(1,), proposed="Lamps for everybody.")
    consultation.published("Shorter.", on=(1,), proposed="Lamps.")
    page = BeautifulSoup(client.get(consultation.edition.address).content, "html.parser")
    told = {part.find("a").get_text(): part.find("em") is not None for part in page.select(".story-part")}
    assert told == {"#1": False, "#2": True, "#3": False}
