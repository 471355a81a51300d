"""The one service that moves a document, or refuses and says every reason."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import ConcurrentTransition
from wagtail.models import Page

from core.datetimes import in_words
from core.languages.lists import listed
from editions.document.validation import CannotFreeze
from workflow.access.role_holders import CLOCK_NAME, name_of, role_for, roles_of
from workflow.signals import moved, moved_for_good
from workflow.states import TRANSITIONS, Role, State, Transition
from workflow.transitions.governed_pages import governed
from workflow.transitions.guards import PROBLEM_MESSAGES, Attempt, Unmet, advice, unmet_guards
from workflow.transitions.models import Process, TransitionLog
from workflow.transitions.publication import change_editions


class Refused(Exception):
    """A move was refused and nothing changed. `move` is the transition, `unmet` every reason, `codes` their codes."""

    def __init__(self, move: Transition, unmet: list[Unmet]) -> None:
        super().__init__(f"{move.name}: " + "; ".join(f"{item.code}: {item.message}" for item in unmet))
        self.move = move
        self.unmet = unmet
        self.codes = {item.code for item in unmet}


class UnknownTransition(Exception):
    """No transition of this name is declared."""


def process_of(page: Page) -> Process:
    """The process of a page, made on demand in `drafting`."""
    known = Process.objects.filter(page_id=page.pk).first()
    if known:
        return known
    draft = page.specific
    process, _created = Process.objects.get_or_create(
        page_id=page.pk, defaults={"series": draft.series, "title": draft.title}
    )
    return process


def transition_named(name: str) -> Transition:
    try:
        return TRANSITIONS[name]
    except KeyError:
        raise UnknownTransition(name) from None


def roles_for_move(user: Any, process: Process) -> frozenset[Role]:
    """The roles a caller holds on a process; the clock is the caller without a user."""
    return frozenset({Role.CLOCK}) if user is None else roles_of(user, process.page)


def blockers(
    process: Process,
    move: Transition,
    user: Any,
    data: Mapping[str, Any] | None = None,
    *,
    at: datetime | None = None,
    with_form: bool = True,
    in_passing: bool = False,
) -> list[Unmet]:
    """Every reason why the move would be refused: state, role, guards. Writes nothing.

    with_form=False leaves out what the form is still going to ask, for showing a move before it is tried. in_passing:
    for a list of moves, which asks nothing that is dear to find out.
    """
    roles = roles_for_move(user, process)
    attempt = _attempt(process, move, user, roles, data, at)
    attempt.is_passing = in_passing
    return _reasons(attempt, roles, with_form=with_form)


def told_before(process: Process, move: Transition, user: Any) -> list[Unmet]:
    """What the mover should know, and which stops nobody."""
    return list(advice(_attempt(process, move, user, roles_for_move(user, process), None, None)))


def _attempt(
    process: Process,
    move: Transition,
    user: Any,
    roles: frozenset[Role],
    data: Mapping[str, Any] | None,
    at: datetime | None,
) -> Attempt:
    role, _in_stead = role_for(move, roles) or (Role.CLOCK, False)
    return Attempt(process, move, user, role, at or timezone.now(), data or {})


def _reasons(attempt: Attempt, roles: frozenset[Role], *, with_form: bool) -> list[Unmet]:
    """State and role first: where they do not fit, guards have nothing to judge."""
    found = _standing_reasons(attempt.process, attempt.move)
    if role_for(attempt.move, roles) is None:
        found.append(Unmet("wrong_role", _not_yours(attempt.move)))
    return found or list(unmet_guards(attempt, with_form=with_form))


@transaction.atomic
def perform(
    process: Process,
    transition: str,
    user: Any,
    *,
    reason: str = "",
    seen: int | None = None,
    overrides: Collection[str] = (),
    data: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> TransitionLog:
    """Move a process, or refuse and change nothing. The only way a state changes.

    user: who acts; None is the clock. seen: the move counter the caller saw; a stale one is refused. overrides: soft
    guards that the Secretariat sets aside, which needs a reason. data: cleaned values of the move's form.
    Raises Refused, carrying every unmet reason, and UnknownTransition.
    Index, PDF and mail start after commit from the rows written here; their failure never undoes a move.
    """
    move = transition_named(transition)
    at = at or timezone.now()
    process = _locked(process, move)
    if seen is not None and seen != process.moves:
        raise Refused(move, [_meanwhile(process, move)])
    roles = roles_for_move(user, process)
    attempt = _attempt(process, move, user, roles, data, at)
    unmet = _reasons(attempt, roles, with_form=True)
    if {item.code for item in unmet} & {"wrong_state", "wrong_role"}:
        raise Refused(move, unmet)
    unmet, overridden = _set_aside(unmet, overrides, roles)
    if (move.needs_reason or overridden) and not reason.strip():
        unmet.append(Unmet("reason", _("Give the reason; it will be public."), soft=False))
    if unmet:
        raise Refused(move, unmet)
    try:
        edition = change_editions(attempt, reason)
    except CannotFreeze as error:
        raise Refused(move, _unfit(attempt, error)) from error
    source = process.state
    _step(process, move, at)
    row = TransitionLog(
        process=process,
        series=process.series,
        ordinal=process.moves,
        name=move.name,
        source=source,
        target=process.state,
        by=user,
        by_name=_name_of(user),
        role=attempt.role,
        in_stead=attempt.role not in move.roles,
        at=at,
        reason=reason.strip(),
        edition=edition,
        overridden=[{"guard": item.code, "message": item.message} for item in _as_recorded(attempt, overridden)],
        data={name: value for name, value in (data or {}).items() if value not in (None, "")},
    )
    row.seal_and_chain(process.log.order_by("-ordinal").only("process", "hash").first())
    row.save()
    moved.send(Process, process=process, row=row, attempt=attempt)
    transaction.on_commit(partial(moved_for_good.send_robust, sender=Process, process=process, row=row))
    return row


def _locked(process: Process, move: Transition) -> Process:
    """The process as it stands, nobody else's until the end of the transaction.

    A move that freezes holds the page's row too: an editor who saves meanwhile waits, and their text becomes a draft
    after the revision that is frozen here, instead of one that it overtakes. (SQLite lets one writer in at a time.)
    """
    rows = Process.objects.select_for_update(of=("self",))
    if not move.freezes:
        return rows.select_related("page").get(pk=process.pk)
    locked = rows.get(pk=process.pk)
    if locked.page_id:
        locked.page = governed(locked.page_id, lock=True)
    return locked


def _standing_reasons(process: Process, move: Transition) -> list[Unmet]:
    if process.page is None and move.freezes:
        return _page_gone()
    if process.state in move.sources:
        return []
    if process.state == move.target:
        message = _("This document is already there: %(state)s.") % {"state": State(process.state).label}
        return [Unmet("wrong_state", message)]
    message = _("“%(move)s” is not possible while the document is at “%(state)s”.")
    return [Unmet("wrong_state", message % {"move": move.label, "state": State(process.state).label})]


def _page_gone() -> list[Unmet]:
    return [Unmet("page_gone", _("The page of this document no longer exists."))]


def _not_yours(move: Transition) -> str:
    names = listed(str(Role(role).label) for role in sorted(move.roles | {Role.SECRETARIAT} - {Role.CLOCK}))
    return _("This step is taken by: %(roles)s.") % {"roles": names}


def _meanwhile(process: Process, move: Transition) -> Unmet:
    """Somebody else was first: say who, when, and to what."""
    last = process.log.order_by("-ordinal").first()
    if last is None:
        return Unmet("stale", _("This form is out of date. Open the document again."))
    facts = {
        "name": last.by_name or last.get_role_display(),
        "move": last.label,
        "when": in_words(last.at),
        "state": State(process.state).label,
    }
    if process.state == move.target and last.name == move.name:
        return Unmet("already_there", _("%(name)s already did this (%(when)s): %(state)s.") % facts)
    message = _("Meanwhile %(name)s chose “%(move)s” (%(when)s). The document is now at “%(state)s”.")
    return Unmet("stale", message % facts)


def _set_aside(
    unmet: list[Unmet], overrides: Collection[str], roles: frozenset[Role]
) -> tuple[list[Unmet], list[Unmet]]:
    """(still unmet, overridden): only soft guards, only named ones, only by the Secretariat."""
    if Role.SECRETARIAT not in roles:
        return unmet, []
    overridden = [item for item in unmet if item.soft and item.code in overrides]
    return [item for item in unmet if item not in overridden], overridden


def _as_recorded(attempt: Attempt, overridden: list[Unmet]) -> list[Unmet]:
    """What was set aside, in the words of the public record: its instants in UTC alone.

    The person saw them in the time zone of their account too, which says where somebody lives.
    """
    if not overridden:
        return []
    codes = {item.code for item in overridden}
    with timezone.override(UTC):
        return [item for item in unmet_guards(attempt, with_form=True) if item.soft and item.code in codes]


def _unfit(attempt: Attempt, error: CannotFreeze) -> list[Unmet]:
    return [
        Unmet("text_complete", str(PROBLEM_MESSAGES[p.code]) % {"place": p.place or p.key}, attempt.edit_address)
        for p in error.problems
    ]


def _step(process: Process, move: Transition, at: datetime) -> None:
    try:
        getattr(process, move.name)()
        process.moves += 1
        process.state_since = at
        if process.page:
            process.title = process.page.title
        process.save(update_fields=["state", "moves", "state_since", "title"])
    except ConcurrentTransition as error:
        raise Refused(move, [_meanwhile(Process.objects.get(pk=process.pk), move)]) from error


def _name_of(user: Any) -> str:
    return CLOCK_NAME if user is None else name_of(user)
