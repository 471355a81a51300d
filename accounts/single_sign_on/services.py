"""Whose account it is that a provider speaks of. Only accounts that exist are signed in; nobody is made one."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.events.services import record
from accounts.models import Event, ForeignIdentity
from accounts.notices.occasions import FACTORS_CHANGED
from accounts.notices.services import tell
from accounts.single_sign_on.provider import Claims


class NoAccount(Exception):
    """`why`: "unverified", "unknown" or "other" (the account belongs to somebody else at the provider)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def person_of(claims: Claims) -> Any:
    """The account of somebody, found by the provider's subject; the first time by the address that it has verified.

    Raises NoAccount. An address that went to somebody else at the provider opens no account here: the subject counts.
    """
    known = ForeignIdentity.objects.filter(issuer=claims.issuer, subject=claims.subject).select_related("user").first()
    if known is not None:
        return _let_in(known.user)
    if not claims.email or not claims.email_is_verified:
        raise NoAccount("unverified")
    found = list(get_user_model().objects.filter(email__same_address=claims.email, is_active=True)[:2])
    if len(found) != 1:
        raise NoAccount("unknown")
    person = _let_in(found[0])
    if ForeignIdentity.objects.filter(user=person, issuer=claims.issuer).exists():
        raise NoAccount("other")
    try:
        with transaction.atomic():
            ForeignIdentity.objects.create(user=person, issuer=claims.issuer, subject=claims.subject)
    except IntegrityError as error:  # the same person in two windows
        raise NoAccount("other") from error
    record(Event.Kind.IDENTITY_LINKED, person, by=person)
    tell(person, FACTORS_CHANGED, what=lambda: _("Single sign-on was linked to your account."))
    return person


def _let_in(person: Any) -> Any:
    if not person.is_active or not person.has_perm("wagtailadmin.access_admin"):
        raise NoAccount("unknown")
    return person
