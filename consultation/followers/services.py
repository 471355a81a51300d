"""Write to everybody who follows a document."""

from datetime import datetime
from typing import Any

from consultation.followers.occasions import FOLLOWING
from mail import outbox
from mail.occasions import Occasion


def tell(occasion: Occasion, key: str, series: str, now: datetime, facts: dict[str, Any]) -> int:
    """Returns how many mails were not noted before."""
    followers = FOLLOWING.subscriptions.standing().filter(topic=series)
    return sum(outbox.write(occasion, f"{key}:{follower.pk}", now, follower, facts) for follower in followers)
