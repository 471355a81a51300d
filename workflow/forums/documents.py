"""The documents of a forum, and the forum of a document."""

from typing import Any

from wagtail.models import Page

from workflow.forums.models import Forum
from workflow.transitions.models import Process


def documents_of(forum: Forum) -> Any:
    if forum.page is None:
        return Process.objects.none()
    return Process.objects.filter(page__path__startswith=forum.page.path).exclude(page=forum.page)


def forum_of(process: Process) -> Forum | None:
    """The forum to which a document belongs, or None where its page is gone or is under no forum of the desk."""
    if process.page is None:
        return None
    above = process.page.path[: -Page.steplen]
    return Forum.objects.filter(page__path=above).first()
