"""One line of the log for each sign-in, move and act in the admin, once it is committed: what, never who.

Of what people do in requests, and the clock at its dates; a command that loads a library says itself what it does.

The rows themselves say who did it, to those who may read them; the line names the row. A log is read by more people
than a database.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from wagtail.models import ModelLogEntry, PageLogEntry

from accounts.events.current_request import acting_request
from accounts.models import Event
from workflow.forums.models import ForumLog
from workflow.states import Role
from workflow.transitions.models import TransitionLog

logger = logging.getLogger("bpf.events")

LOGGED: dict[Any, Callable[[Any], dict[str, Any]]] = {
    Event: lambda row: {"account_event": row.kind, "row": row.ordinal},
    TransitionLog: lambda row: {"move": row.name, "document": row.series, "to": row.target, "row": row.pk},
    ForumLog: lambda row: {"forum_move": row.name, "to": row.target, "row": row.pk},
    PageLogEntry: lambda row: {"admin": row.action, "page": row.page_id, "row": row.pk},
    ModelLogEntry: lambda row: {"admin": row.action, "of": row.content_type_id, "row": row.pk},
}
"""Table that is only ever added to -> what the line says of its row."""


def _note(sender: Any, instance: Any, created: bool, **kwargs: Any) -> None:
    if created and not kwargs.get("raw") and (acting_request() or getattr(instance, "role", "") == Role.CLOCK):
        facts = LOGGED[sender](instance)
        transaction.on_commit(lambda: logger.info("event", extra={"facts": facts}))


def listen() -> None:
    for model in LOGGED:
        post_save.connect(_note, sender=model, dispatch_uid="event log")
