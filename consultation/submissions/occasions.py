"""What the sender of comments is asked by mail: to confirm them; and how a sender is written to."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from consultation.comments.occasions import WORDS
from consultation.submissions.models import Submission
from consultation.vocabulary import Moderation
from core.tokens import sign_link
from mail.occasions import Occasion, Owner, register, register_owner

CONFIRM = register(Occasion("confirm", _("Please confirm"), f"{WORDS}confirm.txt", asks=True))


def _context(submission: Submission) -> dict[str, Any]:
    confirm = f"/comments/confirm/{sign_link('confirm', submission.secret)}/"
    links = {"confirm": confirm, "mine": f"/comments/mine/{submission.secret}/"}
    return {"submission": submission, "edition": submission.period.edition, **links}


def _waits(submission: Submission) -> bool:
    return submission.comments.filter(moderation=Moderation.UNCONFIRMED).exists()


_ROWS = Submission.objects.select_related("submitter", "period__edition")
register_owner(Owner(_ROWS, "submitter__email", _context, waits=_waits))
