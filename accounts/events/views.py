"""The record of everybody. The room that gives it its address says who may."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Event
from core.pagination import page_of

EVENTS_A_PAGE = 50
MOST_PEOPLE = 100


@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    """Of all accounts, or of those whose name or address holds the words; with kind, of one kind only."""
    asked, kind = request.GET.get("q", "").strip()[:150], request.GET.get("kind", "")
    events = Event.objects.select_related("person", "by").order_by("-ordinal")
    if asked:
        events = events.filter(person__in=_people(asked))
    if kind in Event.Kind.values:
        events = events.filter(kind=kind)
    context = {
        "title": _("Sign-ins"),
        "events": page_of(request.GET, events, EVENTS_A_PAGE),
        "with_factors": _with_factors(asked),
        "with_sessions": _with_sessions(asked),
        "asked": asked,
        "kind": kind,
        "kinds": Event.Kind.choices,
        "days": settings.ACCOUNT_EVENT_DAYS,
    }
    return render(request, "accounts/events/admin_everybody.html", context)


def _people(asked: str) -> list[int]:
    named = Q()
    for word in asked.split():
        named &= (
            Q(username__icontains=word)
            | Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
        )
    return list(get_user_model().objects.filter(named).order_by("pk").values_list("pk", flat=True)[:MOST_PEOPLE])


def _with_factors(asked: str) -> Any:
    """Whose second factors can be removed here: of the people that were asked for, those who have some."""
    people = get_user_model().objects.filter(pk__in=_people(asked) if asked else [], second_factors__isnull=False)
    return people.distinct().order_by("last_name", "username")


def _with_sessions(asked: str) -> Any:
    people = get_user_model().objects.filter(pk__in=_people(asked) if asked else [], open_sessions__isnull=False)
    return people.distinct().order_by("last_name", "username")
