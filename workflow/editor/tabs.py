"""Knows what each open tab of the page editor was filled from, so that its save can be merged with what others saved.

Wagtail compares revisions by number and lets the newest save win; autosave writes over a revision, and with it over
what another tab was filled from. Here each opening of a governed page is a row (`EditorTab`): its form is bound to the
text that it was filled from, and a revision that another tab stands on is not written over.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Revision

from core.plain_text import whole_number
from workflow.editor.models import EditorTab
from workflow.transitions.governed_pages import GovernedPage, governed

KEPT = timedelta(days=30)
"""How long an opened tab is known. A form that is older is merged without what it was filled from."""


@dataclass(slots=True)
class Saving:
    """A save that is under way. base: content that the form was filled from, None where it is not known any more.
    latest: key of the newest revision when the request came. since: when that content was read.

    Filled by the form: own, the page as it stands in the form, where something else was stored; is_merged, where that
    is because others' words came in; was_parted, where a long text stands in several blocks now.
    """

    base: dict[str, Any] | None
    latest: int | None
    since: datetime | None
    tab: EditorTab | None = None
    is_stale: bool = False
    twice: int = 0
    settled: tuple[tuple[str, Any], ...] = ()
    own: Any = field(default=None, repr=False)
    is_merged: bool = False
    was_parted: bool = False


def opened(page: GovernedPage, user: Any) -> str:
    """Note that somebody opens the editor; answers what its form is to send back."""
    now = timezone.now()
    EditorTab.objects.filter(page=page, seen_at__lt=now - KEPT).delete()
    posted = None
    if not (page.has_unpublished_changes and page.latest_revision_id) and (stored := governed(page.pk)):
        posted = stored.serializable_data()  # its row is what the form is filled from
    tab = EditorTab(page_id=page.pk, user=user, revision_id=page.latest_revision_id, posted=posted)
    tab.token, tab.since, tab.seen_at = secrets.token_hex(16), now, now
    tab.save()
    return tab.token


def prepared(request: HttpRequest, page: GovernedPage) -> GovernedPage:
    """The page to which a posted form is bound: as it was when the form was filled. It carries a `Saving`, which
    `bpf_pages.models.page_forms` reads; Wagtail's own comparison is taken out of the form."""
    posted = request.POST.copy()
    saving = _saving(page, request, posted)
    posted.pop("loaded_revision_id", None)
    if saving is None:
        return page
    if not _may_overwrite(saving, posted.get("overwrite_revision_id", "")):
        posted.pop("overwrite_revision_id", None)
    request.POST = posted  # type: ignore[assignment]
    bound = page.with_content_json(saving.base) if saving.is_stale and saving.base is not None else page
    bound.saving = saving
    return bound  # type: ignore[no-any-return]


def _saving(page: GovernedPage, request: HttpRequest, posted: Any) -> Saving | None:
    latest = page.latest_revision
    token = posted.get("editor_tab", "")
    mine = EditorTab.objects.filter(token=token, page_id=page.pk, user_id=cast(int, request.user.pk))
    tab = mine.first() if token else None
    if tab is not None:
        base = tab.posted if tab.posted is not None else tab.revision.content if tab.revision else None
        is_stale = base is None or tab.revision_id != page.latest_revision_id or _has_own_base(tab, page)
        return Saving(base, page.latest_revision_id, tab.since, tab, is_stale)
    saved_by_itself = posted.get("overwrite_revision_id", "")
    loaded = saved_by_itself or posted.get("loaded_revision_id", "")
    number = whole_number(loaded)
    if latest is None or number is None:
        return None
    at = moment_in(posted.get("loaded_revision_created_at", ""))
    revision = latest if number == latest.pk else page.revisions.filter(pk=number).first()
    if not saved_by_itself and revision is not None and revision.created_at != at:
        revision = None  # written over since
    return Saving(revision.content if revision else None, latest.pk, at, None, revision != latest)


def _has_own_base(tab: EditorTab, page: GovernedPage) -> bool:
    """Whether the form says something else than the newest text although nobody saved since its own save."""
    return tab.posted is not None and page.has_unpublished_changes


def _may_overwrite(saving: Saving, number: str) -> bool:
    """A tab writes over its own newest revision, unless another tab was filled from it."""
    if saving.latest is None or number != str(saving.latest):
        return False
    if saving.tab is not None and saving.tab.revision_id != saving.latest:
        return False
    others = EditorTab.objects.filter(revision_id=saving.latest, posted__isnull=True)
    return not (others.exclude(pk=saving.tab.pk) if saving.tab else others).exists()


def moment_in(text: str) -> datetime | None:
    """What a form says of an instant; None where it says none."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def newest_text(page_id: int, model: type[GovernedPage]) -> GovernedPage:
    """The newest text, nobody else's until the end of the transaction."""
    page = model._default_manager.select_for_update(no_key=True, of=("self",)).get(pk=page_id)
    return page.get_latest_revision_as_object()  # type: ignore[no-any-return]


def note_saved(page: GovernedPage, saving: Saving) -> None:
    """After the revision was made: what the tab stands on from now on."""
    if saving.tab is not None:
        saving.tab.revision_id = page.latest_revision_id
        saving.tab.posted = saving.own.serializable_data() if saving.own is not None else None
        saving.tab.seen_at = timezone.now()
        saving.tab.save(update_fields=["revision", "posted", "seen_at"])


def writers_since(page: GovernedPage, since: datetime | None, user: Any) -> list[Any]:
    """Who else saved this text since then, each once, in order."""
    rows = Revision.objects.for_instance(page).exclude(user=user).exclude(user=None).select_related("user")
    rows = rows.filter(created_at__gte=since) if since else rows.none()
    return list({row.user_id: row.user for row in rows.defer("content").order_by("created_at")}.values())
