"""Check 6: GET changes nothing, POST confirms; a broken link explains; a line end in a name is an error of the form."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.utils import timezone

from consultation.comments.models import Comment
from consultation.followers.occasions import FOLLOWING
from consultation.submissions.models import Draft, Submission
from consultation.vocabulary import Moderation
from core.tokens import sign_link
from mail.delivery import deliver
from mail.models import Subscription
from mail.subscriptions import services as subscriptions
from tests.consultation.submissions.test_journey import PERSON
from tests.gate.forms import with_token

pytestmark = pytest.mark.django_db


def link_of(submission: Submission) -> str:
    return f"/comments/confirm/{sign_link('confirm', submission.secret)}/"


@pytest.mark.parametrize("method", ["get", "head"])
def test_link__followed_by_a_mail_scanner__changes_nothing(client, consultation, method):
    comment = consultation.comment()
    assert getattr(client, method)(link_of(comment.submission)).status_code == 200
    assert Comment.objects.get().moderation == Moderation.UNCONFIRMED


def test_link__with_the_button_pressed__confirms_and_may_be_pressed_again(client, consultation):
    comment = consultation.comment()
    for _ in range(2):
        assert client.post(link_of(comment.submission)).status_code == 302
    assert Comment.objects.get().moderation == Moderation.PENDING


def test_link__tampered_with__explains_and_changes_nothing(client, consultation):
    comment = consultation.comment()
    answer = client.post(link_of(comment.submission).replace("/confirm/", "/confirm/x"))
    assert answer.status_code == 404
    assert "Part of it is missing" in answer.content.decode()
    assert Comment.objects.get().moderation == Moderation.UNCONFIRMED


def test_link__too_old__explains_that_nothing_is_lost(client, consultation):
    comment = consultation.comment()
    later = (timezone.now() + timedelta(days=30, hours=1)).timestamp()
    link = link_of(comment.submission)
    with mock.patch("django.core.signing.time.time", return_value=later):
        answer = client.post(link)
    assert answer.status_code == 410
    said = answer.content.decode()
    assert "older than 30 days" in said
    assert "Send the form again" in said


def test_link__for_one_purpose__does_not_open_another(client, consultation):
    comment = consultation.comment()
    token = sign_link("follow", comment.submission.secret)
    assert client.post(f"/comments/confirm/{token}/").status_code == 404


def test_line_end_in_a_name__is_a_form_error_and_everything_stays(client, consultation):
    draft = consultation.draft("Words that stay.")
    for field in ("name", "organisation"):
        for end in ("\r\nBcc: victim@example.org", "\nX: y", "\u2028Z"):
            answer = client.post(f"/comments/draft/{draft.token}/", PERSON | {field: f"Ada{end}"})
            assert answer.status_code == 422, (field, end)
            assert "in one line" in answer.content.decode()
            assert "Words that stay." in answer.content.decode()
    assert Draft.objects.get().submission is None


def test_unconfirmed_comment__is_seen_by_the_moderators(client, consultation):
    consultation.comment("Lost mail, kept words.")
    client.force_login(consultation.people["facilitator"])
    page = client.get(f"/admin/consultation/{consultation.process.pk}/").content.decode()
    assert "Lost mail, kept words." in page


def test_mail__names_no_commenter_as_sender_and_speaks_their_language(consultation):
    from dataclasses import replace

    from tests.consultation.stories import ADA

    consultation.comment(person=replace(ADA, language="fr"))
    deliver(timezone.now())
    message = mail.outbox[0]
    assert "ada" not in message.from_email
    assert "\n" not in message.subject


def test_following__begins_with_a_button_and_ends_with_one(client, consultation):
    address = f"{consultation.address}follow/"
    assert client.post(address, with_token("follow", {"email": "bo@example.org"})).status_code == 200
    follower = Subscription.objects.get()
    assert follower.confirmed_at is None
    begin = f"/comments/follow/{sign_link('follow', follower.secret)}/"
    client.get(begin)
    assert Subscription.objects.get().confirmed_at is None
    client.post(begin)
    assert Subscription.objects.get().confirmed_at is not None
    end = f"/comments/unfollow/{follower.secret}/"
    client.get(end)
    assert Subscription.objects.get().ended_at is None
    client.post(end)
    assert Subscription.objects.get().ended_at is not None


def test_following__asked_again_for_a_known_address__answers_the_same(client, consultation):
    subscriptions.ask(FOLLOWING, "bo@example.org", consultation.process.series, "en", timezone.now())
    subscriptions.begin(Subscription.objects.get(), timezone.now())
    address = f"{consultation.address}follow/"
    known = client.post(address, with_token("follow", {"email": "bo@example.org"})).content
    unknown = client.post(address, with_token("follow", {"email": "cy@example.org"})).content
    assert known == unknown
