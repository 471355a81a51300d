"""A reply whose parent is hidden, or taken out altogether, while it is being written."""

import pytest
from django.utils import timezone

from consultation.comments import moderation
from consultation.comments.models import Comment
from consultation.submissions.models import Draft
from consultation.submissions.services import NothingToSend
from consultation.vocabulary import HideReason, Moderation
from tests.consultation.stories import MODERATOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(consultation) -> Comment:
    return consultation.published("A remark that is hidden later.")


@pytest.fixture
def draft(consultation, parent) -> Draft:
    """A comment of its own, and a reply."""
    draft = consultation.draft("On its own.", "A reply.")
    draft.content["comments"][1] |= {"parent": parent.number, "targets": []}
    draft.save()
    return draft


def sent_of(consultation, draft: Draft) -> list[str]:
    return list(consultation.send(draft).comments.order_by("number").values_list("body", flat=True))


def test_a_reply__whose_parent_was_hidden_meanwhile__stands_under_its_tombstone(consultation, parent, draft) -> None:
    moderation.hide(parent, MODERATOR, timezone.now(), hide_reason=HideReason.CONDUCT)
    assert sent_of(consultation, draft) == ["On its own.", "A reply."]
    assert Comment.objects.get(body="A reply.").parent_id == parent.pk


def test_a_reply__whose_parent_is_public_no_more__is_left_out_and_its_writer_is_told_before(
    client, consultation, parent, draft
) -> None:
    Comment.objects.filter(pk=parent.pk).update(moderation=Moderation.SPAM)
    page = client.get(f"/comments/draft/{draft.token}/").content.decode()
    assert "A reply." in page
    assert page.count("this reply will not be sent") == 1
    assert sent_of(consultation, draft) == ["On its own."]


def test_a_reply_alone__whose_parent_is_public_no_more__is_not_sent_and_its_words_stay(
    client, consultation, parent, draft
) -> None:
    draft.content["comments"].pop(0)
    draft.save()
    Comment.objects.filter(pk=parent.pk).update(moderation=Moderation.SPAM)
    with pytest.raises(NothingToSend):
        consultation.send(draft)
    assert "A reply." in client.get(f"/comments/draft/{draft.token}/").content.decode()
