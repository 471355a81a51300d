"""Which roles a person holds on a page, and the groups that give them."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupPagePermission, Page

from workflow.access.forum_files import ensure_collection, forget_collection, grant, grant_files
from workflow.access.models import RoleGroup
from workflow.states import FORUM_ROLES, PEOPLE, Role, Transition

SECRETARIAT_GROUP = "Secretariat"
CLOCK_NAME = "Clock (automatic)"

DRAFTING_PERMISSIONS = ("add_page", "change_page", "lock_page")
SECRETARIAT_PERMISSIONS = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
MODEL_PERMISSIONS = ["wagtailredirects.add_redirect", "wagtailredirects.change_redirect"]
"""What the Secretariat may do with rows that stand in Wagtail's own editors. Rooms above append theirs when they start.
Redirects are never deleted (workflow.deletion.redirects)."""
User = AbstractBaseUser | AnonymousUser


def name_of(user: Any) -> str:
    """What a person is called in records and mails."""
    name: str = user.get_full_name() or user.get_username()
    return name


def roles_of(user: Any, page: Page | None) -> frozenset[Role]:
    """The roles of a person on a page: those of its forum's groups, and the Secretariat's everywhere.

    A superuser counts as the Secretariat. Anonymous and inactive people hold none.
    """
    if not getattr(user, "is_active", False):
        return frozenset()
    if user.is_superuser:
        return frozenset({Role.SECRETARIAT})
    return frozenset(role for role, path in _grants_of(user) if path is None or _covers(path, page))


def holds(user: Any, role: Role) -> bool:
    """Whether a person holds a role anywhere. A superuser counts as the Secretariat."""
    if user.is_superuser and role == Role.SECRETARIAT:
        return True
    return any(role == held for held, _path in _grants_of(user))


HOLDERS = {str(role): partial(holds, role=role) for role in Role if role in PEOPLE}
"""For rooms below, which know no roles: how it is told whether a person holds one."""


def _grants_of(user: Any) -> tuple[tuple[Role, str | None], ...]:
    """Each role of a person with the path of the page it is held on, None for everywhere.

    An account that was read for one request (accounts.signing_in.backend) is asked ten times in it, and remembers.
    """
    remembered: tuple[tuple[Role, str | None], ...] | None = getattr(user, "remembered_grants", None)
    if remembered is not None:
        return remembered
    if user.pk is None:
        return ()
    rows = RoleGroup.objects.filter(group__user=user.pk).values_list("role", "page__path")
    held = tuple((Role(role), path) for role, path in rows)
    if getattr(user, "is_of_request", False):
        user.remembered_grants = held
    return held


def _covers(path: str, page: Page | None) -> bool:
    return page is not None and page.path.startswith(path)


def role_for(move: Transition, roles: Iterable[Role]) -> tuple[Role, bool] | None:
    """(role to act in, whether in another's stead), or None if no role of the person may make the move."""
    return role_for_any(move.roles, roles)


def role_for_any(allowed: frozenset[Role], roles: Iterable[Role]) -> tuple[Role, bool] | None:
    """The same for any set of roles: one's own role before the Secretariat's right to act in another's place."""
    held = frozenset(roles)
    if own := sorted(held & allowed):
        return own[0], False
    if Role.SECRETARIAT in held:
        return Role.SECRETARIAT, True
    return None


@transaction.atomic
def ensure_secretariat() -> Group:
    """The one Secretariat group, with its permissions on the whole tree. Idempotent."""
    group = _role_group(SECRETARIAT_GROUP, None, Role.SECRETARIAT)
    if root := Page.get_first_root_node():
        _grant_pages([group], root, SECRETARIAT_PERMISSIONS)
    _grant_admin([group])
    grant_files([group], Collection.get_first_root_node())
    wanted = Q()
    for name in MODEL_PERMISSIONS:
        label, codename = name.split(".")
        wanted |= Q(content_type__app_label=label, codename=codename)
    group.permissions.add(*Permission.objects.filter(wanted))
    return group


@transaction.atomic
def ensure_forum_groups(forum: Page) -> dict[Role, Group]:
    """The three groups of a forum, with permission to draft in its subtree and to use its files. Idempotent; renames
    follow the title."""
    names = {role: _group_name(forum, role) for role in FORUM_ROLES}
    groups = {role: _role_group(name, forum, role) for role, name in names.items()}
    every = list(groups.values())
    _grant_pages(every, forum, DRAFTING_PERMISSIONS)
    _grant_admin(every)
    grant_files(every, ensure_collection(forum))
    return groups


@transaction.atomic
def remove_forum_groups(forum: Page) -> None:
    """Remove a forum's groups with the forum; the people in them keep their accounts."""
    forget_collection(forum)
    Group.objects.filter(workflow_role__page=forum).delete()


def _group_name(forum: Page, role: Role) -> str:
    """Unique and readable: `2014 spam: Facilitator`. The year is the forum's parent in the tree."""
    parent = forum.get_parent()
    return f"{parent.slug if parent else ''} {forum.slug}: {role.label}"[:150].strip()


def _role_group(name: str, page: Page | None, role: Role) -> Group:
    known = RoleGroup.objects.filter(page=page, role=role).select_related("group").first()
    if known is None:
        group, _created = Group.objects.get_or_create(name=name)
        RoleGroup.objects.create(group=group, page=page, role=role)
        return group
    if known.group.name != name:
        known.group.name = name
        known.group.save(update_fields=["name"])
    return known.group


def _grant_pages(groups: list[Group], page: Page, codenames: Iterable[str]) -> None:
    permissions = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
    grant(GroupPagePermission, groups, permissions, page=page)


def _grant_admin(groups: list[Group]) -> None:
    permission = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for group in groups:
        group.permissions.add(permission)
