"""Find the draft or the submission that a secret address names."""

from django.http import Http404

from consultation.submissions.drafts import DESK
from consultation.submissions.models import Draft, Submission


def draft_at(token: str) -> Draft:
    """Raises Http404, also for what somebody of the forum enters for others: that is sent from the admin alone."""
    found = (
        Draft.objects.select_related("period__edition", "period__process", "submission")
        .defer("period__edition__document")
        .filter(token=token)
        .exclude(content__has_key=DESK)
        .first()
    )
    if found is None:
        raise Http404
    return found


def submission_at(secret: str) -> Submission:
    """Raises Http404."""
    found = (
        Submission.objects.select_related("submitter", "period__edition", "period__process")
        .defer("period__edition__document")
        .filter(secret=secret, submitter__erased_at=None)
        .first()
    )
    if found is None:
        raise Http404
    return found
