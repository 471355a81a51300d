"""Daily digests: how often one is sent, who chose them, what is gathered for one reader. mail.delivery sends them."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from mail.models import Message, Preference

DIGEST_EVERY = timedelta(hours=24)
"""A digest goes as soon as the oldest of its messages is so old."""


def ready_with_digest(people: list[Any], now: datetime) -> dict[int, datetime]:
    """User's key -> when a message written now is to go, of those among these people who chose one mail a day."""
    daily = Preference.objects.filter(user__in=people, mode=Preference.Mode.DAILY)
    return dict.fromkeys(daily.values_list("user", flat=True), now + DIGEST_EVERY)


def readers_of_digests(due: QuerySet[Message]) -> list[int | None]:
    """Keys of the users for whom a digest is due."""
    return list(due.filter(for_digest=True).order_by().values_list("user", flat=True).distinct())


def gathered_for(user_id: int | None) -> QuerySet[Message]:
    """The messages of a person that wait for a digest, or went with one."""
    return Message.objects.filter(user=user_id, for_digest=True).select_related("user__wagtail_userprofile")
