"""What somebody who declares an adoption is told by mail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from consultation import email_confirmation
from consultation.adoptions.models import Adoption
from core.tokens import sign_link
from mail.occasions import Occasion, Owner, register, register_owner

WORDS = "consultation/mail/confirm_adoption.txt"
CONFIRM_ADOPTION = register(Occasion("confirm_adoption", _("Please confirm the declaration"), WORDS, asks=True))


def _context(adoption: Adoption) -> dict[str, Any]:
    confirm = f"/adoptions/confirm/{sign_link('adoption', adoption.secret)}/"
    return {"adoption": adoption, "edition": adoption.edition, "confirm": confirm}


register_owner(Owner(Adoption.objects.select_related("edition"), "email", _context, waits=email_confirmation.waits))
