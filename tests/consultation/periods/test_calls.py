"""A call on chosen sections and in chosen languages; what the workflow, the story and the forum learn; digests."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.utils import timezone
from wagtail.users.models import UserProfile

from consultation.answers.services import WAIT_FOR_REPLY, stop_waiting
from consultation.comments import moderation
from consultation.comments.models import Comment, Disposition
from consultation.comments.occasions import GATHERED
from consultation.periods.models import Period
from consultation.periods.services import move_deadline, scope_of
from consultation.submissions.services import confirm
from consultation.workflow_extensions import forum_evaluation, waiting_digest
from mail.delivery import deliver
from mail.models import Message
from tests.consultation.stories import MODERATOR
from tests.consultation.submissions.test_journey import form_token
from workflow.forums import services as forums
from workflow.forums.models import Forum
from workflow.history import timeline
from workflow.queue import waiting_tasks as queue
from workflow.transitions.models import Process

pytestmark = pytest.mark.django_db


@pytest.fixture
def limited(consultation):
    """A call on the findings alone: paragraphs 3, 4 and 5."""
    heading = consultation.edition.passages.get(number=0, text="Findings")
    Period.objects.update(sections=[heading.anchor], languages=["fr", "ar"])
    return consultation


def test_scope__is_the_section_with_everything_below_it(limited):
    inside = scope_of(limited.period)
    assert {anchor for anchor in inside if anchor.startswith("p")} == {"p3", "p4", "p5"}


def test_limited_call__offers_the_link_inside_only_and_refuses_what_lies_outside(client, limited):
    document = client.get(limited.address).content.decode()
    assert "comments/new/?on=p4" in document
    assert "comments/new/?on=p1" not in document
    new = f"{limited.address}comments/new/"
    form = client.get(new)
    assert 'name="whole"' not in form.content.decode()
    sent = {"form_token": form_token(form), "paragraphs": "1", "kind": "general", "body": "Outside.", "language": "en"}
    refused = client.post(new, sent)
    assert refused.status_code == 422
    assert "does not ask about paragraph 1" in refused.content.decode()
    assert "Outside." in refused.content.decode()
    assert client.post(new, sent | {"paragraphs": "4"}).status_code == 302
    assert "This call is limited to" in client.get(f"{limited.address}comments/").content.decode()


def test_limited_call__is_set_by_the_facilitator(client, consultation):
    client.force_login(consultation.people["facilitator"])
    heading = consultation.edition.passages.get(number=0, text="Findings")
    address = f"/admin/consultation/{consultation.process.pk}/periods/{consultation.period.pk}/"
    values = {"announcement": "x", "grace_minutes": "30", "identity": "confirmed", "moderation": "first",
              "sections": [heading.anchor], "languages": ["fr"], "takes_files": "on"}  # fmt: skip
    assert client.post(address, values).status_code == 302
    period = Period.objects.get()
    assert (period.sections, period.languages, period.takes_files) == ([heading.anchor], ["fr"], True)


def test_languages_asked_for__come_first_and_keep_no_other_out(client, limited):
    page = client.get(f"{limited.address}comments/new/").content.decode().partition("<main")[2]
    assert page.index('value="ar"') < page.index('value="en"')
    assert page.index('value="fr"') < page.index('value="en"')


def test_deadline_moved__moves_the_due_date_of_the_document(consultation):
    later = consultation.period.closes + timedelta(days=9)
    move_deadline(
        consultation.period, later, MODERATOR, timezone.now(), "More time.", consultation.people["facilitator"]
    )
    assert Process.objects.get(pk=consultation.process.pk).due_at == later


def test_tasks__name_what_waits_and_lead_to_where_it_is_done(consultation):
    consultation.comment()
    consultation.published("Another.")
    (line,) = queue.items([Process.objects.get(pk=consultation.process.pk)])
    assert [task.text for task in line.tasks] == [
        "1 comment waits for moderation.",
        "1 comment has no published answer.",
    ]
    assert [task.address for task in line.tasks] == [
        f"/admin/consultation/{consultation.process.pk}/",
        f"/admin/consultation/{consultation.process.pk}/dispositions/",
    ]


def test_story__tells_moderation_and_answers_and_names_no_commenter(consultation):
    comment = consultation.published()
    Disposition.objects.create(comment=comment, outcome="noted", response="Thanks.", drafted_at=timezone.now(),
                               published_at=timezone.now(), decided_by="Ficta")  # fmt: skip
    entries = timeline.whole_history(consultation.process, "consultation")
    assert [entry.what for entry in entries] == [
        "Comment 1 answered: Noted", "Comment 1: Published", "Comment 1: Waiting for moderation"
    ]  # fmt: skip
    assert not any("Ada" in f"{entry.who}{entry.detail}" for entry in entries)


def test_figures__of_a_forum__count_its_comments_and_their_balance(consultation):
    consultation.published()
    now = timezone.now()
    forum = Forum.objects.create(
        title="Lamps", year=2099, page=consultation.people.forum, received_at=now, state_since=now
    )
    rows = dict(forums.evaluation(forum))
    assert rows["Comments received"] == 1
    assert rows["Comments, Civil society"] == 1
    assert rows["Comments, Not stated"] == 0
    assert dict(forum_evaluation.figures(forum))["of them answered"] == 0


def test_editors_digest__is_sent_once_a_day_and_not_again_until_something_changes(consultation):
    UserProfile.objects.create(user=consultation.people["rapporteur"], preferred_language="ru")
    consultation.comment()
    now = timezone.now()
    told = waiting_digest.tell_editors(now)
    assert told == 3  # facilitator, lead expert, rapporteur of the forum
    bodies = Message.objects.filter(occasion=waiting_digest.EVENT).values_list("body", flat=True)
    assert sum("1 comment waits for moderation." in body for body in bodies) == 2
    assert sum("1 комментарий ожидает модерации." in body for body in bodies) == 1  # whoever chose Russian
    consultation.comment("Another.")
    assert waiting_digest.tell_editors(now + timedelta(hours=2)) == 0
    assert waiting_digest.tell_editors(now + waiting_digest.EVERY * 1.1) == 3
    assert waiting_digest.tell_editors(now + waiting_digest.EVERY * 2.3) in {0, 3}  # again only in another week


def test_commenters_digest__tells_of_three_comments_in_one_mail(consultation, django_capture_on_commit_callbacks):
    submission = consultation.send(consultation.draft("One.", "Two.", "Three."))
    confirm(submission, timezone.now())
    Message.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        for comment in Comment.objects.all():
            moderation.publish(comment, MODERATOR, timezone.now())
    assert not mail.outbox  # it waits a little for more of its kind
    deliver(timezone.now() + GATHERED.wait)
    (message,) = mail.outbox
    assert [f"/comments/{number}/" in message.body for number in (1, 2, 3)] == [True] * 3
    assert not Message.objects.filter(sent_at=None).exists()


def test_silence__after_its_time__counts_as_no_reply(consultation):
    comment = consultation.published()
    now = timezone.now()
    Disposition.objects.create(comment=comment, outcome="noted", response="x", drafted_at=now, published_at=now)
    assert stop_waiting(now + WAIT_FOR_REPLY / 2) == 0
    assert stop_waiting(now + WAIT_FOR_REPLY) == 1
    assert Disposition.objects.get().verdict == "no_reply"


def test_feed__of_comments_and_answers__is_well_formed_and_shows_no_hidden_words(client, consultation):
    from lxml import etree

    consultation.published("Words for everybody.")
    hidden = consultation.published("Words for nobody.")
    moderation.hide(hidden, MODERATOR, timezone.now(), hide_reason="conduct")
    response = client.get(f"{consultation.address}comments.atom")
    feed = etree.fromstring(response.content)
    text = "".join(feed.itertext())
    assert "Words for everybody." in text
    assert "Words for nobody." not in text
    assert "ada@example.org" not in text
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert [each.text.endswith(("comments/1/", "comments/2/")) for each in feed.findall("a:entry/a:id", names)] == [
        True
    ] * 2


def test_home_page__leads_from_a_call_that_closed_to_what_became_of_its_comments(client, consultation):
    now = timezone.now()
    Period.objects.update(opens=now - timedelta(days=9), closes=now - timedelta(days=1), soft_deadline=None)
    page = BeautifulSoup(client.get("/").content, "html.parser")
    (link,) = page.select(".hero-call a[href$='comments/report/']")
    assert client.get(link["href"]).status_code == 200
    assert consultation.edition.title in link.parent.text
