"""Who may do what in a consultation. One table, asked by every admin view and tested in full."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from workflow.models import Process
from workflow.powers import power
from workflow.roles import roles_of
from workflow.states import FORUM_ROLES, Role, Text

ABILITIES: dict[str, frozenset[Role]] = {
    "read": frozenset(FORUM_ROLES),
    "moderate": frozenset({Role.FACILITATOR}),
    "see_private": frozenset({Role.FACILITATOR}),
    "draft_answers": frozenset(FORUM_ROLES),
    "publish_answers": frozenset({Role.FACILITATOR, Role.LEAD_EXPERT}),
    "enter": frozenset({Role.FACILITATOR, Role.RAPPORTEUR}),
    "map": frozenset(FORUM_ROLES),
    "set_periods": frozenset({Role.FACILITATOR}),
    "dispose_objections": frozenset({Role.FACILITATOR, Role.LEAD_EXPERT}),
    "report": frozenset({Role.FACILITATOR}),
    "erase": frozenset(),
}
"""Ability -> the forum roles that have it. The Secretariat has every one of them, everywhere."""

LABELS: dict[str, Text] = {
    "read": _("Read the desk of a consultation"),
    "moderate": _("Moderate comments"),
    "see_private": _("See the mail addresses of commenters"),
    "draft_answers": _("Draft answers to comments"),
    "publish_answers": _("Publish answers to comments"),
    "enter": _("Record comments from elsewhere"),
    "map": _("Find the place of a comment in a later edition"),
    "set_periods": _("Move the end of comment and word the call"),
    "dispose_objections": _("Dispose of objections"),
    "report": _("Issue the report on comments"),
    "erase": _("Erase a person's data"),
}

for _ability, _roles in ABILITIES.items():
    power(f"consultation.{_ability}", LABELS[_ability], _roles)


def acting_role(user: Any, ability: str, process: Process) -> Role | None:
    """The role in which somebody may do this, or None. Their own role of the forum goes before the Secretariat's."""
    held = roles_of(user, process.page)
    if own := sorted(held & ABILITIES[ability]):
        return own[0]
    return Role.SECRETARIAT if Role.SECRETARIAT in held else None


def may(user: Any, ability: str, process: Process) -> bool:
    return acting_role(user, ability, process) is not None
