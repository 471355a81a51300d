"""Check 5: floods and robots publish nothing, people behind one address all get through, nobody else is called."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from consultation.comments.models import Comment
from consultation.comments.near_duplicates import clusters, distinct
from consultation.submissions import views
from consultation.submissions.drafts import begin, entry_of
from consultation.submissions.limits import NETWORK_LIMIT
from consultation.submissions.models import Submission
from consultation.submissions.services import send
from consultation.vocabulary import Moderation
from core.tokens import new_secret
from gate.client_address import network_of
from gate.rate_limits import TooMany
from mail.delivery import MOST_ASKED_A_DAY, deliver
from tests.consultation.comments.campaigns import campaign_texts
from tests.consultation.stories import ADA
from tests.consultation.submissions.test_journey import PERSON, form_token

pytestmark = pytest.mark.django_db


def post_many(consultation, count, *, networks=1, emails=None, now=None):
    """Send `count` different comments within a minute. Answers how many were turned away."""
    now = now or timezone.now()
    refused = 0
    for number in range(count):
        entry = entry_of({"targets": ["p1"], "body": f"Comment {number} of many."}, new_secret(), hasty=False)
        draft = begin(consultation.period, new_secret(), entry, now)
        person = replace(ADA, email=f"person{number % (emails or count)}@example.org")
        network = network_of(f"198.51.{number % networks}.7")
        try:
            send(draft, person, now=now + timedelta(seconds=number * 60 / count), network=network)
        except TooMany:
            refused += 1
    return refused


def test_meeting_room__200_people_behind_one_address_in_ten_minutes__all_reach_the_queue(consultation):
    assert post_many(consultation, 200) == 0
    assert Comment.objects.waiting().count() == 200


def test_flood__from_one_address__is_cut_off_at_the_limit_and_nothing_is_published(consultation):
    assert post_many(consultation, NETWORK_LIMIT + 40) == 40
    assert not Comment.objects.public().exists()


def test_draft_beyond_the_limit__is_refused_says_when_to_come_again_and_keeps_the_text(
    client, consultation, monkeypatch
):
    monkeypatch.setattr(views, "DRAFT_LIMIT", 0)
    new = f"{consultation.address}comments/new/"
    sent = {"paragraphs": "2", "kind": "substantive", "body": "Schools should be named.", "language": "en"}
    refused = client.post(new, sent | {"form_token": form_token(client.get(f"{new}?on=p2"))})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 600
    assert sent["body"] in refused.content.decode()


@pytest.mark.load
def test_flood__of_a_thousand_a_minute_from_many_networks__publishes_nothing_and_leaves_pages_quick(
    client, consultation
):
    page = f"{consultation.address}comments/"
    client.get(page)
    before = cpu(lambda: client.get(page))
    post_many(consultation, 1000, networks=250)
    assert not Comment.objects.public().exists()
    assert cpu(lambda: client.get(page)) <= 2 * before + 0.005


def cpu(work) -> float:
    """CPU seconds of the best of five runs."""
    spent = []
    for _ in range(5):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def test_confirmation_mail__to_one_address__goes_out_once_an_hour_and_five_times_a_day(consultation):
    now = timezone.now()
    post_many(consultation, 15, networks=3, emails=1, now=now)
    for hours in range(24):
        deliver(now + timedelta(hours=hours, minutes=2), most=100)
    assert len(mail.outbox) == MOST_ASKED_A_DAY
    mail.outbox.clear()
    deliver(now + timedelta(minutes=30), most=100)
    assert not mail.outbox


@pytest.mark.parametrize(
    ("person", "hasty"), [({"leave_this_empty_7": "http://spam.example"}, False), ({}, True)], ids=["trap", "too fast"]
)
def test_what_looks_automatic__goes_to_a_person_without_mail_and_is_never_refused(
    client, consultation, person, hasty, monkeypatch, django_capture_on_commit_callbacks
):
    if not hasty:
        monkeypatch.setattr("consultation.submissions.views.FASTEST", timedelta(0))
    new = f"{consultation.address}comments/new/"
    remark = {"form_token": form_token(client.get(new)), "paragraphs": "1", "kind": "general", "body": "Buy lamps.",
              "language": "en"}  # fmt: skip
    draft = client.post(new, remark)["Location"]
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(draft, PERSON | person)
    assert Submission.objects.get().receipt in client.get(sent["Location"]).content.decode()
    assert Comment.objects.get().moderation == Moderation.PENDING
    assert Submission.objects.get().suspicious
    assert not mail.outbox


def test_known_author__is_published_on_confirmation__a_stranger_waits(consultation):
    consultation.published("First words.")
    second = consultation.comment("Second words.")
    from consultation.submissions.services import confirm

    confirm(second.submission, timezone.now())
    assert Comment.objects.get(pk=second.pk).moderation == Moderation.PUBLISHED
    stranger = consultation.comment("Third words.", person=replace(ADA, email="bo@example.org"))
    confirm(stranger.submission, timezone.now())
    assert Comment.objects.get(pk=stranger.pk).moderation == Moderation.PENDING


def test_network_of__hides_the_address_and_keeps_the_prefix():
    assert network_of("198.51.100.7") == network_of("198.51.100.250") != network_of("198.51.101.7")
    assert network_of("2001:db8:1:2::7") == network_of("2001:db8:1:ffff::9") != network_of("2001:db8:2:2::7")
    assert network_of("not an address") == ""
    assert "198" not in network_of("198.51.100.7")


def test_clusters__884_comments_with_five_campaigns__are_found_within_a_second(capsys):
    texts = campaign_texts()
    started = time.process_time()
    found = clusters(texts)
    assert time.process_time() - started < 1.0
    assert [len(group) for group in found] == [120] * 5
    assert {tuple(sorted({name // 120 for name in group})) for group in found} == {(n,) for n in range(5)}
    assert distinct(texts.values()) == 884


def test_clusters__short_agreements__are_one_only_when_equal():
    assert clusters({1: "I agree.", 2: "I agree", 3: "I agree wholly"}) == [[1, 2]]
