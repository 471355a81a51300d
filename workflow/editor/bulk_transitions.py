"""One step for many documents: a preview that says which cannot move and why, then each in a transaction of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wagtail.models import Page

from workflow.access.role_holders import role_for
from workflow.relations.incoming_links import IncomingLink, links_to
from workflow.states import TRANSITIONS, State, Transition
from workflow.transitions.governed_pages import GovernedPage
from workflow.transitions.guards import Unmet
from workflow.transitions.models import Process, TransitionLog
from workflow.transitions.services import Refused, blockers, perform, process_of, roles_for_move

MOST = 300
"""Documents in one bulk step: their ids stand in an address, which servers cut off at about 4,000 characters."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the step would do to one document. seen: its move counter now. unmet: every reason against, or nothing.

    links: what leads to a document that the step takes out of view; only with_links() fills it in.
    """

    process: Process
    seen: int
    unmet: tuple[Unmet, ...]
    links: tuple[IncomingLink, ...] = ()

    @property
    def can_move(self) -> bool:
        return not self.unmet


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the step did to one document: the log row, or every reason why nothing changed."""

    process: Process
    row: TransitionLog | None
    unmet: tuple[Unmet, ...] = ()


def documents(page_ids: Sequence[int], user: Any) -> tuple[list[GovernedPage], list[Page]]:
    """(governed pages that the person may edit, all others), in the order of the tree."""
    governed: list[GovernedPage] = []
    others: list[Page] = []
    for page in Page.objects.filter(pk__in=list(page_ids)[:MOST]).order_by("path").specific():
        may = isinstance(page, GovernedPage) and page.permissions_for_user(user).can_edit()
        (governed if may else others).append(page)
    return governed, others


def possible_moves(processes: Iterable[Process], user: Any) -> list[Transition]:
    """The steps that at least one of the documents could take by its state, and this person by their role there."""
    found = {
        move.name
        for process in processes
        for move in TRANSITIONS.values()
        if process.state in move.sources and role_for(move, roles_for_move(user, process))
    }
    return [move for move in TRANSITIONS.values() if move.name in found]


def plan(pages: Iterable[Page], move: Transition, user: Any, data: Mapping[str, Any] | None = None) -> list[Plan]:
    """Look, without writing. Without data the conditions that judge the form are left for later."""
    plans = []
    for page in pages:
        process = process_of(page)
        unmet = blockers(process, move, user, data, with_form=data is not None)
        plans.append(Plan(process, process.moves, tuple(unmet)))
    return plans


def with_links(plans: Iterable[Plan], move: Transition, user: Any) -> list[Plan]:
    """The plans with what leads to each document, where the step takes it out of view. Reads every text of the library
    for each: for people who look, not for the step."""
    if move.target != State.WITHDRAWN:
        return list(plans)
    return [replace(plan, links=tuple(links_to(plan.process, user))) for plan in plans]


def perform_all(
    chosen: Iterable[tuple[Process, int, Mapping[str, Any]]],
    move: Transition,
    user: Any,
    *,
    reason: str = "",
    overrides: Sequence[str] = (),
    data: Mapping[str, Any] | None = None,
) -> list[Outcome]:
    """Take the step for each (process, move counter seen, what was said of it beside `data`). One refusal keeps no
    other document from moving."""
    outcomes = []
    for process, seen, own in chosen:
        try:
            said = {**(data or {}), **own}
            row = perform(process, move.name, user, reason=reason, seen=seen, overrides=overrides, data=said)
            outcomes.append(Outcome(process, row))
        except Refused as refusal:
            outcomes.append(Outcome(process, None, tuple(refusal.unmet)))
    return outcomes
