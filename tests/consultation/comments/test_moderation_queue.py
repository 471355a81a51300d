"""What waits for moderation stands on as many pages as it needs; a press that does nothing loses no tick or word."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from consultation.comments import admin_views
from consultation.comments.models import Comment
from consultation.submissions.services import confirm
from consultation.vocabulary import HideReason, Moderation

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, consultation, monkeypatch):
    """Three comments that wait, two on a page. Answers the address of the queue."""
    monkeypatch.setattr(admin_views, "COMMENTS_A_PAGE", 2)
    for body in ("Lamps fail in storms.", "Ask the ministries.", "Count the exchanges of every island."):
        confirm(consultation.comment(body).submission, timezone.now())
    client.force_login(consultation.people["facilitator"])
    return f"/admin/consultation/{consultation.process.pk}/"


def numbers(page) -> list[str]:
    return [box["value"] for box in page.find_all("input", attrs={"name": "comment"})]


def test_what_waits__is_found_by_the_links_from_page_to_page(client, desk):
    first = BeautifulSoup(client.get(desk).content, "html.parser")
    onward = first.find("a", rel="next")["href"]
    second = BeautifulSoup(client.get(onward).content, "html.parser")
    assert (numbers(first), numbers(second)) == (["1", "2"], ["3"])
    assert second.find("a", rel="prev")["href"] == f"{desk}?page=1"


def test_all_on_a_page__are_chosen_on_that_page_only(client, desk):
    page = BeautifulSoup(client.get(f"{desk}?page=2").content, "html.parser")
    chosen = client.get(page.find("a", string="Choose all on this page")["href"]).content
    boxes = BeautifulSoup(chosen, "html.parser").find_all("input", attrs={"name": "comment"})
    assert [(box["value"], box.has_attr("checked")) for box in boxes] == [("3", True)]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"to": "published"}, "Choose at least one comment."),
        ({"to": "nowhere", "comment": ["2"]}, "Choose what shall happen."),
        ({"to": "hidden", "comment": ["2"], "hide_reason": ""}, "Choose the class of reason for hiding."),
        ({"to": "hidden", "comment": ["2"], "reason": "x" * 2001}, "Note for the log"),
    ],
)
def test_press_that_does_nothing__says_why_and_keeps_ticks_and_note(client, desk, sent, said):
    facts = {"hide_reason": HideReason.values[1], "reason": "A note of the moderator."} | sent
    answer = client.post(f"{desk}moderate/", facts)
    page = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, Comment.objects.waiting().count()) == (422, 3)
    assert said in page.get_text()
    ticked = [box["value"] for box in page.find_all("input", attrs={"name": "comment"}) if box.has_attr("checked")]
    assert ticked == sent.get("comment", [])
    assert page.find("textarea", attrs={"name": "reason"}).get_text().strip() == facts["reason"]
    assert page.find("a", rel="next")["href"] == f"{desk}?page=2"


def test_chosen_comments__are_hidden_with_class_and_note(client, desk):
    reason = HideReason.values[1]
    sent = {"to": "hidden", "comment": ["1", "3"], "hide_reason": reason, "reason": "Twice."}
    assert client.post(f"{desk}moderate/", sent)["Location"] == desk
    hidden = Comment.objects.filter(moderation=Moderation.HIDDEN).order_by("number")
    assert [(each.number, each.hide_reason) for each in hidden] == [(1, reason), (3, reason)]
    assert [event.reason for event in hidden[0].events.all()][-1] == "Twice."
