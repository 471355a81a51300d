"""The work queue: what waits for whom, since when, due when."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from core.languages.lists import listed
from workflow.access.models import RoleGroup
from workflow.access.role_holders import name_of, roles_of
from workflow.states import WAITS, Role, State
from workflow.transitions.models import Process


@dataclass(frozen=True, slots=True)
class Task:
    """A concrete piece of waiting work, such as three comments to moderate. address: where it is done."""

    text: str
    address: str = ""


TaskSource = Callable[[Sequence[Process]], Mapping[int, Iterable[Task]]]
TASK_SOURCES: dict[str, TaskSource] = {}


def task_source(name: str) -> Callable[[TaskSource], TaskSource]:
    """Register a function that answers {process id: tasks} for many processes at once. Rooms above add their own."""

    def register(source: TaskSource) -> TaskSource:
        if name in TASK_SOURCES:
            raise ValueError(f"task source {name!r} is registered twice")
        TASK_SOURCES[name] = source
        return source

    return register


@dataclass(slots=True)
class QueueItem:
    """One unsettled document. people: names of those whose turn it is; empty if nobody holds the roles yet."""

    process: Process
    forum: Page | None
    what: str
    roles: tuple[Role, ...]
    people: list[str]
    since: datetime
    due_at: datetime | None
    is_overdue: bool
    tasks: list[Task] = field(default_factory=list)

    @property
    def role_labels(self) -> str:
        return listed(str(role.label) for role in self.roles)

    @property
    def waits_for(self) -> str:
        """In a sheet; a page isolates each name."""
        return f"{self.role_labels} ({', '.join(self.people)})" if self.people else self.role_labels

    def age(self, now: datetime | None = None) -> timedelta:
        return (now or timezone.now()) - self.since


def editable_processes(user: Any) -> QuerySet[Process]:
    """The documents that a person may edit, settled ones too."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return Process.objects.filter(page__in=pages)


def visible_processes(user: Any) -> QuerySet[Process]:
    """The unsettled documents that a person may edit: those due first come first, those without a date last."""
    found = editable_processes(user).unsettled().select_related("page")  # type: ignore[attr-defined]
    return found.order_by(F("due_at").asc(nulls_last=True), "state_since", "pk")


def forums_of(processes: QuerySet[Process]) -> QuerySet[Page]:
    """The pages right above the documents, oldest in the tree first."""
    paths = {path[: -Page.steplen] for path in processes.values_list("page__path", flat=True) if path}
    return Page.objects.filter(path__in=paths).order_by("path")


def below_q(forum: Page) -> Q:
    return Q(page__path__startswith=forum.path)


def overdue_q(now: datetime) -> Q:
    return Q(due_at__lte=now)


def items(processes: Iterable[Process], now: datetime | None = None) -> list[QueueItem]:
    """The queue lines of the given processes, in their order; a handful of queries whatever their number."""
    rows = [process for process in processes if process.page is not None]
    above = {process.pk: process.page.path[: -Page.steplen] for process in rows if process.page}
    now = now or timezone.now()
    forums = {page.path: page for page in Page.objects.filter(path__in=set(above.values()))}
    holders = _holders(forums.values())
    tasks = [source(rows) for source in TASK_SOURCES.values()]
    lines = []
    for process in rows:
        wait = WAITS[State(process.state)]
        forum = forums.get(above[process.pk])
        people = [name for role in wait.roles for name in holders.get((forum.pk if forum else None, role), [])]
        lines.append(
            QueueItem(
                process=process,
                forum=forum,
                what=str(wait.what),
                roles=wait.roles,
                people=list(dict.fromkeys(people)),
                since=process.state_since,
                due_at=process.due_at,
                is_overdue=process.due_at is not None and process.due_at <= now,
                tasks=[task for found in tasks for task in found.get(process.pk, ())],
            )
        )
    return lines


def waits_for_user(user: Any, item: QueueItem) -> bool:
    """Whether it is this person's turn: they hold one of the roles, or are the Secretariat and nobody holds any."""
    held = roles_of(user, item.process.page)
    return bool(held & set(item.roles)) or (Role.SECRETARIAT in held and not item.people)


def _holders(forums: Iterable[Page]) -> dict[tuple[int | None, str], list[str]]:
    """{(forum id, role): names of active people}"""
    groups = RoleGroup.objects.filter(page__in=list(forums)).prefetch_related("group__user_set")
    found = {}
    for row in groups:
        people = [user for user in row.group.user_set.all() if user.is_active]
        found[row.page_id, row.role] = sorted(map(name_of, people))
    return found
