"""What an everyday task costs in clicks, from the first page of the admin, with what stands on the screens.

The bars are the goals of the desk: a screen that asks for one click more fails here. What counts as a click is said in
tests.journeys.clicking. From a proposal to a first draft: tests/workflow/forums/test_guided_path.py. What people are
told of it stands in docs/editors/README.md, which is held against these bars.
"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from consultation.comments.models import Comment, Disposition, Target
from tests.consultation.stories import Consultation, begun
from tests.factories import BODY, OutcomePageFactory
from tests.journeys.clicking import Clicking
from tests.workflow.forums.test_forums import a_forum
from tests.workflow.moves import adopt
from workflow.access.models import RoleGroup
from workflow.sessions.models import Session
from workflow.states import State
from workflow.transitions.models import Process
from workflow.transitions.services import process_of

pytestmark = pytest.mark.django_db

WHOLE = [
    *BODY,
    ("challenge", {"title": "Storms", "body": [("text", "<p>Storms stay.</p>")]}),
    ("open_question", {"title": "Whose lamps?", "body": [("text", "<p>Nobody knows.</p>")]}),
    ("future_work", {"title": "Next", "body": [("text", "<p>More lamps.</p>")]}),
]
"""A text with all that an outcome is expected to have."""
BARS = {
    "import a document": "4", "open public comment": "4", "moderate 10 comments": "5",
    "answer 60 comments and apply their wordings": "120", "record a comment that came by mail, and publish it": "4",
    "give a role": "3", "from a proposal to a first draft with three people": "12", "adopt": "4", "withdraw": "4",
    "a past output: import, original, record": "6",
}  # fmt: skip
FILE = b"The lamp rooms of 2099\n\nLamps help in storms.\n\nThey are fictitious.\n"


@pytest.fixture
def forum(people) -> Any:
    return a_forum("active", page=people.forum)


def desk(person: Any) -> Clicking:
    clicking = Clicking(Client(enforce_csrf_checks=True))
    clicking.client.force_login(person)
    return clicking.begin()


def test_import__costs_four(people, forum) -> None:
    at = desk(people["rapporteur"])
    at.follow("Import a document")
    at.press("Read the file", file=SimpleUploadedFile("lamps.txt", FILE))
    at.press("Make it a new document")
    assert at.address.endswith("/edit/")
    assert at.clicks <= 4


def test_open_comment__costs_four(people, forum) -> None:
    process = process_of(OutcomePageFactory(parent=people.forum, title="Lamps"))
    at = desk(people["facilitator"])
    at.follow("Open public comment: Lamps")
    now = timezone.now()
    at.press(
        "Open public comment", announcement="Please comment.", opens=f"{now + timedelta(hours=1):%Y-%m-%dT%H:%M}",
        closes=f"{now + timedelta(days=40):%Y-%m-%dT%H:%M}",
    )  # fmt: skip
    assert Process.objects.get(pk=process.pk).state == State.COMMENT
    assert at.clicks <= 4


@pytest.fixture
def story(people, forum) -> Consultation:
    return begun(people)


def test_moderating__costs_three_and_one_in_five(people, story) -> None:
    for number in range(10):
        story.comment(f"A fictitious remark {number}.")
    at = desk(people["facilitator"])
    at.follow(story.process.title, within="[id*=consultations]")
    at.follow("Choose all on this page")
    at.press("Publish")
    assert set(Comment.objects.values_list("moderation", flat=True)) == {"published"}
    assert "10 comments: published." in at.page.get_text(" ").lower().replace("  ", " ")
    assert at.clicks <= 3 + 10 // 5


def test_answering_and_applying__costs_two_a_comment(people, story) -> None:
    words = "The lamp rooms of the islands were built in the winter of 2091 by three villages together."
    story.published("Name the number, please.", on=(1,), proposed=f"{words} That was seven lamps.")
    story.published("We thank the forum for all of its patience with us.", on=(2,))
    story.published("Smaller exchanges need other terms than these.", on=(2,))
    story.move("close_comment")
    at = desk(people["facilitator"])
    at.follow("Answers", within="[id*=consultations]")
    assert at.clicks <= 2
    before = at.clicks
    at.press("Apply and accept")
    assert at.clicks - before <= 2
    for number in (2, 3):
        before = at.clicks
        at.press(f"Keep as a draft #{number}", response="Thank you.")
        assert at.clicks - before <= 2
    assert Disposition.objects.count() == 3
    at.press("Publish the")
    published = Disposition.objects.exclude(published_at=None).values_list("comment__number", flat=True)
    assert set(published) == {2, 3}  # the first waits for the edition that carries its wording
    assert at.clicks <= 2 * 3


def test_answering_sixty__costs_at_most_two_a_comment__and_less_where_many_get_one_answer(people, story) -> None:
    first = story.published("Name the number, please.", on=(1,), proposed="Seven lamps burnt in 2091.")
    alike(first, 59)
    story.move("close_comment")
    at = desk(people["facilitator"])
    at.follow("Answers", within="[id*=consultations]")
    at.press("Apply and accept")
    at.follow("Choose all unanswered comments on this page")
    at.press("Keep as drafts", response="Thank you; the text says so now.")
    at.press("Publish the")
    assert Disposition.objects.count() == 60
    assert (
        Disposition.objects.exclude(published_at=None).count() == 59
    )  # the first waits for the edition of its wording
    assert at.clicks <= 120


def alike(comment: Comment, number: int) -> None:
    """So many more comments on the paragraphs of this one, each in words of its own."""
    targets = list(comment.targets.all())
    made = [
        Comment(series=comment.series, number=comment.number + n, submission=comment.submission, language="en",
                body=f"Fictitious remark {n}: {' '.join(f'word{n}x{m}' for m in range(9))}",
                moderation=comment.moderation, created_at=comment.created_at, published_at=comment.published_at)
        for n in range(1, number + 1)
    ]  # fmt: skip
    Comment.objects.bulk_create(made)
    Target.objects.bulk_create(
        Target(comment=each, scope=one.scope, passage=one.passage) for each in made for one in targets
    )


def test_withdrawing__costs_four(people, story) -> None:
    at = desk(people["secretariat"])
    at.follow(story.process.title, within="#own-forums-section")
    at.choose_under_arrow("Withdraw")
    at.press("Withdraw", reason="The fictitious year is over.")
    assert Process.objects.get(pk=story.process.pk).state == State.WITHDRAWN
    assert at.clicks <= 4


def test_table_of_the_guide__tells_the_bars(people) -> None:
    told = Path(__file__).parents[2].joinpath("docs", "editors", "README.md").read_text()
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| [^|]+ \| (\d+) \|$", told, re.MULTILINE)
    assert dict(rows) == BARS


def test_a_comment_by_mail__recorded_and_published__costs_four(people, story) -> None:
    at = desk(people["facilitator"])
    at.follow("Record a comment from elsewhere", within="[id*=consultations]")
    at.press("Record and publish", body="Lamps should burn longer.", name="Ficta", paragraphs="2")
    comment = Comment.objects.get()
    assert (comment.moderation, comment.submission.received_via) == ("published", "email")
    assert at.clicks <= 4


def test_a_role__costs_three(people, forum) -> None:
    at = desk(people["secretariat"])
    at.follow("Who may do what: Fictitious lamps")
    group = RoleGroup.objects.get(page=people.forum, role="rapporteur")
    at.press("Give the role", user=people["nobody"].username, role_group=str(group.pk))
    assert people["nobody"] in group.group.user_set.all()
    assert at.clicks <= 3


def test_adopting__costs_four(people, forum) -> None:
    page = OutcomePageFactory(parent=people.forum, title="Lamps", body=WHOLE)
    story = Consultation(process_of(page), people).open()
    story.move("close_comment")
    session = Session.objects.create(title="Fictitious session", starts=timezone.now(), minutes="Held in 2099.")
    session.documents.add(story.process)
    at = desk(people["facilitator"])
    at.follow("Adopt as rough-consensus outcome: Lamps")
    at.press("Adopt as rough-consensus outcome", **adopt())
    assert Process.objects.get(page=page).state == State.FINAL
    assert at.clicks <= 4


def test_a_past_output__with_its_original__costs_six(people, forum) -> None:
    at = desk(people["secretariat"])
    at.follow("Import a document")
    at.press("Read the file", file=SimpleUploadedFile("lamps.txt", FILE))
    assert at.page.find("input", {"name": "show_original"}).has_attr("checked")
    at.press("Make it a document, and record it")
    at.press("Record", public_source="https://example.org/lamps", original_date="2098-11")
    assert Process.objects.latest("pk").state == State.FINAL
    assert at.clicks <= 6
