"""System checks: a declaration that cannot work is found at start, not at the first move."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register

from workflow.states import TRANSITIONS
from workflow.transitions.forms import FIELDS
from workflow.transitions.guards import GUARDS


@register()
def declared_names_exist(**kwargs: Any) -> list[CheckMessage]:
    """Every guard and form field that a transition names must be registered by some room."""
    return [*_unknown_guards(), *_unknown_fields()]


def _unknown_guards() -> Iterator[CheckMessage]:
    hint = "Register it with @guard in the room that knows, and import it in that room's AppConfig.ready()."
    for move in TRANSITIONS.values():
        for name in move.guards:
            if name not in GUARDS:
                yield Error(f"{move.name} names the guard {name!r}, which no room registers.", hint, id="bpf.E001")


def _unknown_fields() -> Iterator[CheckMessage]:
    for move in TRANSITIONS.values():
        for name in move.asks:
            if name not in FIELDS:
                yield Error(f"{move.name} asks for {name!r}, which transitions/forms.py does not know.", id="bpf.E002")
