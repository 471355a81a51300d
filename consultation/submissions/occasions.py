"""What the sender of comments is told by mail: to confirm them, and what became of each."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from consultation.submissions.models import Submission
from core.tokens import sign_link
from mail.occasions import Occasion, Owner, register, register_owner

WORDS = "consultation/mail/"
GATHERED = f"{WORDS}gathered.txt"

CONFIRM = register(Occasion("confirm", _("Please confirm"), f"{WORDS}confirm.txt", asks=True))
PUBLISHED = register(Occasion("published", _("Your comment is published"), f"{WORDS}published.txt", gathered=GATHERED))
HIDDEN = register(Occasion("hidden", _("Your comment was hidden"), f"{WORDS}hidden.txt"))
REPLIED = register(Occasion("replied", _("Somebody replied"), f"{WORDS}replied.txt", gathered=GATHERED))
DISPOSED = register(Occasion("disposed", _("Your comment was answered"), f"{WORDS}disposed.txt", gathered=GATHERED))


def _context(submission: Submission) -> dict[str, Any]:
    confirm = f"/comments/confirm/{sign_link('confirm', submission.secret)}/"
    links = {"confirm": confirm, "mine": f"/comments/mine/{submission.secret}/"}
    return {"submission": submission, "edition": submission.period.edition, **links}


register_owner(Owner(Submission.objects.select_related("submitter", "period__edition"), "submitter__email", _context))
