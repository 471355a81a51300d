"""What somebody who challenges a declaration of rough consensus is told by mail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from consultation.consensus.models import Challenge
from core.tokens import sign_link
from mail.occasions import Occasion, Owner, register, register_owner

CONFIRM_CHALLENGE = Occasion(
    name="confirm_challenge",
    label=_("Please confirm your challenge"),
    template="consultation/mail/confirm_challenge.txt",
    asks=True,
)
ANSWERED = Occasion(
    name="answered", label=_("Your challenge was answered"), template="consultation/mail/answered.txt"
)  # fmt: skip
register(CONFIRM_CHALLENGE, ANSWERED)


def _context(challenge: Challenge) -> dict[str, Any]:
    return {
        "challenge": challenge,
        "edition": challenge.declaration.edition,
        "confirm": f"/comments/challenge/{sign_link('challenge', challenge.secret or '')}/",
    }


register_owner(Owner(rows=Challenge.objects.select_related("declaration__edition"), email="email", context=_context))
