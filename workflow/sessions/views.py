"""Session records in the admin and in public."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from core.languages.template_tags import tongue
from workflow.proposals_and_nominations.forms import ProposalForm
from workflow.proposals_and_nominations.services import propose
from workflow.sessions.forms import PanelFormSet, RatingFormSet, SessionForm
from workflow.sessions.models import Session
from workflow.sessions.services import forums_to_write_for, may_write, public_sessions, suggestion_of


@require_safe
def session(request: HttpRequest, session_id: int) -> HttpResponse:
    found = get_object_or_404(Session, pk=session_id)
    if not public_sessions().filter(pk=found.pk).exists() and not may_write(request.user, found):
        raise Http404
    context = {
        "session": found,
        "documents": [row.current_edition for row in found.documents.all() if row.current_edition],
        "breadcrumb": [(_("Home"), "/"), (_("Library"), "/library/"), (tongue(found.title), request.path)],
    }
    return render(request, "workflow/sessions/session.html", context)


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    rows = [row for row in Session.objects.prefetch_related("forums") if may_write(request.user, row)]
    context = {"rows": rows, "may_add": bool(forums_to_write_for(request.user))}
    return render(request, "workflow/sessions/admin_sessions.html", context)


def suggest_theme(request: HttpRequest, session_id: int) -> HttpResponse:
    """A theme suggested in a session becomes a proposal for the next year; the Secretariat looks at it first."""
    found = get_object_or_404(Session, pk=session_id)
    if not may_write(request.user, found):
        raise PermissionDenied
    form = ProposalForm(request.POST or None, initial=suggestion_of(found))
    if request.method == "POST" and form.is_valid():
        theme = propose(form.save(commit=False), timezone.now())
        messages.success(request, _("“%s” is a proposal now. The Secretariat looks at it before it is shown.") % theme)
        return redirect("workflow_admin:edit_session", found.pk)
    return render(request, "workflow/forums/admin_form.html", {"form": form})


def edit_session(request: HttpRequest, session_id: int | None = None) -> HttpResponse:
    found = get_object_or_404(Session, pk=session_id) if session_id else None
    forums = forums_to_write_for(request.user)
    if not forums or (found and not may_write(request.user, found)):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = SessionForm(forums, data, instance=found)
    panel = PanelFormSet(data, instance=form.instance, prefix="panel")
    ratings = RatingFormSet(data, instance=form.instance, prefix="ratings")
    if data is not None and form.is_valid() and panel.is_valid() and ratings.is_valid():
        saved = form.save()
        panel.instance = ratings.instance = saved
        panel.save()
        ratings.save()
        messages.success(request, _("The record of “%s” is saved.") % saved.title)
        return redirect("workflow_admin:sessions")
    context = {"form": form, "panel": panel, "ratings": ratings, "session": found}
    return render(request, "workflow/sessions/admin_session_edit.html", context)
