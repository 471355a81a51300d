"""What a consultation does by itself: close what is over, remind, send, forget. Idempotent, late or in parallel."""

from datetime import datetime, timedelta

from consultation.comments.models import Disposition
from consultation.periods.models import Period
from consultation.periods.reminders import remind_followers
from consultation.privacy.services import purge
from consultation.vocabulary import Verdict
from consultation.workflow_extensions.waiting_digest import tell_editors
from workflow.states import State
from workflow.transitions.models import Process
from workflow.transitions.services import Refused, perform

WAIT_FOR_REPLY = timedelta(days=14)
"""After that long a commenter who said nothing of the answer counts as not having replied; they still may."""


def act(now: datetime) -> int:
    """Do what is due. Answers how many things were done."""
    return close_periods(now) + remind_followers(now) + stop_waiting(now) + tell_editors(now) + purge(now)


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


def stop_waiting(now: datetime) -> int:
    """Whoever was told of an answer and did not say what they think of it is counted as such."""
    silent = Disposition.objects.filter(published_at__lte=now - WAIT_FOR_REPLY, verdict=Verdict.PENDING)
    return silent.update(verdict=Verdict.NO_REPLY)
