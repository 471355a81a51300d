"""A declaration is challenged in public, on facts, within its term, and the answer stands beside it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from consultation.consensus import challenge_views, challenges
from consultation.consensus.models import Challenge, Declaration
from consultation.vocabulary import Moderation
from mail.delivery import deliver
from mail.models import Message
from tests.consultation.submissions.test_journey import form_token

pytestmark = pytest.mark.django_db

CHALLENGE = {"facts": "The villages of the south were never heard.", "name": "Ada Fictiva", "email": "ada@example.org",
             "consent": "on"}  # fmt: skip


@pytest.fixture
def adopted(consultation):
    consultation.move("close_comment")
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    consultation.move("adopt", grounds="Nobody objected.")
    Message.objects.exclude(user=None).delete()  # the people of the forum know of the steps
    return consultation


def test_challenge__sent_confirmed_shown_answered__stands_beside_the_declaration_and_its_sender_is_told(
    client, adopted, django_capture_on_commit_callbacks
):
    address = f"{adopted.address}challenge/"
    assert "challenge/" in client.get(adopted.address).content.decode()
    token = form_token(client.get(address))
    for _again in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(address, CHALLENGE | {"form_token": token}).status_code == 200
    challenge = Challenge.objects.get()
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]
    link = re.search(r"/comments/challenge/\S+/", mail.outbox[0].body)[0]
    client.get(link)
    assert Challenge.objects.get().moderation == Moderation.UNCONFIRMED
    client.post(link)
    assert Challenge.objects.get().moderation == Moderation.PENDING
    assert CHALLENGE["facts"] not in client.get(adopted.address).content.decode()
    desk = f"/admin/consultation/{adopted.process.pk}/consensus/challenge/{challenge.pk}/"
    client.force_login(adopted.people["facilitator"])
    client.post(f"{desk}moderate/", {"to": "published"})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(desk, {"answer": "They were heard on 3 May 2099."})
    client.logout()
    page = client.get(adopted.address).content.decode()
    assert CHALLENGE["facts"] in page
    assert "They were heard on 3 May 2099." in page
    assert "ada@example.org" not in page
    assert "They were heard on 3 May 2099." in mail.outbox[-1].body


def test_challenge__after_its_term__is_refused_and_what_was_written_is_still_there(client, adopted, settings):
    address = f"{adopted.address}challenge/"
    token = form_token(client.get(address))
    settings.CHALLENGE_DAYS = 0
    answer = client.post(address, CHALLENGE | {"form_token": token})
    assert answer.status_code == 409
    assert CHALLENGE["facts"] in answer.content.decode()
    assert not Challenge.objects.exists()
    assert f"{adopted.address}challenge/" not in client.get(adopted.address).content.decode()
    with pytest.raises(challenges.TermOver):
        challenges.record(Declaration.objects.get(), "Ada", "Facts.", timezone.now() + timedelta(days=1))


def test_challenge__beyond_the_limit__is_refused_says_when_to_come_again_and_loses_no_word(
    client, adopted, monkeypatch
):
    monkeypatch.setattr(challenge_views.CHALLENGE, "most", 0)
    address = f"{adopted.address}challenge/"
    refused = client.post(address, CHALLENGE | {"form_token": form_token(client.get(address))})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert CHALLENGE["facts"] in refused.content.decode()
    assert refused["Cache-Control"] == "no-store"
    assert not Challenge.objects.exists()


def test_challenge__of_a_machine__waits_for_a_person_without_any_mail(client, adopted):
    address = f"{adopted.address}challenge/"
    token = form_token(client.get(address))
    sent = client.post(address, CHALLENGE | {"form_token": token, "leave_this_empty_7": "http://spam.example"})
    assert "No mail was sent" in sent.content.decode()
    assert "A mail will ask you to confirm" not in sent.content.decode()
    assert Challenge.objects.get().moderation == Moderation.PENDING
    deliver(timezone.now())
    assert not mail.outbox


def test_challenge__of_a_document_without_declaration__has_no_form(client, consultation):
    assert client.get(f"{consultation.address}challenge/").status_code == 404


@pytest.mark.parametrize("person", ["rapporteur", "lead_expert", "other_facilitator", "nobody"])
def test_challenge__is_shown_by_moderators_only(client, adopted, person):
    challenge = Challenge.objects.create(
        declaration=Declaration.objects.get(), by_name="Ada", facts="Facts.", at=timezone.now(), moderation="pending"
    )
    client.force_login(adopted.people[person])
    desk = f"/admin/consultation/{adopted.process.pk}/consensus/challenge/{challenge.pk}/moderate/"
    client.post(desk, {"to": "published"})
    assert Challenge.objects.get().moderation == Moderation.PENDING
