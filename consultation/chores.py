"""What a consultation does by itself: close what is over, remind, send, forget. Idempotent, late or in parallel."""

from datetime import datetime

from consultation.answers.services import stop_waiting
from consultation.periods.models import Period
from consultation.periods.reminders import remind_followers
from consultation.privacy.services import purge
from consultation.submissions.attachments import strip_waiting
from consultation.workflow_extensions.waiting_digest import tell_editors
from workflow.states import State
from workflow.transitions.models import Process
from workflow.transitions.services import Refused, perform


def act(now: datetime) -> int:
    """Do what is due. Answers how many things were done."""
    done = close_periods(now) + remind_followers(now) + stop_waiting(now) + tell_editors(now) + purge(now)
    return done + strip_waiting()


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
