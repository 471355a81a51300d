"""Public views: what forums were proposed and what became of them, a form to propose one, a form to nominate."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.languages.template_tags import tongue
from gate.forms.acceptance import Trapped, accepted
from gate.forms.honeypot import is_sprung
from gate.forms.public_forms import TEXT, PublicForm
from workflow.forums import calendar
from workflow.forums.models import Forum, Nomination
from workflow.forums.services import evaluation
from workflow.forums.states import ForumState
from workflow.proposals_and_nominations.forms import NominationForm, ProposalForm
from workflow.proposals_and_nominations.services import nominate, propose, takes_nominations

PROPOSAL = PublicForm("proposal", ProposalForm, writes=True, most_bytes=TEXT, free=10, most=120)
NOMINATION = PublicForm("nomination", NominationForm, writes=True, most_bytes=TEXT, free=10, most=240)
"""One proposes once; of a meeting behind one address a few do, and nominate more."""


def _crumbs(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Home"), "/"), (_("Proposals"), "/proposals/"), *steps]


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    context = {"forums": Forum.objects.shown(), "breadcrumb": _crumbs()}
    return render(request, "workflow/proposals_and_nominations/proposals.html", context)


@require_safe
def proposal(request: HttpRequest, forum_id: int) -> HttpResponse:
    forum = get_object_or_404(Forum.objects.shown(), pk=forum_id)
    context = {
        "forum": forum,
        "state": ForumState(forum.state),
        "log": forum.log.exclude(name="discard"),
        "timeline": calendar.timeline(forum),
        "short": calendar.is_too_short(forum),
        "experts": forum.nominations.filter(status=Nomination.Status.ACCEPTED),
        "open": takes_nominations(forum, timezone.now()),
        "evaluation": evaluation(forum) if forum.state == ForumState.CLOSED else [],
        "breadcrumb": _crumbs((tongue(str(forum), ""), request.path)),
    }
    return render(request, "workflow/proposals_and_nominations/proposal.html", context)


@PROPOSAL.takes
@never_cache
def new_proposal(request: HttpRequest) -> HttpResponse:
    form = ProposalForm(request.POST or None)
    title = _("Propose a Best Practice Forum")
    return _take(request, PROPOSAL, form, title, propose)


@NOMINATION.takes
@never_cache
def nominate_expert(request: HttpRequest, forum_id: int) -> HttpResponse:
    forum = get_object_or_404(Forum.objects.shown(), pk=forum_id)
    if not takes_nominations(forum, timezone.now()):
        raise Http404
    form = NominationForm(request.POST or None, instance=Nomination(forum=forum))
    title = SafeString(escape(_("Nominate a lead expert: %s")) % tongue(forum.title, ""))
    return _take(request, NOMINATION, form, title, nominate)


def _take(request: HttpRequest, declared: PublicForm, form: Any, title: str, keep: Any) -> HttpResponse:
    """Show the form, or keep what was sent, once. What gate.forms.acceptance holds is given back by its middleware."""
    context: dict[str, Any] = {
        "form": form, "name": declared.name, "title": title, "breadcrumb": _crumbs((title, request.path))
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "workflow/proposals_and_nominations/public_form.html", context)
    if not form.is_valid():
        return render(request, "workflow/proposals_and_nominations/public_form.html", context, status=422)
    if is_sprung(request.POST):
        raise Trapped
    now = timezone.now()
    with accepted(request, declared, now):
        keep(form.save(commit=False), now)
    return redirect("workflow:thanks")


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "workflow/proposals_and_nominations/thanks.html",
        {"breadcrumb": _crumbs((_("Thank you"), request.path))},
    )
