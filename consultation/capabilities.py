"""Who may do what in a consultation. One table, asked by every admin view and tested in full."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from workflow.access.capabilities_beside_transitions import Power, power
from workflow.access.role_holders import roles_of
from workflow.states import FORUM_ROLES, Role
from workflow.transitions.models import Process

ABILITIES: dict[str, Power] = {
    name: power(f"consultation.{name}", label, roles)
    for name, label, roles in (
        ("read", _("Read the desk of a consultation"), FORUM_ROLES),
        ("moderate", _("Moderate comments"), {Role.FACILITATOR}),
        ("see_private", _("See the mail addresses of commenters"), {Role.FACILITATOR}),
        ("draft_answers", _("Draft answers to comments"), FORUM_ROLES),
        ("suggest", _("Suggest wordings for the working text"), FORUM_ROLES),
        ("settle_suggestions", _("Accept and drop suggested wordings"), FORUM_ROLES),
        ("note", _("Write notes on the working text, give paragraphs to people and settle notes"), FORUM_ROLES),
        ("publish_answers", _("Publish answers to comments"), {Role.FACILITATOR, Role.LEAD_EXPERT}),
        ("enter", _("Record comments from elsewhere"), {Role.FACILITATOR, Role.RAPPORTEUR}),
        ("map", _("Find the place of a comment in a later edition"), FORUM_ROLES),
        ("set_periods", _("Move the end of comment and word the call"), {Role.FACILITATOR}),
        ("dispose_objections", _("Dispose of objections"), {Role.FACILITATOR, Role.LEAD_EXPERT}),
        ("report", _("Issue the report on comments"), {Role.FACILITATOR}),
        ("erase", _("Erase a person's data"), ()),
    )
}
"""Ability -> what it is called, and the forum roles that have it. The Secretariat has every one, everywhere."""


def acting_role(user: Any, ability: str, process: Process) -> Role | None:
    """The role in which somebody may do this, or None. Their own role of the forum goes before the Secretariat's."""
    return _acting(roles_of(user, process.page), ability)


def _acting(held: frozenset[Role], ability: str) -> Role | None:
    if own := sorted(held & ABILITIES[ability].roles):
        return own[0]
    return Role.SECRETARIAT if Role.SECRETARIAT in held else None


def may(user: Any, ability: str, process: Process) -> bool:
    return acting_role(user, ability, process) is not None


def abilities_of(user: Any, process: Process) -> dict[str, bool]:
    """Every ability and whether somebody has it here: the roles are looked up once."""
    held = roles_of(user, process.page)
    return {ability: _acting(held, ability) is not None for ability in ABILITIES}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the log names them. role: a workflow role, "author", or "clock"."""

    name: str
    role: str
