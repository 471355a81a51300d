"""Admin views of the Secretariat's desk: roles and grants, what the clock will do, the wording of notices."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from workflow import clock, grants
from workflow.events import EVENTS
from workflow.models import NoticeWording, RoleGroup
from workflow.office_forms import GrantForm, WordingForm
from workflow.powers import RUN_DESK, may
from workflow.roles import roles_of
from workflow.states import Role
from workflow.wording import preview

FORESIGHT = timedelta(days=7)


def is_secretariat(user: Any) -> bool:
    return may(user, RUN_DESK, None)


def require_secretariat(request: HttpRequest) -> None:
    if not is_secretariat(request.user):
        raise PermissionDenied


@require_safe
def all_roles(request: HttpRequest) -> HttpResponse:
    """Who may do what across the site."""
    require_secretariat(request)
    return _role_page(request, [None, *grants.forums_with_roles()])


def forum_roles(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Who may do what in a forum; for the people of the forum to read and for the Secretariat to change."""
    forum = get_object_or_404(Page.objects.filter(role_groups__isnull=False).distinct(), pk=forum_id)
    if not roles_of(request.user, forum):
        raise PermissionDenied
    form = GrantForm(RoleGroup.objects.filter(page=forum), request.POST or None)
    if request.method == "POST":
        require_secretariat(request)
        if form.is_valid():
            return _grant(request, form, reverse("workflow_admin:forum_roles", args=[forum.pk]))
    return _role_page(request, [forum, None], forum=forum, form=form)


def site_roles(request: HttpRequest) -> HttpResponse:
    """Put somebody into the Secretariat."""
    require_secretariat(request)
    form = GrantForm(RoleGroup.objects.filter(page=None), request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _grant(request, form, reverse("workflow_admin:site_roles"))
    return _role_page(request, [None], form=form)


def _role_page(request: HttpRequest, pages: list[Any], **more: Any) -> HttpResponse:
    context = {
        "tables": grants.role_table(pages),
        "rights": grants.rights(),
        "other_rights": grants.other_rights(),
        "columns": grants.COLUMNS,
        "may_grant": is_secretariat(request.user),
    }
    return render(request, "workflow/admin/roles.html", context | more)


def _grant(request: HttpRequest, form: GrantForm, back: str) -> HttpResponse:
    row = grants.grant(
        form.cleaned_data["role_group"],
        form.cleaned_data["user"],
        by=request.user,
        until=form.cleaned_data["until"],
        at=timezone.now(),
    )
    said = _("%(name)s is now in “%(group)s”.")
    messages.success(request, said % {"name": form.cleaned_data["user"], "group": row.role_group.group.name})
    return redirect(back)


@require_POST
def revoke(request: HttpRequest, group_id: int, user_id: int) -> HttpResponse:
    require_secretariat(request)
    role_group = get_object_or_404(RoleGroup, pk=group_id)
    user = get_object_or_404(role_group.group.user_set, pk=user_id)
    if role_group.role == Role.SECRETARIAT and user == request.user:
        messages.error(request, _("You cannot take yourself out of the Secretariat; somebody else there can."))
    else:
        grants.revoke(role_group, user, at=timezone.now())
        messages.success(request, _("%s was taken out of the role.") % user)
    if role_group.page_id:
        return redirect("workflow_admin:forum_roles", role_group.page_id)
    return redirect("workflow_admin:site_roles")


@require_safe
def next_tick(request: HttpRequest) -> HttpResponse:
    """What the clock will do: at the next tick, and within a week. People of a forum see what concerns it."""
    now = timezone.now()
    found = clock.upcoming(now, now + FORESIGHT)
    if not is_secretariat(request.user):
        pages = page_permission_policy.instances_user_has_permission_for(request.user, "change")
        mine = set(pages.values_list("pk", flat=True))
        found = [item for item in found if item.page_id in mine]
    context = {
        "now": now,
        "due": [item for item in found if item.when <= now],
        "later": [item for item in found if item.when > now],
    }
    return render(request, "workflow/admin/clock.html", context)


@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    require_secretariat(request)
    changed = set(NoticeWording.objects.values_list("event", flat=True))
    rows = [{"event": event, "changed": event.name in changed} for event in EVENTS.values()]
    return render(request, "workflow/admin/wordings.html", {"rows": rows})


def wording(request: HttpRequest, event: str) -> HttpResponse:
    """Change the words of a notice, or (preview=1) see them filled in; with as_shipped=1 the former ones come back."""
    require_secretariat(request)
    if event not in EVENTS:
        raise Http404
    declared = EVENTS[event]
    row = NoticeWording.objects.filter(event=event).first()
    if request.method == "POST" and "as_shipped" in request.POST:
        NoticeWording.objects.filter(event=event).delete()
        return redirect("workflow_admin:wordings")
    form = WordingForm(declared, request.POST or None, instance=row)
    filled_in = request.method == "POST" and form.is_valid()
    if filled_in and "preview" not in request.POST:
        form.instance.event = event
        form.instance.changed_by = request.user
        form.save()
        messages.success(request, _("The wording of “%s” is changed.") % declared.label)
        return redirect("workflow_admin:wordings")
    shown = form.words() if filled_in or not form.is_bound else []
    context = {
        "event": declared,
        "form": form,
        "row": row,
        "previews": [(label, *preview(declared, words)) for label, words in shown],
    }
    return render(request, "workflow/admin/wording.html", context, status=422 if form.errors else 200)
