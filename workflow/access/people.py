"""The accounts of the library with their roles, and closing and opening them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.invitations.services import open_account
from accounts.open_sessions.services import end_others
from workflow.access.grants import grant
from workflow.access.models import RoleGroup


@dataclass(frozen=True, slots=True)
class PersonRow:
    """roles: (label, forum or None for the whole library), by forum. may_close, may_invite: by whoever looks."""

    user: Any
    roles: list[tuple[str, Any]]
    may_close: bool
    may_invite: bool

    @property
    def name(self) -> str:
        return self.user.get_full_name() or self.user.get_username()


def accounts(asked: str = "") -> QuerySet[Any]:
    """By name; of those whose name or address holds what was asked for."""
    found = get_user_model().objects.order_by("-is_active", "last_name", "first_name", "username")
    for word in asked.split():
        named = Q(username__icontains=word) | Q(email__icontains=word)
        found = found.filter(named | Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return found


def rules_over(actor: Any, person: Any) -> bool:
    """The Secretariat does nothing to its own account by a page of others, nor to one that rules it."""
    return bool(actor != person and (actor.is_superuser or not person.is_superuser))


def is_invited_still(person: Any) -> bool:
    """Whether an invitation is still to be accepted: somebody who signed in once asks for a link at sign-in."""
    return bool(person.is_active and person.email and not person.last_login)


def with_roles(users: Iterable[Any], actor: Any) -> list[PersonRow]:
    """In two queries, however many they are."""
    listed = list(users)
    roles: dict[int, list[tuple[str, Any]]] = {}
    members = get_user_model().groups.through.objects.filter(user__in=listed)
    of_group: dict[int, list[int]] = {}
    for user_id, group_id in members.values_list("user_id", "group_id"):
        of_group.setdefault(group_id, []).append(user_id)
    groups = RoleGroup.objects.filter(group__in=of_group).select_related("page").order_by("page__path", "role")
    for held in groups:
        for user_id in of_group[held.group_id]:
            roles.setdefault(user_id, []).append((str(held.get_role_display()), held.page))
    return [_row(user, roles.get(user.pk, []), actor) for user in listed]


def _row(user: Any, roles: list[tuple[str, Any]], actor: Any) -> PersonRow:
    may_close = rules_over(actor, user)
    return PersonRow(user, roles, may_close, may_close and is_invited_still(user))


@transaction.atomic
def give_role(said: Mapping[str, Any], *, by: Any, at: datetime) -> Any:
    """Put somebody into a role, and answer their account: an address that has none gets one, and is mailed a link.

    said: as workflow.access.forms.GrantForm cleaned it.
    """
    person = said["user"] or _at_address(said["email"]) or open_account(said["email"], said["name"])
    grant(said["role_group"], person, by=by, until=said.get("until"), at=at)
    return person


def _at_address(email: str) -> Any:
    """An account that was opened after the form was looked at, such as by a line above."""
    return get_user_model().objects.filter(email__same_address=email, is_active=True).first()


def set_open(person: Any, is_open: bool) -> None:
    """A closed account signs in no more and its sessions end; what it did and its roles stay."""
    person.is_active = is_open
    person.save(update_fields=["is_active"])
    if not is_open:
        end_others(person)
