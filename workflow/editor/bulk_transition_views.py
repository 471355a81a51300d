"""Admin views of a bulk step: choose it, see who will move and who cannot, then read what became of each."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction

from workflow.access.role_holders import roles_of
from workflow.editor import bulk_transitions
from workflow.notices import services as notices
from workflow.states import Role, Transition
from workflow.transitions.forms import EachForm, MoveForm
from workflow.transitions.governed_pages import governed
from workflow.transitions.models import Process
from workflow.transitions.services import UnknownTransition, process_of, transition_named


def _ids(values: list[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19]


def bulk_move(request: HttpRequest) -> HttpResponse:
    """GET id=…: choose the step. GET id=…&move=…: the preview. POST: do it and report."""
    sent = request.POST if request.method == "POST" else request.GET
    pages, others = bulk_transitions.documents(_ids(sent.getlist("id")), request.user)
    context = {"pages": pages, "others": others, "title": _("Move several documents"), "most": bulk_transitions.MOST}
    if not pages or not sent.get("move"):
        moves = bulk_transitions.possible_moves([process_of(page) for page in pages], request.user)
        return render(request, "workflow/editor/admin_bulk_choose.html", context | {"moves": moves})
    try:
        move = transition_named(sent["move"])
    except UnknownTransition as error:
        raise Http404 from error
    context |= {"move": move, "title": move.label}
    if request.method == "POST":
        return _do(request, move, pages, context)
    plans = bulk_transitions.plan(pages, move, request.user)
    return _preview(request, move, plans, _form(request, move, pages, plans), context)


def _do(request: HttpRequest, move: Transition, pages: list[Any], context: dict[str, Any]) -> HttpResponse:
    plans = bulk_transitions.plan(pages, move, request.user)
    form = _form(request, move, pages, plans, request.POST)
    own = _own_forms(move, plans, form, request.POST)
    valid = [each.is_valid() for each in (form, *own.values())]
    if not all(valid):
        return _preview(request, move, plans, form, context, own=own, status=422)
    # The counter that the preview showed: a document that moved meanwhile is refused, not moved twice.
    said = {key: each.cleaned_data for key, each in own.items()}
    chosen = [(plan.process, _shown(request, plan.process.pk), said.get(plan.process.pk, {})) for plan in plans]
    outcomes = bulk_transitions.perform_all(
        chosen,
        move,
        request.user,
        reason=form.cleaned_data["reason"],
        overrides=form.cleaned_data.get("overrides", ()),
        data=form.move_data,
    )
    done = [outcome for outcome in outcomes if outcome.row]
    context |= {"done": done, "refused": [outcome for outcome in outcomes if not outcome.row]}
    return render(request, "workflow/editor/admin_bulk_report.html", context)


def _shown(request: HttpRequest, process_id: int) -> int:
    found = _ids([str(request.POST.get(f"seen-{process_id}", ""))])
    return found[0] if found else -1


def _form(
    request: HttpRequest, move: Transition, pages: list[Any], plans: list[bulk_transitions.Plan], data: Any = None
) -> MoveForm:
    secretariat = all(Role.SECRETARIAT in roles_of(request.user, page) for page in pages)
    soft = [item for plan in plans for item in plan.unmet if item.soft] if secretariat else []
    form = MoveForm(move, data, soft_unmet=soft, initial={"seen": 0}, without=move.each)
    del form.fields["seen"]  # each document carries its own counter
    return form


def _able(plans: list[bulk_transitions.Plan], form: MoveForm) -> list[bulk_transitions.Plan]:
    settable = "overrides" in form.fields
    return [plan for plan in plans if not any(not (item.soft and settable) for item in plan.unmet)]


def _own_forms(
    move: Transition, plans: list[bulk_transitions.Plan], form: MoveForm, data: Any = None
) -> dict[int, EachForm]:
    """By process: what the step asks for each document that it can take, and the document's own answers to begin
    with."""
    if not move.each:
        return {}
    return {
        plan.process.pk: EachForm(move, data, prefix=f"own-{plan.process.pk}", initial=_known(plan.process))
        for plan in _able(plans, form)
    }


def _known(process: Process) -> dict[str, str]:
    page = governed(process.page_id) if process.page_id else None
    return page.get_latest_revision_as_object().answers() if page else {}


def _preview(
    request: HttpRequest,
    move: Transition,
    plans: list[bulk_transitions.Plan],
    form: MoveForm,
    context: dict[str, Any],
    *,
    own: dict[int, EachForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    can = _able(plans, form)
    own = _own_forms(move, plans, form) if own is None else own
    cannot = [plan for plan in plans if plan not in can]
    told = notices.audience(move.name, [plan.process for plan in can], actor=request.user)
    can = bulk_transitions.with_links(can, move, request.user)
    asked = [(plan.process, own[plan.process.pk]) for plan in can if plan.process.pk in own]
    context |= {"form": form, "plans": plans, "can": can, "cannot": cannot, "told": told, "asked": asked}
    return render(request, "workflow/editor/admin_bulk_preview.html", context, status=status)


class MoveBulkAction(PageBulkAction):
    """The explorer's way in. Wagtail would run all items in one transaction; ours are moved by our own view instead."""

    display_name = gettext_lazy("Take a step…")
    action_type = "take_step"
    aria_label = gettext_lazy("Take a step of the life cycle with the chosen documents")
    template_name = "workflow/editor/admin_bulk_choose.html"
    action_priority = 5

    @classmethod
    def execute_action(cls, objects: list[Any], **kwargs: Any) -> tuple[int, int]:
        raise NotImplementedError("documents are moved by workflow.editor.bulk_transition_views.bulk_move")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pages, _without_access = self.get_actionable_objects()
        ids = [page.pk for page in pages]
        if len(ids) > bulk_transitions.MOST:
            said = _("%(chosen)d documents were chosen; the first %(most)d are shown.")
            messages.warning(request, said % {"chosen": len(ids), "most": bulk_transitions.MOST})
        query = urlencode([("id", pk) for pk in ids[: bulk_transitions.MOST]])
        return HttpResponseRedirect(f"{reverse('workflow_admin:bulk')}?{query}")
