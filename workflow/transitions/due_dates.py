"""By when a document should move on. Dates are aware instants; a due date is late at its own instant."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from workflow.states import State
from workflow.transitions.guards import Attempt
from workflow.transitions.models import Process, TransitionLog

REMIND_BEFORE = timedelta(days=3)
"""People are reminded this long before a due date: two working days also over a weekend."""


def follow_move(sender: type[Process], process: Process, row: TransitionLog, attempt: Attempt, **kwargs: Any) -> None:
    """Receiver of `moved`: in public comment the closing instant is the due date; other states start without one."""
    due = attempt.data.get("closes") if row.target == State.COMMENT else None
    if process.due_at != due:
        process.due_at = due
        Process.objects.filter(pk=process.pk).update(due_at=due)


@transaction.atomic
def set_due(process: Process, due_at: datetime | None, user: Any = None) -> bool:
    """Set or clear the due date. Answers whether it changed; an unchanged date writes nothing."""
    locked = Process.objects.select_for_update().get(pk=process.pk)
    if locked.due_at == due_at:
        return False
    Process.objects.filter(pk=process.pk).update(due_at=due_at)
    if locked.page is not None:
        moment = due_at.isoformat() if due_at else ""
        log(instance=locked.page.specific, action="bpf.due", user=user, data={"due": moment})
    return True


def is_overdue(process: Process, now: datetime | None = None) -> bool:
    return process.due_at is not None and process.due_at <= (now or timezone.now())
