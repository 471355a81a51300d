"""The followers of a document, and what is written to all of them."""

from datetime import datetime
from typing import Any

from consultation.followers.occasions import CONFIRM_FOLLOW
from mail import outbox, subscriptions
from mail.occasions import Occasion

FOLLOWING = subscriptions.register(
    subscriptions.Kind(
        name="follow",
        confirmation=CONFIRM_FOLLOW,
        begin_view="consultation:confirm_follow",
        end_view="consultation:unfollow",
    )
)
"""The topic is the identifier of the document."""


def tell(occasion: Occasion, key: str, series: str, now: datetime, facts: dict[str, Any]) -> int:
    """Note a mail to everybody who follows a document. Returns how many were not noted before."""
    followers = FOLLOWING.subscriptions.standing().filter(topic=series)
    return sum(outbox.write(occasion, f"{key}:{follower.pk}", now, follower, facts) for follower in followers)
