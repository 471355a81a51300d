"""Proposals for forums and nominations of lead experts: what the public sends, and what is shown of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.gate.forms import with_token
from tests.workflow.forums.test_forums import a_forum, move
from workflow.forums.models import Forum, Nomination
from workflow.forums.states import SHOWN, ForumState
from workflow.proposals_and_nominations import views

pytestmark = pytest.mark.django_db


def sent(**changes) -> dict[str, object]:
    form = {
        "title": "Lamps of 2099",
        "year": "2099",
        "scope": "Lamps in storms.",
        "proposer": "Ficta",
        "leave_this_empty_7": "",
    }
    return with_token("proposal", form | changes)


def test_a_proposal_by_the_public__is_kept_and_shown_only_after_a_first_look(people, client) -> None:
    assert client.post("/proposals/new/", sent(scope="<script>alert(1)</script>")).status_code == 302
    forum = Forum.objects.get()
    assert forum.state == "received"
    assert "Lamps of 2099" not in client.get("/proposals/").content.decode()
    assert client.get(f"/proposals/{forum.pk}/").status_code == 404
    move(forum, "admit", people["secretariat"])
    text = client.get(f"/proposals/{forum.pk}/").content.decode()
    assert "Lamps of 2099" in text
    assert "<script>alert" not in text
    move(forum, "decline", people["secretariat"], reason="Outside the mandate of 2099.")
    assert "Outside the mandate of 2099." in client.get(f"/proposals/{forum.pk}/").content.decode()


def test_a_mail_address__of_a_proposer_or_a_nominated_person__is_never_shown(client) -> None:
    forum = a_forum("approved", email="proposer@example.org", nominations_until=timezone.now() + timedelta(days=1))
    Nomination.objects.create(
        forum=forum, name="Ficta Expert", email="expert@example.org", statement="x", consents=True,
        received_at=timezone.now(), status="accepted",
    )  # fmt: skip
    text = client.get(f"/proposals/{forum.pk}/").content.decode()
    assert "Ficta Expert" in text
    assert "@example.org" not in text


@pytest.mark.parametrize(
    "mistake", [{"title": ""}, {"year": "1999"}, {"year": "x"}, {"scope": "x" * 5001}, {"email": "x"}]
)
def test_a_proposal_with_a_mistake__is_not_kept_and_loses_no_word(client, mistake) -> None:
    response = client.post("/proposals/new/", sent(questions="What burns in 2099?") | mistake)
    assert response.status_code == 422
    page = response.content.decode()
    assert "What burns in 2099?" in page
    assert "<title>Error: " in page
    assert f'<a href="#id_{next(iter(mistake))}">' in page, "the summary leads to the field"
    assert not Forum.objects.exists()


def test_a_proposal_with_a_filled_trap__is_not_stored_and_given_back_to_whoever_is_a_person(client) -> None:
    """It was thanked for and dropped: a person whose browser had filled the field lost every word."""
    page = client.post("/proposals/new/", sent(leave_this_empty_7="http://example.org"))
    assert page.status_code == 422
    assert not Forum.objects.exists()
    text = page.content.decode()
    assert "Lamps of 2099" in text
    assert "leave_this_empty_7" not in text


def test_a_flood_of_proposals__is_asked_to_come_back_and_loses_no_word(client, monkeypatch) -> None:
    monkeypatch.setattr(views.PROPOSAL, "most", 1)
    assert client.post("/proposals/new/", sent()).status_code == 302
    response = client.post("/proposals/new/", sent(scope="The second of 2099"))
    assert response.status_code == 429
    assert "The second of 2099" in response.content.decode()
    assert Forum.objects.count() == 1


def test_nominations__are_taken_until_their_end_and_need_the_persons_consent(client) -> None:
    now = timezone.now()
    forum = a_forum("approved", nominations_until=now + timedelta(days=1))
    address = f"/proposals/{forum.pk}/nominate/"
    person = {"name": "Ficta Expert", "email": "e@example.org", "statement": "Knows lamps.", "leave_this_empty_7": ""}
    assert client.post(address, person).status_code == 422
    assert client.post(address, with_token("nomination", person | {"consents": "on"})).status_code == 302
    assert Nomination.objects.get().status == "received"
    assert "Ficta Expert" not in client.get(f"/proposals/{forum.pk}/").content.decode()
    Forum.objects.filter(pk=forum.pk).update(nominations_until=now)
    assert client.get(address).status_code == 404


def test_hidden_states__are_the_ones_nobody_looked_at() -> None:
    assert {str(state) for state in set(ForumState) - SHOWN} == {"received", "discarded"}


def test_a_flood_from_one_network__keeps_nobody_of_another_from_proposing(client, monkeypatch) -> None:
    monkeypatch.setattr(views.PROPOSAL, "most", 1)
    for _post in range(5):
        client.post("/proposals/new/", sent(), REMOTE_ADDR="192.0.2.66")
    refused = client.post("/proposals/new/", sent(), REMOTE_ADDR="192.0.2.66")
    assert (refused.status_code, int(refused["Retry-After"]) > 0) == (429, True)
    assert client.post("/proposals/new/", sent(), REMOTE_ADDR="198.51.100.7").status_code == 302
    assert Forum.objects.count() == 2
