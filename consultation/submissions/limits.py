"""How many submissions a network and an e-mail address may send, how many comments and files each holds, and who is
known already."""

from datetime import datetime, timedelta

from consultation.periods.models import Period
from consultation.submissions.models import Submission, Submitter
from gate.rate_limits import at_most

WINDOW = timedelta(minutes=10)
NETWORK_LIMIT = 300
"""Submissions in ten minutes from one address prefix to one document. A meeting of 200 people behind one address
passes (measured: tests/consultation/submissions/test_spam.py); a flood of 1,000 a minute does not."""
DRAFT_LIMIT = 300
"""Comments begun in ten minutes from one address prefix, sent or not: as many as may be sent."""
BYTES_AN_HOUR = 40 * 1024 * 1024
"""Of files beside comments, from one address prefix: a room in which eight people each send the largest file."""
MOST_FILES = 3
LARGEST_FILE = 5 * 1024 * 1024
"""Bytes of each, beside one submission."""
MOST_COMMENTS = 50
"""In one submission."""
MOST_FROM_FILE = 250
"""In one that comes from a Word file: a delegation's redline of a long text."""
MOST_TARGETS = 60
"""Paragraphs that one comment may be about."""
EMAIL_LIMIT = 20
"""Submissions in ten minutes under one e-mail address from one address prefix; a person with a file of prepared
comments stays below it. Nobody has shown whose address it is: a stranger who types it elsewhere uses up nothing of its
owner's."""


def check_limits(period: Period, network: str, email: str, now: datetime) -> None:
    """Raises TooMany when this network, or somebody there under this address, sent too much of late."""
    recent = Submission.objects.filter(received_at__gt=now - WINDOW, submitter__network=network)
    if network:
        at_most(NETWORK_LIMIT, recent.filter(period=period).count(), WINDOW)
    if email:
        at_most(EMAIL_LIMIT, recent.filter(submitter__email=email.casefold()).count(), WINDOW)


def is_known(email: str) -> bool:
    """Whether a confirmed sender of this address already has a published comment."""
    return bool(email) and (
        Submitter.objects.filter(
            email=email, confirmed_at__isnull=False, submission__comments__moderation="published"
        ).exists()
    )
