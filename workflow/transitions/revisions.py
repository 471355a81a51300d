"""Revisions made past Page.save_revision(): of a freezing move, and of a text that is kept beside a document."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision

from workflow.transitions.governed_pages import GovernedPage


def row_of(text: GovernedPage, content: dict[str, Any], user: Any) -> Revision:
    """A revision that stands in the history and is not, by itself, the page's latest. content: the words of `text`.

    user: who wrote them, or their id.
    """
    return Revision.objects.create(
        content_object=text,
        base_content_type=text.get_base_content_type(),
        user_id=getattr(user, "pk", user),
        content=content,
        object_str=str(text),
        created_at=timezone.now(),
    )


def add_revision(
    page: GovernedPage, text: GovernedPage, user: Any, changes: Mapping[str, Any] | None = None
) -> Revision:
    """Make the newest revision of a page once more, for a caller who holds the lock of the page. text: what it says.
    changes: fields in which that differs from the newest.

    It is credited to whoever wrote those words; who took the step is in the log. user: for a page that has no revision.

    Page.save_revision() would write the words anew, with a query for each remark of an editor, and save the page
    besides, for which two tasks look again at what no revision changes: the admin's search and its index of references
    hold the words of the page's row.
    """
    newest = page.get_latest_revision() if page.has_unpublished_changes else None
    writer = newest.user_id if newest else page.latest_revision.user_id if page.latest_revision else user
    content = newest.content if newest else text.serializable_data()
    revision = row_of(text, content | dict(changes or {}), writer)
    standing = {"latest_revision_created_at": revision.created_at, "draft_title": text.title}
    Page.objects.filter(pk=text.pk).update(latest_revision=revision, has_unpublished_changes=True, **standing)
    return revision
