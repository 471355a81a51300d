"""A forum of 2099 and the people around it."""

from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from tests.factories import ForumPageFactory, UserFactory
from workflow.access.roles import ensure_forum_groups, ensure_secretariat
from workflow.states import Role


@dataclass
class People:
    """people["facilitator"]: somebody in that role of `forum`. people["clock"] is None: the clock has no account."""

    forum: Page
    other_forum: Page
    members: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, role: str) -> Any:
        return self.members[str(role)]


def make_people() -> People:
    forum, other = ForumPageFactory(), ForumPageFactory()
    members: dict[str, Any] = {"clock": None, "nobody": UserFactory()}
    members["secretariat"] = UserFactory(groups=[ensure_secretariat()])
    for role, group in ensure_forum_groups(forum).items():
        members[str(role)] = UserFactory(groups=[group])
    for role, group in ensure_forum_groups(other).items():
        members[f"other_{role}"] = UserFactory(groups=[group])
    members["superuser"] = UserFactory(is_superuser=True, is_staff=True)
    assert {str(role) for role in Role} <= set(members)
    return People(forum, other, members)
