"""Decide on a proposed forum, begin and close it; its evaluation."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_fsm import ConcurrentTransition

from editions.models import Edition
from workflow.access.models import RoleGroup
from workflow.access.role_holders import name_of, role_for_any, roles_of
from workflow.forums.calendar import working_time
from workflow.forums.documents import documents_of
from workflow.forums.guided_path import address_of
from workflow.forums.models import Forum, ForumLog, Nomination
from workflow.forums.states import FORUM_MOVES, ForumMove, ForumState, forum_moves_from
from workflow.states import SETTLED, Role, State
from workflow.transitions.guards import Unmet


class ForumRefused(Exception):
    """A move of a forum was refused and nothing changed; `unmet` holds every reason."""

    def __init__(self, move: ForumMove, unmet: list[Unmet]) -> None:
        super().__init__(f"{move.name}: " + "; ".join(item.message for item in unmet))
        self.move = move
        self.unmet = unmet
        self.codes = {item.code for item in unmet}


# --- guards -------------------------------------------------------------------------------------------------------

FORUM_GUARDS: dict[str, Callable[[Forum], Iterable[Unmet]]] = {}


def _guard(check: Callable[[Forum], Iterable[Unmet]]) -> Callable[[Forum], Iterable[Unmet]]:
    FORUM_GUARDS[check.__name__] = check
    return check


@_guard
def has_page(forum: Forum) -> Iterator[Unmet]:
    if forum.page is None:
        yield Unmet("has_page", _("The forum has no page yet."), address_of(forum, "id_page-title"))


@_guard
def has_facilitator(forum: Forum) -> Iterator[Unmet]:
    held = RoleGroup.objects.filter(page=forum.page_id, role=Role.FACILITATOR, group__user__is_active=True)
    if forum.page_id and not held.exists():
        yield Unmet("has_facilitator", _("Nobody facilitates the forum yet."), address_of(forum, "id_people-0-user"))


@_guard
def documents_settled(forum: Forum) -> Iterator[Unmet]:
    count = documents_of(forum).exclude(state__in=SETTLED).count()
    if count:
        text = ngettext("%d document is not yet final.", "%d documents are not yet final.", count)
        yield Unmet("documents_settled", text % count, f"{reverse('workflow_admin:queue')}?forum={forum.page_id}")


@_guard
def closing_questions_answered(forum: Forum) -> Iterator[Unmet]:
    for name in ("worked_well", "worked_less", "differently"):
        if not getattr(forum, name).strip():
            question = Forum._meta.get_field(name).verbose_name
            yield Unmet("closing_questions_answered", _("Not answered: %s") % question, field_of(forum, name))


def field_of(forum: Forum, name: str) -> str:
    """Where a field of the forum is filled in. A browser puts the focus into the field that the fragment names."""
    return f"{reverse('workflow_admin:edit_forum', args=[forum.pk])}#id_{name}"


# --- moves --------------------------------------------------------------------------------------------------------


def forum_blockers(forum: Forum, move: ForumMove, user: Any) -> list[Unmet]:
    """Every reason why a move would be refused, apart from a missing reason. Writes nothing."""
    if forum.state not in move.sources:
        message = _("“%(move)s” is not possible while the forum is “%(state)s”.")
        return [Unmet("wrong_state", message % {"move": move.label, "state": ForumState(forum.state).label})]
    if role_for_any(move.roles, roles_of(user, forum.page)) is None:
        return [Unmet("wrong_role", _("This step is not yours to take."))]
    return [item for name in move.guards for item in FORUM_GUARDS[name](forum)]


def forum_moves_for(forum: Forum, user: Any) -> list[tuple[ForumMove, list[Unmet]]]:
    """(move, what is unmet) of every legal move that is this person's."""
    found = [(move, forum_blockers(forum, move, user)) for move in forum_moves_from(forum.state)]
    return [(move, unmet) for move, unmet in found if not any(item.code == "wrong_role" for item in unmet)]


@transaction.atomic
def perform_forum(forum: Forum, name: str, user: Any, *, reason: str = "", seen: int, at: datetime) -> ForumLog:
    """Move a forum, or refuse and change nothing. The only way its state changes. Raises ForumRefused."""
    move = FORUM_MOVES[name]
    forum = Forum.objects.select_for_update().get(pk=forum.pk)
    if seen != forum.moves:
        raise ForumRefused(move, [Unmet("stale", _("Somebody moved this forum meanwhile; look at it again."))])
    unmet = forum_blockers(forum, move, user)
    if move.needs_reason and not reason.strip():
        unmet.append(Unmet("reason", _("Give the reason; it will be public.")))
    if unmet:
        raise ForumRefused(move, unmet)
    role, in_stead = role_for_any(move.roles, roles_of(user, forum.page)) or (Role.SECRETARIAT, False)
    source = forum.state
    try:
        getattr(forum, name)()
        forum.moves += 1
        forum.state_since = at
        forum.save(update_fields=["state", "moves", "state_since"])
    except ConcurrentTransition as error:
        raise ForumRefused(move, [Unmet("stale", _("Somebody moved this forum meanwhile."))]) from error
    return ForumLog.objects.create(
        forum=forum,
        ordinal=forum.moves,
        name=name,
        source=source,
        target=forum.state,
        by=user,
        by_name=name_of(user),
        role=role,
        in_stead=in_stead,
        at=at,
        reason=reason.strip(),
    )


# --- evaluation --------------------------------------------------------------------------------------


EvaluationSource = Callable[[Forum], Iterable[tuple[str, Any]]]
EVALUATION_SOURCES: list[EvaluationSource] = []


def evaluation_source(source: EvaluationSource) -> EvaluationSource:
    """Register a function that adds (label, figure) rows to a forum's evaluation, such as its comments."""
    EVALUATION_SOURCES.append(source)
    return source


def evaluation(forum: Forum) -> list[tuple[str, Any]]:
    """Counted figures of a forum: what it published, how often it moved, how long it worked."""
    processes = documents_of(forum)
    series = list(processes.values_list("series", flat=True))
    editions = Edition.objects.filter(series__in=series)
    rows: list[tuple[str, Any]] = [
        (_("Documents"), len(series)),
        (_("of them final"), processes.filter(state=State.FINAL).count()),
        (_("Editions published"), editions.count()),
        (_("Steps taken"), sum(processes.values_list("moves", flat=True))),
        (_("Lead experts accepted"), forum.nominations.filter(status=Nomination.Status.ACCEPTED).count()),
        (_("Themes suggested for later"), forum.suggestions.shown().count()),
    ]
    if (found := working_time(forum)) is not None:
        rows.append((_("Days from approval to the last planned date"), found.days))
    return rows + [row for source in EVALUATION_SOURCES for row in source(forum)]
