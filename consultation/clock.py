"""What a consultation does by itself: close what is over, remind, send, forget. Idempotent, late or in parallel."""

from datetime import datetime, timedelta

from django.db import transaction

from consultation import notices
from consultation.models import Period
from consultation.periods import tell_followers
from consultation.privacy import purge
from consultation.vocabulary import NoticeKind
from workflow.models import Process
from workflow.service import Refused, perform
from workflow.states import State

REMIND_BEFORE = timedelta(days=3)


def act(now: datetime) -> int:
    """Do what is due. Answers how many things were done."""
    return close_periods(now) + remind(now) + notices.deliver(now) + purge(now)


def close_periods(now: datetime) -> int:
    """Move a document on when its last period is over. One that a person moved meanwhile is left alone."""
    done = 0
    for process in Process.objects.filter(state=State.COMMENT, periods__closes__lte=now).distinct():
        if Period.objects.filter(process=process, cancelled_at=None, closes__gt=now).exists():
            continue
        try:
            perform(process, "close_comment", None, seen=process.moves, at=now)
            done += 1
        except Refused:
            continue
    return done


def remind(now: datetime) -> int:
    """Tell followers once that an open period closes soon."""
    soon = Period.objects.open_at(now).filter(closes__lte=now + REMIND_BEFORE).with_edition()
    with transaction.atomic():
        return sum(tell_followers(period, NoticeKind.CLOSING, now) for period in soon)
