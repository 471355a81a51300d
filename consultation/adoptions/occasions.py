"""What somebody who declares an adoption is told by mail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from consultation.adoptions.models import Adoption
from core.tokens import sign_link
from mail.occasions import Occasion, Owner, register, register_owner

CONFIRM_ADOPTION = Occasion(
    name="confirm_adoption",
    label=_("Please confirm the declaration"),
    template="consultation/mail/confirm_adoption.txt",
    asks=True,
)
register(CONFIRM_ADOPTION)


def _context(adoption: Adoption) -> dict[str, Any]:
    return {
        "adoption": adoption,
        "edition": adoption.edition,
        "confirm": f"/adoptions/confirm/{sign_link('adoption', adoption.secret)}/",
    }


register_owner(Owner(rows=Adoption.objects.select_related("edition"), email="email", context=_context))
