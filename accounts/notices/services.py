"""Write mail about an account: to an address as it is, or was, at this moment. The outbox sends it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import override

from accounts.models import Addressee
from core.http.site_urls import absolute
from core.tokens import new_secret
from mail.occasions import Occasion, Owner, register_owner
from mail.outbox import write
from mail.wordings.services import ear_of

KEPT = timedelta(days=30)
"""How long an address is kept to which such a mail went: the outbox gives up long before."""


def register() -> None:
    rows = Addressee.objects.select_related("user__wagtail_userprofile")
    register_owner(Owner(rows, "email", _context, _wants))


def tell(user: Any, occasion: Occasion, *, email: str = "", is_reset: bool = False, **facts: Any) -> None:
    """A mail to a person; to `email` where that is not the address of today.

    facts: in words, nothing secret. A function that says one is asked in the language of the person, who need not be
    the one that acts.
    """
    if not (address := email or user.email):
        return
    now = timezone.now()
    language, zone = ear_of(user)
    given = {"language": language, "zone": zone, "is_reset": is_reset, "created_at": now}
    row = Addressee.objects.create(user=user, email=address, **given)
    with override(language):
        said = {name: fact() if callable(fact) else fact for name, fact in facts.items()}
    write(occasion, f"{occasion.name}:{new_secret()}", now, row, said)


def forget(now: datetime) -> int:
    return Addressee.objects.filter(created_at__lt=now - KEPT).delete()[0]


def _wants(row: Addressee, occasion: Occasion) -> bool:
    """A link to a new password goes only to an address that is still the person's."""
    return not row.is_reset or (row.user.is_active and row.user.email == row.email)


def _context(row: Addressee) -> dict[str, Any]:
    """The secret of a link is made here, while the mail is sent, and lies in no row."""
    found = {
        "name": row.user.get_full_name() or row.user.get_username(),
        "username": row.user.get_username(),
        "at": row.created_at,
        "address": absolute(reverse("accounts:sign_ins")),
        "hours": str(settings.PASSWORD_RESET_TIMEOUT // 3600),
    }
    if row.is_reset:
        uid = urlsafe_base64_encode(force_bytes(row.user.pk))
        path = reverse("wagtailadmin_password_reset_confirm", args=[uid, default_token_generator.make_token(row.user)])
        found["link"] = absolute(path)
        found["ask"] = absolute(reverse("wagtailadmin_password_reset"))
    return found
