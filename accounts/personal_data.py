"""What the record of accounts, second factors and their mails hold of a person (core.personal_data)."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from accounts.events import services as events
from accounts.models import Addressee, Event, Factor, ForeignIdentity, RecoveryCode, ResetRequest
from core.personal_data import Erasure, Holding, register

RECORD = _("When an editor signed in, and what changed in their account")
WHY_RECORD = _("So that a stranger in an account is noticed. Of the network only a keyed hash of a part is kept.")
UNTIL_RECORD = _("%(days)s days")
FACTORS = _("Second factors of editors: apps, passkeys and recovery codes")
WHY_FACTORS = _("So that a stolen password alone opens nothing. Secrets are kept encrypted or as a hash.")
MAIL = _("The address that a mail about an account goes to")
WHY_MAIL = _("A change is told to the former address too.")
UNTIL_MAIL = _("Until the mail has gone out")


def _detach(keys: list[Any], asked: Erasure) -> None:
    """The record stays whole and names nobody any more."""
    people = Event.objects.filter(pk__in=keys).exclude(person=None).values("person")
    for person in get_user_model().objects.filter(pk__in=people):
        events.detach(person)


register(
    Holding(
        model="accounts.Event",
        key="sign_ins",
        what=RECORD,
        why=WHY_RECORD,
        until=UNTIL_RECORD,
        days="ACCOUNT_EVENT_DAYS",
        traces=("network",),
        secrets=("salt",),
        impersonal=("kind", "person_seal", "by_seal", "network_seal", "data", "previous_hash", "hash"),
        about=lambda email: Event.objects.filter(person__email__same_address=email),
        described=lambda row: {"what": str(row.get_kind_display()), "at": row.at.isoformat()},
        erase=_detach,
    ),
    Holding(model="accounts.EventChain", impersonal=("head", "sealed_hash")),
    Holding(
        model="accounts.Factor",
        key="second_factors",
        what=FACTORS,
        why=WHY_FACTORS,
        until=_("As long as the account"),
        names=("name",),
        secrets=("secret", "credential_id", "credential"),
        impersonal=("kind",),
        about=lambda email: Factor.objects.filter(user__email__same_address=email),
        described=lambda row: {"kind": row.kind, "name": row.name, "added": row.added_at.isoformat()},
        erase=lambda keys, asked: Factor.objects.filter(pk__in=keys).delete(),
        of_account=True,
    ),
    Holding(
        model="accounts.RecoveryCode",
        what=FACTORS,
        why=WHY_FACTORS,
        until=_("As long as the account"),
        secrets=("code_hash",),
        about=lambda email: RecoveryCode.objects.filter(user__email__same_address=email),
        erase=lambda keys, asked: RecoveryCode.objects.filter(pk__in=keys).delete(),
        of_account=True,
    ),
    Holding(model="accounts.OpenSession"),
    Holding(
        model="accounts.ForeignIdentity",
        key="single_sign_on",
        what=_("Which person of a single sign-on an editor is"),
        why=_("So that their other account signs them in."),
        until=_("As long as the account"),
        names=("issuer", "subject"),
        about=lambda email: ForeignIdentity.objects.filter(user__email__same_address=email),
        erase=lambda keys, asked: ForeignIdentity.objects.filter(pk__in=keys).delete(),
    ),
    Holding(
        model="accounts.Addressee",
        what=MAIL,
        why=WHY_MAIL,
        until=UNTIL_MAIL,
        names=("email",),
        impersonal=("language", "zone"),
        about=lambda email: Addressee.objects.filter(email__same_address=email),
        erase=lambda keys, asked: Addressee.objects.filter(pk__in=keys).delete(),
    ),
    Holding(
        model="accounts.ResetRequest",
        what=MAIL,
        why=WHY_MAIL,
        until=UNTIL_MAIL,
        names=("email",),
        traces=("network",),
        about=lambda email: ResetRequest.objects.filter(email__same_address=email),
        erase=lambda keys, asked: ResetRequest.objects.filter(pk__in=keys).delete(),
    ),
)
