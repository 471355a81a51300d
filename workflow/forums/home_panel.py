"""The first page of the admin: a person's forums, where their documents stand, and where the next thing is begun."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from workflow.access.capabilities_beside_transitions import is_secretariat
from workflow.access.models import RoleGroup
from workflow.access.role_holders import role_for, roles_of
from workflow.forums.calendar import TimelineRow, planned_dates
from workflow.forums.documents import documents_of
from workflow.forums.guided_path import Standing, path_of
from workflow.forums.models import Forum
from workflow.forums.picture import Picture, draw, times_of
from workflow.forums.states import ForumState
from workflow.states import SETTLED, Text, moves_from
from workflow.transitions.models import Process

MOST_FORUMS = 6
MOST_DOCUMENTS = 8
AT_WORK = (ForumState.ACTIVE, ForumState.APPROVED)
TO_DECIDE = (ForumState.RECEIVED, ForumState.PROPOSED)


@dataclass(frozen=True, slots=True)
class OwnForum:
    """dates: numbered rows of the table, whose numbers the picture carries. shortcuts: (label, address). next_step: of
    the guided path, None once it is done or where it is somebody else's. documents: each
    with the steps that are this person's, as (label, address of the page that says what they still need)."""

    forum: Forum
    dates: list[TimelineRow]
    documents: list[tuple[Process, list[tuple[Text, str]]]]
    more: int
    picture: Picture | None
    next_step: Standing | None
    shortcuts: list[tuple[str, str]]


def forums_of_person(user: Any) -> list[Forum]:
    """Those at work: of the roles that the person holds, and all of them for the Secretariat. Newest year first."""
    found = Forum.objects.filter(state__in=AT_WORK).select_related("page")
    if not is_secretariat(user):
        found = found.filter(page__in=RoleGroup.objects.filter(group__user=user, page__isnull=False).values("page"))
    return list(found)


def proposals_waiting(user: Any) -> list[Forum]:
    return list(Forum.objects.filter(state__in=TO_DECIDE)) if is_secretariat(user) else []


def own_forum(forum: Forum, user: Any) -> OwnForum:
    found = documents_of(forum).exclude(page=None).select_related("page").order_by("title")
    processes = list(found[:MOST_DOCUMENTS])
    dates = planned_dates(forum)
    path = path_of(forum, user)
    has_dates = dates or processes
    today = timezone.localdate()
    return OwnForum(
        forum,
        dates,
        [(process, list(_mine(process, user))) for process in processes],
        found.count() - MOST_DOCUMENTS if len(processes) == MOST_DOCUMENTS else 0,
        draw(dates, processes, times_of(processes), today) if has_dates else None,
        next((row for row in path if row.is_next), None),
        [link for row in path if row.is_open for link in row.step.shortcuts()],
    )


def _mine(process: Process, user: Any) -> Iterable[tuple[Text, str]]:
    if process.state in SETTLED:
        return
    roles = roles_of(user, process.page)
    for move in moves_from(process.state):
        if not move.is_backward and role_for(move, roles):
            yield move.label, reverse("workflow_admin:move", args=[process.page_id, move.name])


class ForumsPanel(Component):
    name = "own-forums"
    order = 45
    template_name = "workflow/forums/admin_home_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        found = forums_of_person(user)
        proposals = proposals_waiting(user)
        return {
            "forums": [own_forum(forum, user) for forum in found[:MOST_FORUMS]],
            "more": max(0, len(found) - MOST_FORUMS),
            "proposals": proposals[:MOST_DOCUMENTS],
            "to_decide": len(proposals),
            "may_note": is_secretariat(user),
        }


def forums_panel(request: HttpRequest, panels: list[Any]) -> None:
    """construct_homepage_panels"""
    panels.append(ForumsPanel())
