"""Admin views of a step (transition): the page that confirms it with every reason for or against; the due date."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from workflow.access.capabilities_beside_transitions import SET_ASIDE, SET_DUE, may
from workflow.notices import services as notices
from workflow.relations.incoming_links import links_to
from workflow.states import State, Transition
from workflow.transitions.due_dates import set_due
from workflow.transitions.forms import DueForm, MoveForm
from workflow.transitions.governed_pages import governed_page
from workflow.transitions.guards import Unmet
from workflow.transitions.models import Process
from workflow.transitions.services import (
    Refused,
    UnknownTransition,
    blockers,
    perform,
    process_of,
    told_before,
    transition_named,
)


def move(request: HttpRequest, page_id: int, transition: str) -> HttpResponse:
    page = governed_page(request, page_id)
    try:
        declared = transition_named(transition)
    except UnknownTransition as error:
        raise Http404 from error
    process = getattr(page, "process", None) or process_of(page)
    if request.method == "POST":
        return _make_move(request, page, process, declared)
    unmet = blockers(process, declared, request.user, with_form=False)
    known = page.get_latest_revision_as_object().answers() if declared.each else {}
    form = MoveForm(
        declared, initial={"seen": process.moves} | known, soft_unmet=_may_set_aside(request, page, unmet)
    )  # fmt: skip
    return render(
        request, "workflow/editor/admin_transition.html", _context(page, process, declared, request.user, form, unmet)
    )


def _make_move(request: HttpRequest, page: Page, process: Process, declared: Transition) -> HttpResponse:
    # perform() judges every guard under its lock. Here they are judged only to name the ones that may be set aside.
    unmet = _judged(request, process, declared) if "overrides" in request.POST else []
    form = MoveForm(declared, request.POST, soft_unmet=_may_set_aside(request, page, unmet))
    if not form.is_valid():
        return _show_again(request, page, process, declared, unmet or _judged(request, process, declared), status=422)
    try:
        row = perform(
            process,
            declared.name,
            request.user,
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            overrides=form.cleaned_data.get("overrides", ()),
            data=form.move_data,
        )
    except Refused as refusal:
        return _show_again(request, page, process_of(page), declared, refusal.unmet, status=409)
    said = _("“%(title)s” is now at “%(state)s”.") % {"title": page.title, "state": row.target_label}
    buttons = [messages.button(row.edition.reading_address, _("See the public page"))] if row.edition else []
    messages.success(request, said, buttons=buttons)
    return redirect("wagtailadmin_pages:edit", page.pk)


def _judged(request: HttpRequest, process: Process, declared: Transition) -> list[Unmet]:
    probe = MoveForm(declared, request.POST)
    filled = probe.is_valid()
    return blockers(process, declared, request.user, probe.move_data if filled else {}, with_form=filled)


def _show_again(
    request: HttpRequest, page: Page, process: Process, declared: Transition, unmet: list[Unmet], *, status: int
) -> HttpResponse:
    """The form with what was written in it, every reason, and a box for each guard that this person may set aside."""
    form = MoveForm(declared, request.POST, soft_unmet=_may_set_aside(request, page, unmet))
    form.is_valid()
    context = _context(page, process, declared, request.user, form, unmet, tried=status == 409)
    return render(request, "workflow/editor/admin_transition.html", context, status=status)


def _may_set_aside(request: HttpRequest, page: Page, unmet: list[Any]) -> list[Any]:
    soft = [item for item in unmet if item.soft]
    return soft if soft and may(request.user, SET_ASIDE, page) else []


def _context(
    page: Page,
    process: Process,
    declared: Transition,
    user: Any,
    form: MoveForm,
    unmet: list[Any],
    *,
    tried: bool = False,
) -> dict[str, Any]:
    return {
        "page": page,
        "process": process,
        "state": State(process.state),
        "move": declared,
        "target": State(declared.target),
        "form": form,
        "hard": [item for item in unmet if not item.soft],
        "soft": [item for item in unmet if item.soft],
        "advice": told_before(process, declared, user),
        "tried": tried,
        "edit_address": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "current": process.current_edition,
        "links": links_to(process, user) if declared.target == State.WITHDRAWN else None,
        "told": notices.audience(declared.name, [process], actor=user),
    }


def due(request: HttpRequest, page_id: int) -> HttpResponse:
    """Set the due date of a document; for its facilitators and the Secretariat."""
    page = governed_page(request, page_id)
    if not may(request.user, SET_DUE, page):
        raise PermissionDenied
    process = process_of(page)
    form = DueForm(request.POST or None, initial={"due_at": process.due_at})
    if request.method == "POST" and form.is_valid():
        set_due(process, form.cleaned_data["due_at"], request.user)
        messages.success(request, _("The due date of “%s” is set.") % page.title)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "workflow/editor/admin_due.html", {"page": page, "form": form})
