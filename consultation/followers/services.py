"""Notices about a document for whoever asks: begun by a confirmed address, ended by one button."""

from datetime import datetime

from django.db import transaction

from consultation import notices
from consultation.followers.models import Subscription
from consultation.vocabulary import NoticeKind
from core.tokens import new_secret


@transaction.atomic
def ask(email: str, series: str, language: str, now: datetime) -> None:
    """Send a link that begins the notices. An address that follows already gets nothing, and nobody learns that."""
    found, _created = Subscription.objects.get_or_create(
        email=email.casefold(),
        series=series,
        defaults={"language": language, "secret": new_secret(), "created_at": now},
    )
    if found.confirmed_at is None or found.ended_at is not None:
        key = f"follow:{found.pk}:{now:%Y%m%d%H}"
        notices.write(NoticeKind.CONFIRM_FOLLOW, key, now, subscription=found)


def begin(subscription: Subscription, now: datetime) -> None:
    subscription.confirmed_at = subscription.confirmed_at or now
    subscription.ended_at = None
    subscription.save(update_fields=["confirmed_at", "ended_at"])


def end(subscription: Subscription, now: datetime) -> None:
    subscription.ended_at = subscription.ended_at or now
    subscription.save(update_fields=["ended_at"])
