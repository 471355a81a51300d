"""Followers of a document are reminded by mail, some days before its comment period closes."""

from datetime import datetime, timedelta

from django.db import transaction

from consultation.followers.occasions import CLOSING
from consultation.periods.models import Period
from consultation.periods.services import tell_followers

REMIND_BEFORE = timedelta(days=3)


def remind_followers(now: datetime) -> int:
    """Tell followers once that an open period closes soon. Answers how many were told."""
    soon = Period.objects.open_at(now).filter(closes__lte=now + REMIND_BEFORE).with_edition()
    with transaction.atomic():
        return sum(tell_followers(period, CLOSING, now) for period in soon)
