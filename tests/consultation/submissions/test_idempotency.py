"""Check 4: double click, back and resubmit, retry: one comment, one receipt, one mail."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from consultation.comments.models import Comment
from consultation.submissions.models import Draft, Submission
from consultation.submissions.services import confirm
from mail.delivery import deliver
from mail.models import Message
from tests.consultation.submissions.test_journey import PERSON, form_token

pytestmark = pytest.mark.django_db


def test_everything_sent_twice__is_one_comment_one_receipt_one_mail(
    client, consultation, unhurried, django_capture_on_commit_callbacks
):
    new = f"{consultation.address}comments/new/"
    remark = {"form_token": form_token(client.get(new)), "paragraphs": "1", "kind": "general", "body": "Once.",
              "language": "en"}  # fmt: skip
    client.cookies.clear()
    drafts = [client.post(new, remark)["Location"] for _ in range(2)]
    assert drafts[0] == drafts[1]
    with django_capture_on_commit_callbacks(execute=True):
        receipts = [client.post(drafts[0], PERSON)["Location"] for _ in range(3)]
    assert len(set(receipts)) == 1
    assert (Draft.objects.count(), Submission.objects.count(), Comment.objects.count()) == (1, 1, 1)
    assert len(mail.outbox) == 1


def test_the_same_words_from_the_same_address_on_one_day__are_a_submission_of_their_own(consultation):
    """They were the first one once: whoever knew a text, or an address with it, got the sender's secret page."""
    first = consultation.send(consultation.draft("Quite the same."))
    second = consultation.send(consultation.draft("Quite  the same. "))
    assert first != second
    assert (first.secret, first.receipt) != (second.secret, second.receipt)
    assert Comment.objects.count() == 2


def test_a_stranger_with_the_words_and_the_address_of_another__sees_and_changes_nothing_of_theirs(
    client, consultation, unhurried, settings, tmp_path
):
    theirs = consultation.published("A text that many send.")
    submission = theirs.submission
    new = f"{consultation.address}comments/new/"
    sent = {"form_token": form_token(client.get(new)), "paragraphs": "1", "kind": "general", "language": "en"}
    draft = client.post(new, sent | {"body": "A text that many send."})["Location"]
    Draft.objects.filter(submission=None).get().period.__class__.objects.update(takes_files=True)
    planted = SimpleUploadedFile("a.txt", b"Planted.")
    assert client.post(f"{draft}attach/", {"file": planted}).status_code == 302
    answer = client.post(draft, PERSON | {"email": submission.submitter.email})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    for secret in (submission.secret, submission.receipt):
        assert secret not in answer["Location"] + page
    assert not submission.attachments.exists()
    assert Submission.objects.count() == 2


def test_a_form_from_a_cache__sent_by_two_people__gives_each_their_own_draft(client, consultation, unhurried):
    new = f"{consultation.address}comments/new/"
    token = form_token(client.get(new))
    places = set()
    for words in ("Words of Ada.", "Words of Bo."):
        client.cookies.clear()
        sent = {"form_token": token, "paragraphs": "1", "kind": "general", "body": words, "language": "en"}
        places.add(client.post(new, sent)["Location"])
    assert len(places) == 2
    for place in places:
        page = client.get(place).content.decode()
        assert ("Words of Ada." in page) != ("Words of Bo." in page)


def test_a_form_gone_back_to__changes_its_comment_or_adds_one_about_another_paragraph(client, consultation, unhurried):
    new = f"{consultation.address}comments/new/"
    sent = {"form_token": form_token(client.get(new)), "kind": "general", "language": "en"}
    for paragraph, words in (
        ("1", "Once."),
        ("1", "Once, put better."),
        ("2", "Of another."),
        ("1", "Once, put best."),
    ):
        client.post(new, sent | {"paragraphs": paragraph, "body": words})
    assert [entry["body"] for entry in Draft.objects.get().comments] == ["Once, put best.", "Of another."]


def test_a_form_sent_again_by_another_browser__with_the_same_words__opens_no_page_of_the_first(
    client, consultation, unhurried
):
    new = f"{consultation.address}comments/new/"
    sent = {"form_token": form_token(client.get(new)), "paragraphs": "1", "kind": "general", "body": "Mine.",
            "language": "en"}  # fmt: skip
    first = client.post(new, sent)["Location"]
    client.cookies.clear()
    second = client.post(new, sent)["Location"]
    assert first != second
    assert Draft.objects.count() == 2


def test_notice__of_one_occasion__is_sent_once_however_often_the_clock_ticks(consultation):
    consultation.comment()
    now = timezone.now()
    assert deliver(now) == 1
    assert deliver(now) == 0
    assert len(mail.outbox) == 1


def test_confirm__twice__publishes_and_tells_once(consultation):
    comment = consultation.published()
    for _ in range(2):
        confirm(comment.submission, timezone.now())
    assert Comment.objects.get().moderation == "published"
    assert Message.objects.filter(occasion="published").count() == 1


def test_mail_server_down__leaves_comment_and_receipt_and_a_mail_for_later(
    client, consultation, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "tests.mail.broken_mail.Backend"
    draft = consultation.draft()
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(f"/comments/draft/{draft.token}/", PERSON)
    assert Submission.objects.get().receipt in client.get(sent["Location"]).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    notice = Message.objects.get()
    assert (notice.sent_at, notice.attempts) == (None, 1)
    assert deliver(notice.ready_at) == 1


def test_change_typed_in_one_window__is_not_lost_where_another_sent_the_draft_or_removed_the_comment(
    client, consultation, unhurried
):
    """Both led to the draft without a word, and the text was gone."""
    draft = consultation.draft("First.")
    typed = {"paragraphs": "1", "kind": "general", "language": "en", "body": "Typed for a quarter of an hour."}
    change = f"/comments/draft/{draft.token}/{draft.comments[0]['id']}/"
    client.post(f"{change}drop/")
    assert client.post(change, typed).status_code == 302
    draft.refresh_from_db()
    assert [entry["body"] for entry in draft.comments] == [typed["body"]]
    consultation.send(draft)
    answer = client.post(change, typed | {"body": "Typed for another."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Typed for another." in page
    assert f'action="{consultation.address}comments/new/"' in page
    assert 'name="draft"' not in page
    form = typed | {"body": "Typed for another.", "form_token": form_token(answer)}
    kept = Draft.objects.get(token=client.post(f"{consultation.address}comments/new/", form)["Location"].split("/")[3])
    assert (kept.submission, kept.comments[0]["body"]) == (None, "Typed for another.")
