"""Admin view of what the clock will do next."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.permissions import page_permission_policy

from workflow.access.capabilities_beside_transitions import is_secretariat
from workflow.clock import chores as clock

FORESIGHT = timedelta(days=7)


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
    return render(request, "workflow/clock/admin_upcoming_page.html", context)
