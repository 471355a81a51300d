"""Make the page of a forum of its proposal, and begin a document of a forum."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bpf_pages.importing.services import free_slug
from bpf_pages.models.forum import ForumPage
from bpf_pages.models.outcome import MAIN_DOCUMENT, OutcomePage
from bpf_pages.models.theme import ThemePage
from bpf_pages.tree.past_outputs import add_forum
from workflow.forums.models import Forum
from workflow.transitions.services import process_of


@transaction.atomic
def make_page(
    forum: Forum,
    *,
    title: str,
    code: str,
    slug: str,
    themes: Iterable[ThemePage] = (),
    continues: Iterable[ForumPage] = (),
) -> ForumPage:
    """The page of a forum below its year, with its groups of people; the page of the year too, if it is the first.

    What the proposal says comes along. Raises ValidationError where the forum has a page, or the page cannot be so.
    """
    forum = Forum.objects.select_for_update().get(pk=forum.pk)
    if forum.page_id is not None:
        raise ValidationError(_("The forum has its page already."))
    facts: dict[str, Any] = {"title": title, "scope": forum.scope, "title_as_set": ""}
    page = add_forum(forum.year, slug=slug, code=code, themes=themes, continues=continues, **facts)
    forum.page = page
    forum.save(update_fields=["page"])
    return page


@transaction.atomic
def begin_document(
    forum: ForumPage, *, title: str, language: str, body: list[dict[str, Any]], user: Any
) -> OutcomePage:
    """A draft of a forum: its main document, or one more where it has that. Raises ValidationError."""
    forum = ForumPage.objects.select_for_update().get(pk=forum.pk)
    has_main = OutcomePage.objects.child_of(forum).filter(slug=MAIN_DOCUMENT).exists()
    slug = free_slug(forum, title) if has_main else MAIN_DOCUMENT
    page = OutcomePage(title=title, slug=slug, language=language, live=False, owner=user)
    page.body = body
    forum.add_child(instance=page)
    process_of(page)
    page.save_revision(user=user, log_action=True)
    return page
