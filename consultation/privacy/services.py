"""What a person may have: a copy of what is kept about them, and its erasure. What must go by itself, goes by date."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts import privacy as accounts
from consultation.adoptions.models import Adoption
from consultation.comments.models import Comment, ModerationEvent
from consultation.consensus.models import Challenge
from consultation.privacy.models import ErasureRequest
from consultation.reports.models import Report
from consultation.reports.services import erase_texts
from consultation.signals import words_erased
from consultation.submissions.attachments import forget
from consultation.submissions.models import Attachment, Draft, Submission, Submitter
from consultation.vocabulary import Moderation
from mail import privacy
from workflow.forums import privacy as proposals


def export_person(email: str) -> dict[str, Any]:
    """Everything kept under an address, for its owner. Holds personal data."""
    email = email.casefold()
    submissions = Submission.objects.filter(submitter__email=email).select_related("submitter", "period__edition")
    return {
        "holds_personal_data": True,
        "email": email,
        "submissions": [
            {
                "receipt": submission.receipt,
                "document": submission.period.edition.identifier,
                "received": submission.received_at.isoformat(),
                "name": submission.submitter.name,
                "organisation": submission.organisation,
                "group": submission.group,
                "region": submission.region,
                "display": submission.display,
                "consent": submission.submitter.consent_version,
                "confirmed": _iso(submission.submitter.confirmed_at),
                "files": [each.name for each in submission.attachments.all()],  # type: ignore[attr-defined]
                "comments": [
                    {
                        "number": comment.number,
                        "standing": comment.moderation,
                        "body": comment.body,
                        "proposed": comment.proposed,
                        "rationale": comment.rationale,
                    }
                    for comment in submission.comments.all()
                ],
            }
            for submission in submissions
        ],
        "drafts": [draft.content for draft in _drafts_of(email)],
        **privacy.held(email),
        **proposals.held(email),
        **accounts.held(email),
        "adoptions": [
            {"document": adoption.edition.identifier, "declarer": adoption.declarer, "statement": adoption.statement}
            for adoption in Adoption.objects.filter(email=email).select_related("edition")
        ],
        "challenges": [
            {"document": each.declaration.edition.identifier, "name": each.by_name, "facts": each.facts}
            for each in Challenge.objects.filter(email=email).select_related("declaration__edition")
        ],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _drafts_of(email: str) -> list[Draft]:
    return [
        draft
        for draft in Draft.objects.all().iterator()
        if str((draft.content.get("person") or {}).get("email", "")).casefold() == email
    ]


@transaction.atomic
def erase_person(
    email: str, now: datetime, *, with_text: bool = False, by_name: str = "", reason: str = ""
) -> ErasureRequest:
    """Erase name, address, traces and originals kept under an address; the words too if asked.

    Stays: number, date, answer and a tombstone, and the hashes of frozen reports. Idempotent.
    """
    email = email.casefold()
    privacy.erase(email)
    proposals.erase(email, with_text=with_text)
    accounts.erase(email)
    submissions = list(Submission.objects.filter(submitter__email=email).select_related("submitter", "period__edition"))
    numbers: dict[str, set[int]] = defaultdict(set)
    comments = list(Comment.objects.filter(submission__in=submissions))
    for comment in comments:
        numbers[comment.series].add(comment.number)
    for draft in _drafts_of(email):
        forget(draft.attachments.all())  # type: ignore[attr-defined]
        draft.delete()
    Draft.objects.filter(submission__in=submissions).delete()
    for submission in submissions:
        _erase_envelope(submission, now)
    if with_text:
        for comment in comments:
            _erase_words(comment, now)
    erase_texts(numbers, with_text=with_text)
    if numbers:
        words_erased.send(Submission, series=sorted(numbers))
    _erase_declarations(email, with_text=with_text)
    return ErasureRequest.objects.create(
        at=now,
        by_name=by_name,
        with_text=with_text,
        submissions=len(submissions),
        comments=len(comments),
        reason=reason,
    )


def _erase_declarations(email: str, *, with_text: bool) -> None:
    """Declarations of adoption and challenges: the address goes, a person's name too, an organization's stays."""
    words = {"statement": "", "link": "", "revoked_reason": ""} if with_text else {}
    mine = Adoption.objects.filter(email=email)
    mine.filter(is_organisation=False).update(declarer="—", **words)
    mine.update(email="")
    facts = {"facts": "—"} if with_text else {}
    Challenge.objects.filter(email=email).update(email="", by_name="—", **facts)


def _erase_envelope(submission: Submission, now: datetime) -> None:
    if submission.original:
        submission.original.delete(save=False)
    forget(submission.attachments.all())  # type: ignore[attr-defined]
    submission.organisation = ""
    submission.original_name = ""
    submission.channel_note = ""
    submission.save(update_fields=["organisation", "original", "original_name", "channel_note"])
    submitter = submission.submitter
    submitter.name = submitter.email = submitter.network = submitter.salt = ""
    submitter.network_until = None
    submitter.erased_at = submitter.erased_at or now
    submitter.save()


def _erase_words(comment: Comment, now: datetime) -> None:
    if comment.moderation == Moderation.ERASED:
        return
    source = comment.moderation
    comment.body = comment.proposed = comment.rationale = comment.salt = ""
    comment.moderation = Moderation.ERASED
    comment.moderated_at = now
    comment.save(update_fields=["body", "proposed", "rationale", "salt", "moderation", "moderated_at"])
    comment.targets.update(quote="")
    comment.dispositions.update(verdict_text="")
    for objection in comment.objections.all():
        if objection.statement and objection.comments.count() == 1:
            objection.statement = "—"
            objection.save(update_fields=["statement"])
    ModerationEvent.objects.create(
        comment=comment, at=now, source=source, target=Moderation.ERASED, by_name="", role="author"
    )


def purge(now: datetime) -> int:
    """Delete what has outlived its term: old drafts, unconfirmed comments, network hashes, addresses. Idempotent."""
    old = Draft.objects.filter(changed_at__lt=now - timedelta(days=settings.DRAFT_DAYS))
    done = forget(Attachment.objects.filter(submission=None).filter(Q(draft__in=old) | Q(draft=None)))
    done += old.delete()[0]
    done += Submitter.objects.filter(network_until__lte=now).exclude(network="").update(network="", network_until=None)
    for submission in Submission.objects.filter(
        comments__moderation=Moderation.UNCONFIRMED,
        received_at__lt=now - timedelta(days=settings.UNCONFIRMED_DAYS),
    ).distinct():
        done += _drop_unconfirmed(submission, now)
    return done + _forget_addresses(now)


@transaction.atomic
def _drop_unconfirmed(submission: Submission, now: datetime) -> int:
    """Never confirmed, never published: words and person go, the number stays given."""
    for comment in submission.comments.filter(moderation=Moderation.UNCONFIRMED):
        _erase_words(comment, now)
    Draft.objects.filter(submission=submission).delete()
    _erase_envelope(submission, now)
    return 1


def _forget_addresses(now: datetime) -> int:
    """An address is kept until the report that answers its comments is out, and a term beyond it."""
    before = now - timedelta(days=settings.EMAIL_DAYS)
    answered = Report.objects.filter(created_at__lt=before).values("process")
    kept_too_long = Submitter.objects.filter(submission__period__process__in=answered).filter(~Q(email=""))
    return kept_too_long.filter(created_at__lt=before).update(email="")
