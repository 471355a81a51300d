"""What the room keeps under an address: for its owner to read, and to be erased."""

from typing import Any

from django.contrib.auth import get_user_model

from accounts.events import services as events
from accounts.models import Addressee, Event, Factor, ForeignIdentity, ResetRequest


def held(email: str) -> dict[str, Any]:
    """sign_ins, second_factors, single_sign_on: of the accounts of this address. Secrets are not told."""
    of_account = {"user__email__iexact": email}
    rows = Event.objects.filter(person__email__iexact=email).order_by("ordinal")
    return {
        "sign_ins": [{"what": str(row.get_kind_display()), "at": row.at.isoformat()} for row in rows],
        "second_factors": [
            {"kind": row.kind, "name": row.name, "added": row.added_at.isoformat()}
            for row in Factor.objects.filter(**of_account)
        ],
        "single_sign_on": [
            {"issuer": row.issuer, "subject": row.subject} for row in ForeignIdentity.objects.filter(**of_account)
        ],
    }


def erase(email: str) -> None:
    """The record stays whole and names nobody any more. Factors stay with the account, which stays too: without them
    its password would be enough."""
    for person in get_user_model().objects.filter(email__iexact=email):
        events.detach(person)
        ForeignIdentity.objects.filter(user=person).delete()
    Addressee.objects.filter(email__iexact=email).delete()
    ResetRequest.objects.filter(email__iexact=email).delete()
