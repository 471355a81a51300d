"""A sender shows that their address is theirs: of a declaration of adoption, and of a challenge."""

from datetime import datetime
from typing import Any

from consultation.vocabulary import Moderation


def confirm(sent: Any, now: datetime) -> None:
    """A moderator reads it next. Idempotent. sent: an Adoption or a Challenge."""
    if sent.confirmed_at is None:
        sent.confirmed_at = now
        if sent.moderation == Moderation.UNCONFIRMED:
            sent.moderation = Moderation.PENDING
        sent.save(update_fields=["confirmed_at", "moderation"])


def waits(sent: Any) -> bool:
    """Whether its address is yet to be confirmed."""
    return bool(sent.moderation == Moderation.UNCONFIRMED)
