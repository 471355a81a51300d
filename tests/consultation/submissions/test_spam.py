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
from consultation.submissions.limits import EMAIL_LIMIT, NETWORK_LIMIT
from consultation.submissions.models import Draft, Submission
from consultation.submissions.services import confirm, send
from consultation.vocabulary import Moderation
from core.tokens import new_secret
from gate.client_address import network_of
from gate.rate_limits import TooMany
from mail.delivery import deliver
from mail.models import Message
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
        draft = begin(consultation.period, new_secret(), [entry], now)
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


def send_under(consultation, email: str, network: str) -> None:
    entry = entry_of({"targets": ["p1"], "body": "Buy lamps."}, new_secret(), hasty=False)
    now = timezone.now()
    send(begin(consultation.period, new_secret(), [entry], now), replace(ADA, email=email), now=now, network=network)


def test_one_address__in_whatever_case__is_cut_off_at_its_limit(consultation):
    """The limit asked for the letters as they were typed, and rows hold small ones."""
    here = network_of("198.51.100.7")
    for number in range(EMAIL_LIMIT):
        send_under(consultation, "Ada@Example.org" if number % 2 else "ada@example.org", here)
    with pytest.raises(TooMany):
        send_under(consultation, "ADA@example.org", here)


def test_a_stranger_who_floods_under_somebodys_address__uses_up_nothing_of_its_owner(consultation):
    """Twenty comments in ten minutes under a typed address kept its owner out for as long as it went on."""
    for _number in range(EMAIL_LIMIT):
        send_under(consultation, "ada@example.org", network_of("203.0.113.7"))
    with pytest.raises(TooMany):
        send_under(consultation, "ada@example.org", network_of("203.0.113.99"))
    send_under(consultation, "ada@example.org", network_of("198.51.100.7"))


def test_draft_beyond_the_limit__is_refused_says_when_to_come_again_and_keeps_the_text(
    client, consultation, monkeypatch
):
    monkeypatch.setattr(views.COMMENT, "most", 0)
    new = f"{consultation.address}comments/new/"
    sent = {"paragraphs": "2", "kind": "substantive", "body": "Schools should be named.", "language": "en"}
    refused = client.post(new, sent | {"form_token": form_token(client.get(f"{new}?on=p2"))})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 600
    assert Draft.objects.count() == 0
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


def test_confirmation_mail__to_one_address__goes_out_once_a_day_however_much_is_sent(consultation):
    now = timezone.now()
    post_many(consultation, 15, networks=3, emails=1, now=now)
    for hours in range(24 * 15):
        deliver(now + timedelta(hours=hours, minutes=2), most=100)
    assert len(mail.outbox) == 1


def sent_with(client, consultation, capture, person):
    """One comment by the two forms; the page that its sender sees."""
    new = f"{consultation.address}comments/new/"
    remark = {"form_token": form_token(client.get(new)), "paragraphs": "1", "kind": "general", "body": "Buy lamps.",
              "language": "en"}  # fmt: skip
    draft = client.post(new, remark)["Location"]
    with capture(execute=True):
        sent = client.post(draft, PERSON | person)
    page = client.get(sent["Location"]).content.decode()
    assert Submission.objects.latest("pk").receipt in page
    return page


def test_a_field_that_people_do_not_see__filled__waits_for_a_moderator_and_the_page_says_that_no_mail_comes(
    client, consultation, unhurried, django_capture_on_commit_callbacks
):
    trap = {"leave_this_empty_7": "http://spam.example"}
    page = sent_with(client, consultation, django_capture_on_commit_callbacks, trap)
    assert Comment.objects.get().moderation == Moderation.PENDING
    assert Submission.objects.get().suspicious == "trap"
    assert not mail.outbox
    assert "No mail was sent" in page
    assert "A mail will ask you to confirm" not in page


def test_whoever_is_faster_than_three_seconds__gets_the_mail_that_the_page_promises_and_is_never_published_unread(
    client, consultation, django_capture_on_commit_callbacks
):
    """The mail was left out without a word, and with it the way to confirm."""
    consultation.published("First words.")  # a known sender
    Message.objects.all().delete()
    page = sent_with(client, consultation, django_capture_on_commit_callbacks, {})
    sent = Submission.objects.latest("pk")
    assert sent.comments.get().moderation == Moderation.UNCONFIRMED
    assert sent.suspicious == "hasty"
    assert "A mail will ask you to confirm" in page
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]
    confirm(sent, timezone.now())
    assert sent.comments.get().moderation == Moderation.PENDING


def test_known_author__is_published_on_confirmation__a_stranger_waits(consultation):
    consultation.published("First words.")
    second = consultation.comment("Second words.")
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
