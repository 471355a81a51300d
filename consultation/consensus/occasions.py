"""What somebody who challenges a declaration of rough consensus is told by mail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from consultation import email_confirmation
from consultation.consensus.models import Challenge
from core.tokens import sign_link
from mail.occasions import Occasion, Owner, register, register_owner

WORDS = "consultation/mail/confirm_challenge.txt"
CONFIRM_CHALLENGE = register(Occasion("confirm_challenge", _("Please confirm your challenge"), WORDS, asks=True))
ANSWERED = register(Occasion("answered", _("Your challenge was answered"), "consultation/mail/answered.txt"))


def _context(challenge: Challenge) -> dict[str, Any]:
    confirm = f"/comments/challenge/{sign_link('challenge', challenge.secret or '')}/"
    return {"challenge": challenge, "edition": challenge.declaration.edition, "confirm": confirm}


register_owner(
    Owner(Challenge.objects.select_related("declaration__edition"), "email", _context, waits=email_confirmation.waits)
)
