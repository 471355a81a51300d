import pytest
from django.core import mail
from django.utils import timezone

from consultation.comments.models import Comment, Disposition
from consultation.comments.near_duplicates import clusters
from consultation.followers.occasions import FOLLOWING
from consultation.periods.models import Period
from consultation.periods.reminders import REMIND_BEFORE, remind_followers
from consultation.reports.services import content_of
from core.datetimes import in_utc
from mail.delivery import deliver
from mail.models import Message, Preference, Subscription
from mail.subscriptions import services as subscriptions

pytestmark = pytest.mark.django_db

CAMPAIGN = "Please keep the lamps of every village burning through the whole winter, signed by person {}"


@pytest.fixture
def campaign(consultation):
    for number in range(4):
        consultation.published(CAMPAIGN.format(number))
    consultation.published("Something else altogether about the harbour of the island.")
    return consultation


def test_campaign__answered_once__is_answered_for_every_copy(client, campaign):
    client.force_login(campaign.people["rapporteur"])
    address = f"/admin/consultation/{campaign.process.pk}/dispositions/2/"
    assert "Near-duplicates" in client.get(address).content.decode()
    client.post(address, {"outcome": "noted", "response": "They will burn.", "with_alike": "on"})
    assert sorted(draft.comment.number for draft in Disposition.objects.drafts()) == [1, 2, 3, 4]


def test_campaign__in_the_report__is_counted_as_comments_and_as_one_text(campaign):
    campaign.comment("A text that waits for its moderator.")
    reply = campaign.published("Words that answer the first.")
    Comment.objects.filter(pk=reply.pk).update(parent=Comment.objects.get(number=1))
    counts = content_of(campaign.process, campaign.edition).data["counts"]
    assert (counts["received"], counts["different_texts"]) == (5, 2)


def test_followers__hear_once_that_comment_opens_closes_soon_and_that_a_revision_is_out(consultation):
    for user in filter(None, consultation.people.members.values()):  # this is about the mail to followers
        Preference.objects.create(user=user, mode="none")
    subscriptions.ask(FOLLOWING, "bo@example.org", consultation.process.series, "en", timezone.now())
    subscriptions.begin(Subscription.objects.get(), timezone.now())
    closes = Period.objects.get().closes
    assert remind_followers(closes - REMIND_BEFORE * 2) == 0
    assert remind_followers(closes - REMIND_BEFORE / 2) == 1
    assert remind_followers(closes - REMIND_BEFORE / 3) == 0
    consultation.move("close_comment")
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    deliver(timezone.now())
    deliver(closes)
    kinds = sorted(Message.objects.exclude(occasion="confirm_follow").values_list("occasion", flat=True))
    assert kinds == ["closing", "revised"]
    told = {each.subject.split(":")[0]: each.body for each in mail.outbox if "/comments/follow/" not in each.body}
    assert set(told) == {"Comment closes soon", "A new edition is out"}
    for body in told.values():
        assert "/comments/unfollow/" in body
        assert consultation.edition.title in body
    assert f"Comment closes: {in_utc(closes)}" in told["Comment closes soon"]


COPIES = {
    "Arabic": (
        "نرى أن تبقى الجملة الثانية كما هي لأن الشبكات الصغيرة تحتاج إليها في كل عام وفي كل بلد",
        "نَرى أن تَبقى الجُملة الثانية كما هِي، لأنّ الشبكات الصغيرة تحتاج إليها في كُلّ عام، وفي كُلّ بلد.",
    ),
    "Chinese": (
        "我们认为第二段应当明确说明谁公布这些条款，并且以哪种语言公布。谢谢论坛的工作。",
        "我们认为第二段应当明确说明由谁公布这些条款，并且以哪种语言公布。感谢论坛的工作！",
    ),
    "French": (
        "L’échange doit publier ses conditions dans toutes les langues de la région, sans exception aucune.",
        "L'echange doit publier ses conditions dans toutes les langues de la region sans exception aucune",
    ),
}


def test_copies__in_any_script_and_without_their_accents__are_of_one_campaign() -> None:
    texts = {(name, at): text for name, pair in COPIES.items() for at, text in enumerate(pair)}
    assert sorted(clusters(texts)) == [[(name, 0), (name, 1)] for name in sorted(COPIES)]
