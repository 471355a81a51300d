"""Who may do what: role grants with an end date, and the tables that show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page

from workflow.access.capabilities_beside_transitions import POWERS
from workflow.access.models import RoleGrant, RoleGroup
from workflow.access.role_holders import name_of
from workflow.states import PEOPLE, TRANSITIONS, Role, Text


class AlreadyOver(Exception):
    """The end date of a grant lies in the past. `until` is that date."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"a grant cannot end before it begins: {until.isoformat()}")
        self.until = until


@transaction.atomic
def grant(role_group: RoleGroup, user: Any, *, by: Any, until: datetime | None = None, at: datetime) -> RoleGrant:
    """Put a person into a role until a moment (None: without end). A standing grant is replaced by the new one.

    Raises AlreadyOver.
    """
    if until is not None and until <= at:
        raise AlreadyOver(until)
    RoleGrant.objects.standing().filter(role_group=role_group, user=user).update(
        ended_at=at, end=RoleGrant.End.REPLACED
    )
    role_group.group.user_set.add(user)
    return RoleGrant.objects.create(role_group=role_group, user=user, granted_by=by, granted_at=at, until=until)


@transaction.atomic
def revoke(role_group: RoleGroup, user: Any, *, at: datetime) -> None:
    """Take a person out of a role now, however they came into it. Their account and what they did stay."""
    RoleGrant.objects.standing().filter(role_group=role_group, user=user).update(ended_at=at, end=RoleGrant.End.REVOKED)
    role_group.group.user_set.remove(user)


def expire(now: datetime) -> int:
    """End every grant whose date has come; answers how many. Idempotent, and safe beside another run."""
    return sum(_expire_one(pk, now) for pk in RoleGrant.objects.ending_by(now).values_list("pk", flat=True))


@transaction.atomic
def _expire_one(pk: int, now: datetime) -> bool:
    ended = RoleGrant.objects.ending_by(now).filter(pk=pk).update(ended_at=now, end=RoleGrant.End.EXPIRED)
    if not ended:
        return False
    row = RoleGrant.objects.select_related("role_group__group").get(pk=pk)
    row.role_group.group.user_set.remove(row.user_id)
    return True


# --- tables -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Holder:
    user: Any
    name: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class RoleHolders:
    role: Role
    role_group: RoleGroup
    holders: list[Holder]


@dataclass(frozen=True, slots=True)
class ForumRoles:
    """forum: None for the roles of the whole library."""

    forum: Page | None
    roles: list[RoleHolders]


@dataclass(frozen=True, slots=True)
class Right:
    """A row of "who may do what": the roles to which a step or a power belongs."""

    label: Text
    allowed: tuple[bool, ...]


COLUMNS = tuple(role for role in Role if role in PEOPLE)


def rights() -> list[Right]:
    """Each step of the declaration against COLUMNS."""
    return [Right(move.label, tuple(role in move.roles for role in COLUMNS)) for move in TRANSITIONS.values()]


def other_rights() -> list[Right]:
    """Everything else that is declared, in every room. The Secretariat has all of it."""
    everywhere = Role.SECRETARIAT
    return [
        Right(found.label, tuple(role in found.roles or role == everywhere for role in COLUMNS))
        for found in POWERS.values()
    ]


def role_table(pages: Iterable[Page | None]) -> list[ForumRoles]:
    """The holders of every role of the given forums, in their order; None stands for the whole library."""
    wanted = list(pages)
    ids = [page.pk for page in wanted if page is not None]
    groups = RoleGroup.objects.select_related("group").prefetch_related("group__user_set")
    groups = groups.filter(page__in=ids) | groups.filter(page=None)
    ends = {
        (row.role_group_id, row.user_id): row.until
        for row in RoleGrant.objects.standing().filter(role_group__in=groups)
    }
    found: dict[int | None, list[RoleHolders]] = {}
    for row in sorted(groups, key=lambda group: list(Role).index(Role(group.role))):
        people = sorted(row.group.user_set.all(), key=name_of)
        holders = [Holder(user, name_of(user), ends.get((row.pk, user.pk))) for user in people if user.is_active]
        found.setdefault(row.page_id, []).append(RoleHolders(Role(row.role), row, holders))
    return [ForumRoles(page, found.get(page.pk if page else None, [])) for page in wanted]


def forums_with_roles() -> list[Page]:
    """Every page that has role groups, newest year first."""
    return list(Page.objects.filter(role_groups__isnull=False).distinct().order_by("-path"))


def with_year(forum: Page) -> str:
    """How a list names a forum: titles come back year after year. The year is the last part but one of its path."""
    return f"{forum.url_path.rstrip('/').split('/')[-2]}: {forum.title}"
