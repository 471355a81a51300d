"""A sender shows that their address is theirs: of a declaration of adoption, and of a challenge."""

from datetime import datetime

from consultation.adoptions.models import Adoption
from consultation.consensus.models import Challenge
from consultation.vocabulary import Moderation


def confirm(sent: Adoption | Challenge, now: datetime) -> None:
    """A moderator reads it next. Idempotent."""
    if sent.confirmed_at is None:
        sent.confirmed_at = now
        if sent.moderation == Moderation.UNCONFIRMED:
            sent.moderation = Moderation.PENDING
        sent.save(update_fields=["confirmed_at", "moderation"])
