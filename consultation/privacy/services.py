"""What a person may have: a copy of what is kept about them, and its erasure. What must go by itself, goes by date."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from consultation.adoptions.models import Adoption
from consultation.consensus.models import Challenge
from consultation.privacy.erasure import erase_envelope, erase_words
from consultation.privacy.models import ErasureRequest
from consultation.submissions.attachments import forget
from consultation.submissions.models import Attachment, Draft, Submission
from consultation.vocabulary import Moderation
from core import personal_data
from core.email_addresses import spellings
from gate.forms import kept_texts


def export_person(email: str) -> dict[str, Any]:
    """Everything kept under an address, for its owner. Holds personal data."""
    texts = [{"sent_to": text.action, "fields": dict(text.fields)} for text in kept_texts.about(email)]
    return {
        "holds_personal_data": True,
        "email": spellings(email)[0],
        **personal_data.export(email),
        "kept_texts": texts,
    }


@transaction.atomic
def erase_person(
    email: str,
    now: datetime,
    *,
    with_text: bool = False,
    with_account: bool = False,
    by_name: str = "",
    reason: str = "",
) -> ErasureRequest:
    """Erase name, address, traces and originals kept under an address; the words too if asked, and the account.

    Stays: number, date, answer and a tombstone, and the hashes of frozen reports. Idempotent.
    """
    kept_texts.forget_about(email)
    done = personal_data.erase(email, personal_data.Erasure(now, with_text, with_account))
    return ErasureRequest.objects.create(
        at=now,
        by_name=by_name,
        with_text=with_text,
        submissions=done["consultation.Submission"],
        comments=done["consultation.Comment"],
        reason=reason,
    )


def purge(now: datetime) -> int:
    """Delete what has outlived its term: old drafts, comments, declarations and challenges that nobody confirmed, and
    what the register says. Idempotent."""
    old = Draft.objects.filter(changed_at__lt=now - timedelta(days=settings.DRAFT_DAYS))
    done = forget(Attachment.objects.filter(submission=None).filter(Q(draft__in=old) | Q(draft=None)))
    done += old.delete()[0]
    for submission in Submission.objects.filter(
        comments__moderation=Moderation.UNCONFIRMED,
        received_at__lt=now - timedelta(days=settings.UNCONFIRMED_DAYS),
    ).distinct():
        done += _drop_unconfirmed(submission, now)
    before = now - timedelta(days=settings.UNCONFIRMED_DAYS)
    done += Adoption.objects.filter(moderation=Moderation.UNCONFIRMED, created_at__lt=before).delete()[0]
    done += Challenge.objects.filter(moderation=Moderation.UNCONFIRMED, at__lt=before).delete()[0]
    return done + personal_data.expire(now)


@transaction.atomic
def _drop_unconfirmed(submission: Submission, now: datetime) -> int:
    """Never confirmed, never published: words and person go, the number stays given."""
    for comment in submission.comments.filter(moderation=Moderation.UNCONFIRMED):
        erase_words(comment, now)
    Draft.objects.filter(submission=submission).delete()
    erase_envelope(submission, now)
    return 1
