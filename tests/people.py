"""A forum of 2099 and the people around it."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Page

from bpf_pages.models.forum import ForumPage
from tests.factories import ForumPageFactory, UserFactory
from tests.shared_rows import SharedRows
from workflow.access.models import RoleGroup
from workflow.access.role_holders import ensure_secretariat
from workflow.states import Role

User: Any = get_user_model()


@dataclass
class People:
    """people["facilitator"]: somebody in that role of `forum`. people["clock"] is None: the clock has no account."""

    forum: Page
    other_forum: Page
    members: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, role: str) -> Any:
        return self.members[str(role)]


def make_people() -> People:
    """Most tests begin with it: all rows of a kind are written at once."""
    forum, other = ForumPageFactory(), ForumPageFactory()
    groups: dict[str, Group | None] = {"nobody": None, "secretariat": ensure_secretariat()}
    for row in RoleGroup.objects.filter(page__in=[forum, other]).select_related("group").order_by("pk"):
        groups[row.role if row.page_id == forum.pk else f"other_{row.role}"] = row.group
    groups["superuser"] = None
    users = {name: UserFactory.build() for name in groups}
    users["superuser"].is_superuser = users["superuser"].is_staff = True
    User.objects.bulk_create(users.values())
    for user in users.values():
        user._password = None  # as save() leaves it: the next save is no change of a password
    Member = User.groups.through
    Member.objects.bulk_create(Member(user=users[name], group=group) for name, group in groups.items() if group)
    members: dict[str, Any] = {"clock": None, **users}
    assert {str(role) for role in Role} <= set(members)
    return People(forum, other, members)


def fetch_people(made: People) -> People:
    """The same rows as objects of their own: a test changes them and keeps things on them."""
    accounts = User.objects.in_bulk([user.pk for user in made.members.values() if user])
    members = {name: user and accounts[user.pk] for name, user in made.members.items()}
    pages = ForumPage.objects.in_bulk([made.forum.pk, made.other_forum.pk])
    return People(pages[made.forum.pk], pages[made.other_forum.pk], members)


shared_people = SharedRows(make_people, fetch_people)
