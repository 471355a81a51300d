"""What waits in a consultation, mailed to those whose work it is: at most once a day, the same at most once a week."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from consultation.workflow_extensions.waiting_tasks import tasks
from mail.models import Message
from mail.occasions import Words, register
from mail.outbox import was_told
from workflow.notices.occasions import EVENTS, Event, examples
from workflow.notices.services import about, tell
from workflow.queue.waiting_tasks import Task
from workflow.states import FORUM_ROLES
from workflow.transitions.models import Process

EVENT = "comments_waiting"
EVERY = timedelta(hours=24)

# An occasion of the workflow, so that one preference and one link to stop hold for every mail to an editor.
EVENTS[EVENT] = register(
    Event(
        EVENT,
        gettext_lazy("Comments wait for somebody"),
        words=Words(
            gettext_lazy("$title: comments wait"),
            gettext_lazy("In the consultation on “$title” ($identifier):\n\n$tasks\n\n$address"),
        ),
        examples=examples("tasks"),
        roles=frozenset(FORUM_ROLES),
    )
)


def _lines(waiting: Iterable[Task]) -> str:
    return "\n".join(f"- {task.text}" for task in waiting)


def _said_anew(process: Process) -> str:
    """In the language of the mail that asks: once for each that is read in the forum."""
    return _lines(tasks([process]).get(process.pk, ()))


def tell_editors(now: datetime) -> int:
    """Note a mail about every document in whose consultation something waits. Answers how many people are told."""
    processes = list(Process.objects.unsettled().filter(periods__isnull=False).distinct().select_related("page"))
    waiting = tasks(processes)
    told = 0
    for process in processes:
        lines = _lines(waiting.get(process.pk, ()))
        lately = Message.objects.filter(
            occasion=EVENT, about=about(process), created_at__range=(now - EVERY, now + EVERY)
        )
        if not lines or lately.exists():
            continue
        year, week, _day = now.isocalendar()
        key = f"{EVENT}:{process.pk}:{year}W{week}:{hashlib.sha256(lines.encode()).hexdigest()[:12]}"
        if not was_told(key):
            told += tell(EVENT, key, process, now, {"tasks": lazy(_said_anew, str)(process)})
    return told
