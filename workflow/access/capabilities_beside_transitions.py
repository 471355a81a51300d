"""What people of a forum may do besides taking steps (workflow.states): declared once, shown as "Who may do what".

Rooms above add their own with power(). The Secretariat has every power, everywhere; the record names it when it acts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from workflow.access.role_holders import roles_of
from workflow.states import FORUM_ROLES, Role, Text


@dataclass(frozen=True, slots=True)
class Power:
    """roles: of the forum; none for what the Secretariat alone does."""

    name: str
    label: Text
    roles: frozenset[Role]


POWERS: dict[str, Power] = {}


def power(name: str, label: Text, roles: Iterable[Role] = ()) -> Power:
    """Declare a power. A name can be taken once."""
    if name in POWERS:
        raise ValueError(f"power {name!r} is declared twice")
    POWERS[name] = Power(name, label, frozenset(roles))
    return POWERS[name]


def may(user: Any, wanted: Power, page: Page | None) -> bool:
    """Whether a person may do something at a page: as the Secretariat, or in a role of the forum above it."""
    held = roles_of(user, page)
    return Role.SECRETARIAT in held or bool(held & wanted.roles)


DRAFT = power("draft", _("Write drafts of the forum, and read their record and checklist"), FORUM_ROLES)
"""Given as page permissions of Wagtail (workflow.access.role_holders), which every view of a document asks for."""
RESTORE_DRAFTS = power("restore_drafts", _("Restore deleted drafts from the recycle bin"), FORUM_ROLES)
GIVE_DRAFT_LINKS = power(
    "give_draft_links", _("Give out links to a draft"), (Role.FACILITATOR, Role.LEAD_EXPERT)
)  # fmt: skip
SET_DUE = power("set_due", _("Set the due date of a document"), (Role.FACILITATOR,))
RELATE = power("relate", _("State relations between documents"), (Role.FACILITATOR,))
SHOW_FILES = power("show_files", _("Show attached files to the public, or take them out of view"), (Role.FACILITATOR,))
RECORD_SESSIONS = power(
    "record_sessions", _("Write the record of a session"), (Role.FACILITATOR, Role.RAPPORTEUR)
)  # fmt: skip
RUN_FORUM = power(
    "run_forum", _("Keep the forum's dates, nominations and closing questions"), (Role.FACILITATOR,)
)  # fmt: skip
TAKE_LOCKS = power(
    "take_locks", _("Take over a text that somebody else has locked"), (Role.FACILITATOR, Role.LEAD_EXPERT)
)  # fmt: skip
SET_ASIDE = power("set_aside", _("Set a soft condition aside, with a public reason"))
REMOVE_DRAFTS = power("remove_drafts", _("Remove a draft from the recycle bin for good"))
RUN_DESK = power(
    "run_desk", _("Give and take roles, decide on proposals, word the notices, see what the clock will do")
)


def is_secretariat(user: Any) -> bool:
    return may(user, RUN_DESK, None)
