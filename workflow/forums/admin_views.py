"""Admin views of forums: the list, a forum's desk and its moves."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from core.plain_text import tidy_text
from workflow.access.capabilities_beside_transitions import RUN_FORUM, is_secretariat, may
from workflow.access.role_holders import roles_of
from workflow.forums import calendar, services
from workflow.forums.documents import documents_of
from workflow.forums.forms import ForumDeskForm, MilestoneFormSet
from workflow.forums.guided_path import address_of
from workflow.forums.models import Forum
from workflow.forums.states import FORUM_MOVES, ForumState
from workflow.states import SETTLED
from workflow.transitions.models import Process
from workflow.transitions.readiness import readiness


def _may_see(user: Any, forum: Forum) -> bool:
    return is_secretariat(user) or bool(forum.page and roles_of(user, forum.page))


def _may_edit(user: Any, forum: Forum) -> bool:
    return may(user, RUN_FORUM, forum.page)


def found_forum(request: HttpRequest, forum_id: int, *, edit: bool = False) -> Forum:
    forum = get_object_or_404(Forum.objects.select_related("page"), pk=forum_id)
    if not (_may_edit if edit else _may_see)(request.user, forum):
        raise PermissionDenied
    return forum


@require_safe
def forums(request: HttpRequest) -> HttpResponse:
    rows = [row for row in Forum.objects.select_related("page") if _may_see(request.user, row)]
    state = request.GET.get("state", "")
    if state in ForumState:
        rows = [row for row in rows if row.state == state]
    context = {"rows": rows, "states": ForumState, "only": state, "may_add": is_secretariat(request.user)}
    return render(request, "workflow/forums/admin_forums.html", context)


@require_safe
def forum_desk(request: HttpRequest, forum_id: int) -> HttpResponse:
    return _desk(request, found_forum(request, forum_id))


def _desk(request: HttpRequest, forum: Forum, written: str = "", status: int = 200) -> HttpResponse:
    """written: the reason of a move that was refused."""
    context = {
        "forum": forum,
        "written": written,
        "state": ForumState(forum.state),
        "moves": services.forum_moves_for(forum, request.user),
        "log": forum.log.all(),
        "timeline": calendar.timeline(forum),
        "doubts": calendar.doubts(forum, timezone.localdate()),
        "evaluation": services.evaluation(forum),
        "nominations": forum.nominations.all(),
        "board": [(process, readiness(process, request.user)) for process in _documents(forum)],
        "may_edit": _may_edit(request.user, forum),
        "may_begin": forum.page is not None and forum.page.permissions_for_user(request.user).can_add_subpage(),
    }
    return render(request, "workflow/forums/admin_forum.html", context, status=status)


def _documents(forum: Forum) -> QuerySet[Process]:
    """In the order in which they fall due; settled ones last. Whoever sees the desk may edit them all."""
    found = documents_of(forum).exclude(page=None).select_related("page")
    settled = Case(When(state__in=SETTLED, then=1), default=0)
    return found.order_by(settled, F("due_at").asc(nulls_last=True), "title")  # type: ignore[no-any-return]


def edit_forum(request: HttpRequest, forum_id: int) -> HttpResponse:
    forum = found_forum(request, forum_id, edit=True)
    form = ForumDeskForm(request.POST or None, instance=forum)
    if not is_secretariat(request.user):
        del form.fields["page"]  # the page decides who may edit: only the Secretariat sets it
    dates = MilestoneFormSet(request.POST or None, instance=forum, prefix="dates")
    if request.method == "POST" and form.is_valid() and dates.is_valid():
        form.instance.save(update_fields=list(form.fields))
        dates.save()
        messages.success(request, _("Saved."))
        return redirect(desk_address(forum))
    return render(request, "workflow/forums/admin_form.html", {"form": form, "dates": dates, "forum": forum})


@require_POST
def move_forum(request: HttpRequest, forum_id: int, name: str) -> HttpResponse:
    forum = found_forum(request, forum_id)
    if name not in FORUM_MOVES:
        raise Http404
    seen, reason = request.POST.get("seen", ""), tidy_text(request.POST.get("reason", ""))[:5000]
    try:
        row = services.perform_forum(
            forum,
            name,
            request.user,
            reason=reason,
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1,
            at=timezone.now(),
        )
    except services.ForumRefused as refusal:
        for item in refusal.unmet:
            messages.error(request, item.message)
        if reason:
            return _desk(request, found_forum(request, forum_id), reason, status=422)
    else:
        messages.success(request, _("%(forum)s: %(state)s.") % {"forum": forum, "state": row.target_label})
        if row.target == ForumState.APPROVED:
            return redirect(address_of(forum, "next-step"))
    return redirect(address_of(forum, "next-step") if "back" in request.POST else desk_address(forum))


def desk_address(forum: Forum) -> str:
    return reverse("workflow_admin:forum", args=[forum.pk])
