"""The checklist "ready for the next step?": each legal step of a document with every condition, met or not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from workflow.access.role_holders import role_for
from workflow.states import PEOPLE, Role, Transition, moves_from
from workflow.transitions.guards import GUARDS, Attempt, Unmet, guard_summary
from workflow.transitions.models import Process
from workflow.transitions.services import roles_for_move


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition of a step. unmet: what is missing, in words; asked: judged when the form is filled in.

    weight: `hard`, `soft` or `advised`, as the step declares it.
    """

    name: str
    summary: str
    weight: str
    asked: bool
    unmet: tuple[Unmet, ...] = ()

    @property
    def stops(self) -> bool:
        return self.weight == "hard"

    @property
    def met(self) -> bool:
        return not self.asked and not self.unmet


@dataclass(frozen=True)
class Readiness:
    """One legal step. mine: whether this person may take it; in_stead: only in another role's place."""

    move: Transition
    address: str
    mine: bool
    in_stead: bool
    requirements: tuple[Requirement, ...]

    @cached_property
    def missing(self) -> list[Unmet]:
        """What stops the step, apart from its form."""
        return [unmet for item in self.requirements if item.stops for unmet in item.unmet]

    @property
    def is_ready(self) -> bool:
        return not self.missing

    @property
    def taken_by(self) -> list[str]:
        return [str(role.label) for role in Role if role in self.move.roles & PEOPLE]


def readiness(process: Process, user: Any, at: datetime | None = None) -> list[Readiness]:
    """The checklist of a person. Steps that only the Secretariat takes are shown to the Secretariat alone."""
    roles = roles_for_move(user, process)
    forum_roles = PEOPLE - {Role.SECRETARIAT}
    moves = [move for move in moves_from(process.state) if role_for(move, roles) or move.roles & forum_roles]
    return [_of_move(attempt, roles) for attempt in _attempts(process, moves, user, at or timezone.now())]


def _attempts(process: Process, moves: list[Transition], user: Any, at: datetime) -> Iterator[Attempt]:
    """One attempt a move. They share the draft, which is dear to make."""
    first: Attempt | None = None
    for move in moves:
        attempt = Attempt(process, move, user, Role.FACILITATOR, at, is_passing=True)
        if first is None:
            first = attempt
        else:
            attempt.__dict__["draft"] = first.draft
        yield attempt


def _of_move(attempt: Attempt, roles: frozenset[Role]) -> Readiness:
    acting = role_for(attempt.move, roles)
    return Readiness(
        move=attempt.move,
        address=attempt.form_address,
        mine=acting is not None,
        in_stead=acting is not None and acting[1],
        requirements=tuple(_requirements(attempt)),
    )


def _requirements(attempt: Attempt) -> Iterator[Requirement]:
    for weight in ("hard", "soft", "advised"):
        for name in getattr(attempt.move, weight):
            guard = GUARDS.get(name)
            if guard is None:
                continue
            unmet = () if guard.of_form else tuple(_with_mend(item, attempt) for item in guard.check(attempt))
            yield Requirement(name, guard_summary(name), weight, guard.of_form, unmet)


def _with_mend(item: Unmet, attempt: Attempt) -> Unmet:
    return item if item.mend else replace(item, mend=attempt.edit_address)


def record_address(process: Process) -> str:
    return reverse("workflow_admin:history", args=[process.page_id])
