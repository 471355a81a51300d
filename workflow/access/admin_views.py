"""Admin views of roles and grants, and the check that somebody is of the Secretariat."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Page

from accounts.factors.services import remove_all
from accounts.invitations.services import invite
from accounts.open_sessions.services import end_others
from core.pagination import page_of
from workflow.access import grants, people
from workflow.access.capabilities_beside_transitions import is_secretariat
from workflow.access.forms import GrantForm
from workflow.access.models import RoleGroup
from workflow.access.role_holders import roles_of
from workflow.states import Role

PEOPLE_A_PAGE = 100


def require_secretariat(request: HttpRequest) -> None:
    if not is_secretariat(request.user):
        raise PermissionDenied


def secretariat_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a room below, which knows no roles."""

    def guarded(request: HttpRequest, **found: Any) -> HttpResponse:
        require_secretariat(request)
        return view(request, **found)

    return guarded


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
    return render(request, "workflow/access/admin_roles.html", context | more)


def _grant(request: HttpRequest, form: GrantForm, back: str) -> HttpResponse:
    given = form.cleaned_data
    person = people.give_role(given, by=request.user, at=timezone.now())
    said = _("%(name)s is now in “%(group)s”.")
    if given["user"] is None:
        said = _("%(name)s was invited by mail, and is in “%(group)s” from the first sign-in on.")
    messages.success(
        request, said % {"name": person.get_full_name() or person, "group": given["role_group"].group.name}
    )
    return redirect(back)


@require_safe
def all_people(request: HttpRequest) -> HttpResponse:
    """Every account with its roles: whom the Secretariat invites, closes and opens."""
    require_secretariat(request)
    asked = request.GET.get("q", "").strip()[:100]
    found = page_of(request.GET, people.accounts(asked), PEOPLE_A_PAGE)
    context = {"people": people.with_roles(found.object_list, request.user), "page": found, "asked": asked}
    return render(request, "workflow/access/admin_people.html", context)


@require_POST
def set_standing(request: HttpRequest, user_id: int) -> HttpResponse:
    """Close an account, which keeps its history and its roles, or open it again. Never one's own."""
    person = _somebody_else(request, user_id)
    if person is None:
        messages.error(request, _("You cannot close your own account; somebody else in the Secretariat can."))
    else:
        is_open = request.POST.get("open") == "yes"
        people.set_open(person, is_open)
        said = _("The account of %s is open.") if is_open else _("The account of %s is closed, and its sessions ended.")
        messages.success(request, said % person)
    return redirect("workflow_admin:people")


@require_POST
def send_invitation(request: HttpRequest, user_id: int) -> HttpResponse:
    """Another link to choose a password, for somebody who has never signed in."""
    person = _somebody_else(request, user_id)
    if person is None or not people.is_invited_still(person):
        messages.error(request, _("Only somebody who has never signed in is invited again."))
    else:
        invite(person)
        messages.success(request, _("Another invitation will be mailed to %s.") % person.email)
    return redirect("workflow_admin:people")


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


@require_POST
def remove_second_factors(request: HttpRequest, user_id: int) -> HttpResponse:
    """For somebody who lost them. Never one's own: who holds a stolen session of the Secretariat would do just that."""
    person = _somebody_else(request, user_id)
    if person is None:
        messages.error(request, _("Remove your own on the page of your second factors."))
    else:
        remove_all(person, by=request.user)
        messages.success(request, _("The second factors of %s were removed.") % person)
    return redirect("workflow_admin:sign_ins")


@require_POST
def end_sessions(request: HttpRequest, user_id: int) -> HttpResponse:
    """For somebody whose machine was stolen, or who left one open."""
    person = _somebody_else(request, user_id)
    if person is None:
        messages.error(request, _("End your own on the page of your sign-ins."))
    else:
        number = end_others(person)
        said = ngettext("%d session was ended: %s.", "%d sessions were ended: %s.", number)
        messages.success(request, said % (number, person))
    return redirect("workflow_admin:sign_ins")


def _somebody_else(request: HttpRequest, user_id: int) -> Any:
    """None for oneself."""
    require_secretariat(request)
    person = get_object_or_404(get_user_model(), pk=user_id)
    if person == request.user:
        return None
    if not people.rules_over(request.user, person):
        raise PermissionDenied
    return person
