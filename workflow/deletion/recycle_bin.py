"""The recycle bin: a draft that was deleted before anything of it was public can be had back for a time.

Whatever road deletes a page, pre_delete is sent for it, in the transaction that deletes it: the editor, a bulk action,
the admin's interface for programs, a page further up, code.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import Page

from core.after_commit import after_commit
from editions.document import json_form
from editions.document.identifiers import numbered_slug
from editions.document.passages import passages
from editions.models import Edition
from workflow.access.capabilities_beside_transitions import RESTORE_DRAFTS, may
from workflow.access.grants import forums_with_roles
from workflow.access.role_holders import CLOCK_NAME, name_of
from workflow.deletion.attached_files import forget_files
from workflow.deletion.models import RecycledDraft
from workflow.deletion.refusals import why_it_stays
from workflow.history.timeline import Entry, history_source
from workflow.transitions.models import Process
from workflow.transitions.naming import follow_page
from workflow.transitions.services import process_of

MOST_SLUGS = 100
"""Slugs tried before a restoration is given up: lamps, lamps-2, lamps-3 …"""

OF_THE_TREE = (
    "pk", "path", "depth", "numchild", "url_path", "translation_key", "content_type", "alias_of", "draft_title", "live",
    "has_unpublished_changes", "expired", "locked", "locked_at", "locked_by", "first_published_at",
    "last_published_at", "latest_revision_created_at", "latest_revision", "live_revision", "wagtail_admin_comments",
)  # fmt: skip
"""What a revision says of the place and standing of the page that is gone; the new page gets its own."""


class CannotRestore(Exception):
    """A draft cannot come back; `reason` says why, in words for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# --- in -----------------------------------------------------------------------------------------------------------


def keep_draft(sender: Any, instance: Any, origin: Any = None, **kwargs: Any) -> None:
    """Receiver of pre_delete of every governed page model. Raises PermissionDenied, naming who links to the draft.

    origin: what is being deleted. Whoever deletes a whole forum need not take out the links between its drafts first.
    """
    if Edition.objects.filter(page_id=instance.pk).exists():
        return  # PROTECT stops the deletion of what was published
    process, forum = process_of(instance), instance.get_parent()
    others = _deleted_with(origin, instance)
    if others is None and (stay := why_it_stays(instance, get_active_log_context().user)):
        raise PermissionDenied(stay.said)
    draft = instance.get_latest_revision_as_object()
    newest = instance.latest_revision
    user = get_active_log_context().user
    RecycledDraft.objects.create(
        process=process,
        page_type=instance.cached_content_type,
        forum=None if others is not None and others.filter(pk=forum.pk).exists() else forum,
        forum_title=forum.title,
        title=draft.title,
        slug=draft.slug,
        content=newest.content if newest else instance.serializable_data(),
        document=json_form.to_json(draft.to_draft().document),
        at=timezone.now(),
        by=user,
        by_name=_name_of(user),
    )


def _deleted_with(origin: Any, page: Any) -> QuerySet[Page] | None:
    """The pages that go together with this one, or None where it goes alone."""
    if not isinstance(origin, QuerySet) or not issubclass(origin.model, Page):
        return None
    others: QuerySet[Page] = Page.objects.filter(pk__in=origin.values_list("pk", flat=True)).exclude(pk=page.pk)
    return others if others.exists() else None


def _name_of(user: Any) -> str:
    return name_of(user) if user else ""


# --- who ----------------------------------------------------------------------------------------------------------


def may_see(user: Any, row: RecycledDraft) -> bool:
    """Whoever has a role in the forum; the Secretariat everything, also what lay in forums that are gone."""
    return may(user, RESTORE_DRAFTS, row.forum)


def lying_for(user: Any) -> list[RecycledDraft]:
    """What lies in the bin and is this person's to see, the last one first. Without the texts."""
    rows = RecycledDraft.objects.lying().select_related("forum", "process", "by").defer("content", "document")
    return [row for row in rows if may_see(user, row)]


def forums_to_restore_to(user: Any, row: RecycledDraft) -> list[Page]:
    """Where this person may make such a page: its own forum first."""
    model = row.page_type.model_class()
    found = [
        page
        for page in forums_with_roles()
        if may(user, RESTORE_DRAFTS, page)
        and model.can_create_at(page.specific)  # type: ignore[union-attr]
        and page.specific.permissions_for_user(user).can_add_subpage()
    ]
    return sorted(found, key=lambda page: page.pk != row.forum_id)


def removal_at(row: RecycledDraft) -> datetime:
    """When the clock will remove it for good."""
    return row.at + timedelta(days=settings.RECYCLE_DAYS)


def words_of(row: RecycledDraft) -> list[str]:
    """The text to read, a string a passage."""
    if row.document is None:
        return []
    return [passage.text for passage in passages(json_form.from_json(row.document))]


# --- out ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def restore(row: RecycledDraft, forum: Page, user: Any, at: datetime) -> Page:
    """Make the page again, as a draft below a forum, at the first slug that is free. Raises CannotRestore."""
    row = _locked(row)
    page = _made_again(row)
    _add_at_a_free_slug(page, row, forum)
    page.save_revision(user=user, log_action=False)
    process = row.process
    process.page = page
    process.state_since = at
    process.save(update_fields=["page", "state_since"])
    follow_page(type(page), page)
    _end(row, RecycledDraft.End.RESTORED, user, at)
    log(instance=page, action="bpf.restore", user=user, data={"forum": forum.title, "slug": page.slug})
    return page


@transaction.atomic
def remove(row: RecycledDraft, user: Any, reason: str, at: datetime) -> None:
    """Forget the text for good. user None: the clock, by date. Raises CannotRestore where it is gone already.

    Attached files follow after commit, or with the next tick: a file that is deleted does not come back by a rollback.
    """
    _end(_locked(row), RecycledDraft.End.REMOVED, user, at, reason)
    after_commit(forget_files_of_removed, at)


def _locked(row: RecycledDraft) -> RecycledDraft:
    found = RecycledDraft.objects.select_for_update().lying().filter(pk=row.pk).first()
    if found is None:
        raise CannotRestore(_("Somebody restored or removed this draft meanwhile."))
    return found


def _end(row: RecycledDraft, end: str, user: Any, at: datetime, reason: str = "") -> None:
    row.end, row.ended_at, row.reason = end, at, reason.strip()
    row.ended_by, row.ended_by_name = user, _name_of(user) or CLOCK_NAME
    row.content = row.document = None  # a restored page holds the text itself
    row.save()


def _made_again(row: RecycledDraft) -> Any:
    model: Any = row.page_type.model_class()
    content = {name: value for name, value in (row.content or {}).items() if name not in OF_THE_TREE}
    for relation in get_all_child_relations(model):
        for child in content.get(relation.get_accessor_name(), []):
            child["pk"] = None  # its row went with the page,
            child.pop(relation.field.name, None)  # and it would be left out as a row of a page that is gone
    page = model.from_serializable_data(content | {"pk": None})
    if page is None:
        raise CannotRestore(_("The text refers to something that no longer exists."))
    page.live = False
    return page


def _add_at_a_free_slug(page: Any, row: RecycledDraft, forum: Page) -> None:
    for number in range(1, MOST_SLUGS + 1):
        page.slug = numbered_slug(row.slug, number)
        try:
            with transaction.atomic():
                Page.objects.get(pk=forum.pk).add_child(instance=page)
                page.clean()
                _refuse_a_name_that_was_used(page, row)
        except (ValidationError, IntegrityError) as error:
            if "slug" not in getattr(error, "message_dict", {"slug": ""}):
                raise CannotRestore("; ".join(getattr(error, "messages", [str(error)]))) from error
            page.pk = page.id = page.path = None
            continue
        return
    raise CannotRestore(_("No address is free in this forum."))


def _refuse_a_name_that_was_used(page: Any, row: RecycledDraft) -> None:
    """An identifier that another document bears or bore is never given again."""
    others = Process.objects.filter(series=page.series).exclude(pk=row.process_id)
    if others.exists() or Edition.objects.filter(series=page.series).exists():
        raise ValidationError({"slug": _("Another document has this identifier.")})


# --- by date ------------------------------------------------------------------------------------------------------


def expire(now: datetime) -> int:
    """Remove what has lain for longer than settings.RECYCLE_DAYS, with its files; answers how many. Idempotent."""
    done = 0
    for row in RecycledDraft.objects.put_in_by(now - timedelta(days=settings.RECYCLE_DAYS)).only("pk"):
        try:
            remove(row, None, "", now)
            done += 1
        except CannotRestore:
            continue  # another run was quicker
    forget_files_of_removed(now)
    return done


def forget_files_of_removed(now: datetime) -> None:
    """Delete the attached files of drafts that were removed for good. Idempotent."""
    waiting = RecycledDraft.objects.removed().filter(files_gone_at=None).select_related("process").defer("content")
    for row in waiting:
        forget_files(row.process)
        RecycledDraft.objects.filter(pk=row.pk).update(files_gone_at=now)


@history_source("bin", gettext_lazy("Recycle bin"))
def _story(process: Process) -> Iterator[Entry]:
    for row in process.recyclings.defer("content", "document"):  # type: ignore[attr-defined]
        yield Entry(row.at, "bin", row.by_name or _("nobody named"), _("Put into the recycle bin"), row.forum_title)
        if row.ended_at:
            yield Entry(row.ended_at, "bin", row.ended_by_name, str(row.get_end_display()), row.reason)
