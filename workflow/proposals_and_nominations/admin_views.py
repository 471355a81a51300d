"""Admin views of proposals that came another way, and of nominations."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from workflow.access.admin_views import require_secretariat
from workflow.forums.admin_views import desk_address, found_forum
from workflow.forums.models import Nomination
from workflow.proposals_and_nominations.forms import ProposalForm
from workflow.proposals_and_nominations.services import propose


def new_forum(request: HttpRequest) -> HttpResponse:
    """An editor notes a proposal that came another way, such as in a session or by mail."""
    require_secretariat(request)
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        forum = propose(form.save(commit=False), timezone.now())
        return redirect(desk_address(forum))
    return render(request, "workflow/forums/admin_form.html", {"form": form})


@require_POST
def decide_nomination(request: HttpRequest, forum_id: int, nomination_id: int) -> HttpResponse:
    forum = found_forum(request, forum_id, edit=True)
    nomination = get_object_or_404(Nomination, pk=nomination_id, forum=forum)
    status = request.POST.get("status", "")
    if status not in Nomination.Status:
        raise Http404
    nomination.status = status
    nomination.save(update_fields=["status"])
    messages.success(
        request, _("%(name)s: %(status)s.") % {"name": nomination.name, "status": nomination.get_status_display()}
    )
    return redirect(desk_address(forum))
