"""Text that comes in from a tab that was left open while a step was taken: it is kept, changes nothing, and says so.

Autosave is refused by Wagtail itself, which compares revisions. What a person saves by hand is another matter: it is a
draft after the text that was frozen or, once the document is closed, a version beside its working text.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, Revision

from core.datetimes import in_words
from workflow.transitions.governed_pages import GovernedPage
from workflow.transitions.models import TransitionLog
from workflow.transitions.revisions import row_of


def before_edit(request: HttpRequest, page: Page) -> HttpResponse | None:
    """before_edit_page. The page in this hook is about to be filled from the form: another copy of it is used here."""
    if not isinstance(page, GovernedPage) or not _saves_by_hand(request):
        return None
    lock = page.get_lock()
    if lock is not None and lock.for_user(request.user):
        kept = _keep_beside(request, page)
        if kept is not None:
            said = _("Nothing of the document was changed. What you wrote is kept as a version in the page's history.")
            address = reverse("wagtailadmin_pages:revisions_view", args=[page.pk, kept.pk])
            messages.warning(request, said, buttons=[messages.button(address, _("Look at it"))])
    elif (row := _frozen_since(page, _loaded_at(request))) is not None:
        request.overtaken_by = row  # type: ignore[attr-defined]
        _save_as_a_draft_of_its_own(request)
    return None


def after_edit(request: HttpRequest, page: Page) -> None:
    """after_edit_page"""
    row: TransitionLog | None = getattr(request, "overtaken_by", None)
    if row is not None and row.edition is not None:
        said = _("While you wrote, %(name)s made %(edition)s public (%(when)s). What you wrote is a draft after it.")
        facts = {"name": row.by_name, "edition": row.edition.identifier, "when": in_words(row.at)}
        messages.warning(request, said % facts)


def _save_as_a_draft_of_its_own(request: HttpRequest) -> None:
    """A tab that saved by itself before asks to overwrite its own revision, which the frozen one has overtaken."""
    posted = request.POST.copy()
    posted.pop("overwrite_revision_id", None)
    request.POST = posted  # type: ignore[assignment]


def _saves_by_hand(request: HttpRequest) -> bool:
    return request.method == "POST" and "application/json" not in request.headers.get("Accept", "")


def _loaded_at(request: HttpRequest) -> datetime | None:
    """When the text was saved that the tab was opened with."""
    try:
        return parse_datetime(request.POST.get("loaded_revision_created_at", ""))
    except ValueError:
        return None


def _frozen_since(page: Page, loaded_at: datetime | None) -> TransitionLog | None:
    """The newest step that made an edition of this page after a moment."""
    if loaded_at is None or timezone.is_naive(loaded_at):
        return None
    rows = TransitionLog.objects.filter(process__page_id=page.pk, edition__isnull=False, at__gt=loaded_at)
    return rows.select_related("edition").order_by("-ordinal").first()


def _keep_beside(request: HttpRequest, page: Page) -> Revision | None:
    """The posted text as a revision that is not the page's latest, or None where it is no other text or no text."""
    copy: Any = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    before = _text_of(copy)
    form_class = copy.get_edit_handler().get_form_class()
    form = form_class(request.POST, request.FILES, instance=copy, for_user=request.user)
    form.defer_required_fields()
    if not form.is_valid():
        return None
    draft = form.save(commit=False)
    if _text_of(draft) == before:
        return None
    return row_of(draft, draft.serializable_data(), request.user)


def _text_of(page: Any) -> Any:
    draft = page.to_draft()
    return draft.document, draft.metadata
