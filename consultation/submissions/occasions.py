"""What the sender of comments is told by mail: to confirm them, and what became of each."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from consultation.submissions.models import Submission
from core.tokens import sign_link
from mail.occasions import Occasion, Owner, register, register_owner

GATHERED = "consultation/mail/gathered.txt"

CONFIRM = Occasion(
    name="confirm", label=_("Please confirm"), template="consultation/mail/confirm.txt", asks=True
)  # fmt: skip
PUBLISHED = Occasion(
    name="published",
    label=_("Your comment is published"),
    template="consultation/mail/published.txt",
    gathered=GATHERED,
)
HIDDEN = Occasion(name="hidden", label=_("Your comment was hidden"), template="consultation/mail/hidden.txt")
REPLIED = Occasion(
    name="replied", label=_("Somebody replied"), template="consultation/mail/replied.txt", gathered=GATHERED
)
DISPOSED = Occasion(
    name="disposed", label=_("Your comment was answered"), template="consultation/mail/disposed.txt", gathered=GATHERED
)
register(CONFIRM, PUBLISHED, HIDDEN, REPLIED, DISPOSED)


def _context(submission: Submission) -> dict[str, Any]:
    return {
        "submission": submission,
        "edition": submission.period.edition,
        "confirm": f"/comments/confirm/{sign_link('confirm', submission.secret)}/",
        "mine": f"/comments/mine/{submission.secret}/",
    }


register_owner(
    Owner(
        rows=Submission.objects.select_related("submitter", "period__edition"),
        email="submitter__email",
        context=_context,
    )
)
