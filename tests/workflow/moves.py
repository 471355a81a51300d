"""Filled-in forms of the moves, as a person would fill them in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.factories import ProcessFactory
from workflow.states import TRANSITIONS
from workflow.transitions.models import Process
from workflow.transitions.services import perform


def open_comment() -> dict[str, Any]:
    now = timezone.now()
    return {
        "announcement": "Please comment on this fictitious draft of 2099.",
        "opens": now,
        "closes": now + timedelta(days=30),
    }


def adopt() -> dict[str, Any]:
    return {"grounds": "Every objection of this fictitious forum was answered; none is maintained."}


FILLED: dict[str, Callable[[], dict[str, Any]]] = {
    "open_comment": open_comment,
    "close_comment": dict,
    "present": lambda: {"session_date": timezone.now().date(), "session_place": "Room 1, fictitious city"},
    "incorporate": dict,
    "adopt": adopt,
    "revise": dict,
    "record": lambda: {"public_source": "Fictitious source of 2099"},
}


PATHS: dict[str, tuple[str, ...]] = {
    "drafting": (),
    "comment": ("open_comment",),
    "incorporating": ("open_comment", "close_comment"),
    "wrap_up": ("open_comment", "present"),
    "final": ("open_comment", "close_comment", "present", "adopt"),
    "withdrawn": ("open_comment", "withdraw"),
}
"""The shortest honest way to each state. Soft guards are set aside by the Secretariat."""


def brought_to(state: str, people: Any, process: Process | None = None) -> Process:
    """A process, new or one at its beginning, that people moved to a state, with its log and editions."""
    process = process or ProcessFactory(forum=people.forum)
    for name in PATHS[state]:
        perform(
            Process.objects.get(pk=process.pk),
            name,
            people["secretariat"],
            reason="Fictitious reason.",
            overrides=TRANSITIONS[name].soft,
            data=FILLED.get(name, dict)(),
        )
    return Process.objects.get(pk=process.pk)
