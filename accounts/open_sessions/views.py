"""One's own sign-ins: the sessions that stand, with buttons that end them, and the record of what happened."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from accounts.events.services import of_person
from accounts.events.views import EVENTS_A_PAGE
from accounts.open_sessions import services
from core.pagination import page_of


@require_safe
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Your sign-ins. Whoever else did something to the account is named."""
    context = {
        "events": page_of(request.GET, of_person(request.user), EVENTS_A_PAGE),
        "sessions": services.of_person(request.user),
        "own_session": request.session.get(services.OPEN),
        "days": settings.ACCOUNT_EVENT_DAYS,
        "title": _("Your sign-ins"),
    }
    return render(request, "accounts/open_sessions/admin_sign_ins.html", context)


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    return _told(request, services.end_others(request.user))


@require_POST
def end(request: HttpRequest, session_id: int) -> HttpResponse:
    """Another person's is not found, and none is ended."""
    return _told(request, services.end(request.user, session_id))


def _told(request: HttpRequest, number: int) -> HttpResponse:
    messages.success(request, ngettext("%d session was ended.", "%d sessions were ended.", number) % number)
    return redirect("accounts:sign_ins")
