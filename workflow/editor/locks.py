"""The lock by which somebody keeps a text to themselves for a while: asked for, and taken over.

It is Wagtail's own, set and taken off in the editor's side panel. Whom it keeps out is told here who holds it; they may
ask for the text, and whoever has the power TAKE_LOCKS may take it over. The former holder is told by mail either way.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from core.plain_text import tidy_text
from workflow.access.capabilities_beside_transitions import TAKE_LOCKS, may
from workflow.access.role_holders import name_of
from workflow.notices.services import tell_people
from workflow.transitions.governed_pages import governed, governed_page
from workflow.transitions.services import process_of

MOST_WORDS = 500  # of somebody who asks


class NotHeld(Exception):
    """Nobody else holds the lock any more: there is nobody to ask, and nothing to take over."""


def held_by_other(page: Page, user: Any) -> Any:
    """Who keeps this person out of the text by the lock; None where nobody does."""
    return page.locked_by if page.locked and page.locked_by_id not in (None, user.pk) else None


@transaction.atomic
def ask_for(page: Page, user: Any, at: datetime, words: str = "") -> None:
    """Tell the holder that somebody waits. Once a day and person. Raises NotHeld."""
    holder = held_by_other(page, user)
    if holder is None:
        raise NotHeld
    key = f"lock_asked:{page.pk}:{user.pk}:{at:%Y-%m-%d}"
    _tell("lock_asked", key, page, holder, user, at, words)


@transaction.atomic
def take_over(page_id: int, user: Any, at: datetime) -> Any:
    """Give the lock to this person, and answer its former holder, who is told. Raises NotHeld.

    What the former holder has typed and not saved is merged when they save, as from any stale tab (ADR 0125).
    """
    page = governed(page_id, lock=True)
    holder = held_by_other(page, user) if page is not None else None
    if page is None or holder is None:
        raise NotHeld
    page.locked_by, page.locked_at = user, at
    page.save(update_fields=["locked_by", "locked_at"])
    _tell("lock_taken", f"lock_taken:{page.pk}:{at.isoformat()}", page, holder, user, at)
    return holder


def _tell(event: str, key: str, page: Page, holder: Any, user: Any, at: datetime, words: str = "") -> None:
    facts = {"person": name_of(user), "note": words or _("(no further words)")}
    path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    tell_people(event, key, process_of(page), at, facts, [holder], path=path, actor=user)


def lock(request: HttpRequest, page_id: int) -> HttpResponse:
    """Admin view: who holds the text and since when; ask for it, or take it over."""
    page = governed_page(request, page_id)
    may_take = may(request.user, TAKE_LOCKS, page)
    if request.method == "POST":
        try:
            if request.POST.get("do") == "take" and may_take:
                holder = take_over(page.pk, request.user, timezone.now())
                said = _("The text is yours to write now. %s will be told by mail.") % name_of(holder)
            else:
                words = tidy_text(request.POST.get("words", ""))[:MOST_WORDS]
                ask_for(page, request.user, timezone.now(), words)
                said = _("%s will be told by mail that you wait for the text.") % name_of(page.locked_by)
            messages.success(request, said)
        except NotHeld:
            messages.info(request, _("Nobody else holds this text any more."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    context = {"page": page, "holder": held_by_other(page, request.user), "may_take": may_take, "most": MOST_WORDS}
    return render(request, "workflow/editor/admin_lock.html", context)
