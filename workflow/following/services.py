"""A person of the desk follows a forum or a document, visits it, and stops following it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page

from editions.models import Edition
from workflow.access.models import RoleGroup
from workflow.access.role_holders import roles_of
from workflow.following.models import Followed
from workflow.transitions.governed_pages import GovernedPage

MOST_FOLLOWED = 50
"""Things that one person follows: as many as the first page can look through at once."""


class CannotFollow(Exception):
    """What this page holds is neither a forum nor a document, or this person may not know of it."""


class FollowsTooMuch(Exception):
    """The person follows MOST_FOLLOWED things already."""


def forum_pages() -> QuerySet[Page]:
    """Pages of forums: those on which roles are held."""
    return Page.objects.filter(pk__in=RoleGroup.objects.exclude(page=None).values("page"))


def public_documents() -> QuerySet[Edition]:
    """The newest public edition of each document, without its text."""
    return Edition.objects.current().exclude(page=None).defer("document")


def is_own(user: Any, page: Page) -> bool:
    """Whether the person holds a role there, and so may see all that happens."""
    return bool(roles_of(user, page))


def may_follow(user: Any, page: Page) -> bool:
    """Forums and documents of one's own; of others, what is public."""
    own = is_own(user, page)
    if forum_pages().filter(pk=page.pk).exists():
        return own or page.live
    if own:
        return isinstance(page.specific, GovernedPage)
    return public_documents().filter(page=page).exists()


@transaction.atomic
def follow(user: Any, page: Page, at: datetime) -> Followed:
    """From now on what is new there is told. Twice is once. Raises CannotFollow, FollowsTooMuch."""
    if known := Followed.objects.filter(user=user, page=page).first():
        return known
    if not may_follow(user, page):
        raise CannotFollow
    if Followed.objects.filter(user=user).count() >= MOST_FOLLOWED:
        raise FollowsTooMuch
    return Followed.objects.get_or_create(user=user, page=page, defaults={"seen_at": at})[0]


def unfollow(user: Any, page_id: int) -> None:
    Followed.objects.filter(user=user, page_id=page_id).delete()


def visited(user: Any, page_id: int, at: datetime) -> None:
    """What was new there is not new any more."""
    Followed.objects.filter(user=user, page_id=page_id, seen_at__lt=at).update(seen_at=at)


def saw_everything(user: Any, until: datetime) -> None:
    """until: when the list was drawn that the person has seen; what came after it stays new."""
    Followed.objects.filter(user=user, seen_at__lt=until).update(seen_at=until)


def followed_ids(user: Any, page_ids: Iterable[int]) -> set[int]:
    """Which of these pages the person follows."""
    return set(Followed.objects.filter(user=user, page_id__in=list(page_ids)).values_list("page_id", flat=True))
