"""Admin views of the recycle bin: what lies in it, one draft of it, have it back, remove it for good."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from workflow.access.capabilities_beside_transitions import REMOVE_DRAFTS, may
from workflow.deletion import recycle_bin as recycling
from workflow.deletion.forms import RemovalForm, RestorationForm
from workflow.deletion.models import RecycledDraft


def _lying(request: HttpRequest, draft_id: int) -> RecycledDraft:
    row = get_object_or_404(RecycledDraft.objects.lying().select_related("forum", "process"), pk=draft_id)
    if not recycling.may_see(request.user, row):
        raise PermissionDenied
    return row


@require_safe
def recycle_bin(request: HttpRequest) -> HttpResponse:
    rows = [(row, recycling.removal_at(row)) for row in recycling.lying_for(request.user)]
    return render(request, "workflow/deletion/admin_recycle_bin.html", {"rows": rows})


@require_safe
def recycled_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    return _show(request, _lying(request, draft_id))


@require_POST
def restore(request: HttpRequest, draft_id: int) -> HttpResponse:
    row = _lying(request, draft_id)
    form = RestorationForm(recycling.forums_to_restore_to(request.user, row), request.POST)
    if not form.is_valid():
        return _show(request, row, status=422, restoration=form)
    try:
        page = recycling.restore(row, form.cleaned_data["forum"], request.user, timezone.now())
    except recycling.CannotRestore as refusal:
        messages.error(request, refusal.reason)
        return redirect("workflow_admin:recycle_bin")
    said = _("“%(title)s” is a draft again, at “%(slug)s”.") % {"title": page.title, "slug": page.slug}
    messages.success(request, said)
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_POST
def remove(request: HttpRequest, draft_id: int) -> HttpResponse:
    if not may(request.user, REMOVE_DRAFTS, None):
        raise PermissionDenied
    row = _lying(request, draft_id)
    form = RemovalForm(request.POST)
    if not form.is_valid():
        return _show(request, row, status=422, removal=form)
    try:
        recycling.remove(row, request.user, form.cleaned_data["reason"], timezone.now())
        messages.success(request, _("“%s” is removed for good.") % row.title)
    except recycling.CannotRestore as refusal:
        messages.error(request, refusal.reason)
    return redirect("workflow_admin:recycle_bin")


def _show(request: HttpRequest, row: RecycledDraft, *, status: int = 200, **forms: Any) -> HttpResponse:
    forums = recycling.forums_to_restore_to(request.user, row)
    context = {
        "row": row,
        "removal_at": recycling.removal_at(row),
        "words": recycling.words_of(row),
        "restoration": RestorationForm(forums) if forums else None,
        "removal": RemovalForm() if may(request.user, REMOVE_DRAFTS, None) else None,
    }
    return render(request, "workflow/deletion/admin_recycled_draft.html", context | forms, status=status)
