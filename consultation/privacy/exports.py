"""What a person is given of what is kept about them, where the rows alone do not say it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from consultation.submissions.models import Draft, Submission


def submission(row: Submission) -> dict[str, Any]:
    """One submission with its sender, its files and its comments."""
    return {
        "receipt": row.receipt,
        "document": row.period.edition.identifier,
        "received": row.received_at.isoformat(),
        "name": row.submitter.name,
        "organisation": row.organisation,
        "group": row.group,
        "region": row.region,
        "display": row.display,
        "consent": row.submitter.consent_version,
        "confirmed": _iso(row.submitter.confirmed_at),
        "files": [each.name for each in row.attachments.all()],  # type: ignore[attr-defined]
        "comments": [
            {
                "number": comment.number,
                "standing": comment.moderation,
                "body": comment.body,
                "proposed": comment.proposed,
                "rationale": comment.rationale,
            }
            for comment in row.comments.all()  # type: ignore[attr-defined]
        ],
    }


def drafts_of(email: str) -> QuerySet[Draft]:
    """Drafts under an address as somebody typed it, and what is left of drafts that were sent."""
    unsent = [key for key, address in _typed() if address == email]
    return Draft.objects.filter(pk__in=unsent) | Draft.objects.filter(submission__submitter__email=email)


def addresses_in_drafts() -> Iterator[str]:
    return (address for _key, address in _typed() if address)


def _typed() -> Iterator[tuple[int, str]]:
    """(key of a draft, the address in it). The words lie in one field, which no database searches in the same way."""
    for draft in Draft.objects.only("content").iterator():
        yield draft.pk, str((draft.content.get("person") or {}).get("email", "")).casefold()


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
