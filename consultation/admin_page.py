"""What every admin view of a consultation shares: find the process, ask the abilities, draw the page with its tabs."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from consultation.capabilities import Actor, abilities_of, acting_role, may
from workflow.access.role_holders import name_of
from workflow.transitions.models import Process

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Process, Rest], HttpResponse]


def on_process(ability: str) -> Callable[[View[Rest]], Callable[..., HttpResponse]]:
    """A view of one process, open to whoever has the ability there; others are refused, whatever the method."""

    def wrap(view: View[Rest]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def checked(request: HttpRequest, process_id: int, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            process = get_object_or_404(Process.objects.select_related("page"), pk=process_id)
            if not may(request.user, ability, process):
                raise PermissionDenied
            return view(request, process, *args, **kwargs)

        return checked

    return wrap


def actor_of(request: HttpRequest, ability: str, process: Process) -> Actor:
    user: Any = request.user
    role = acting_role(user, ability, process)
    if role is None:
        raise PermissionDenied
    return Actor(name_of(user), role)


def desk(request: HttpRequest, process: Process, here: str, template: str, context: dict[str, Any], **kw: Any) -> Any:
    """Draw an admin page with the tabs of the consultation. here: the name of its tab's address."""
    can = abilities_of(request.user, process)
    context = {"process": process, "tabs": _tabs(process, here), "can": can, **context}
    return render(request, template, context, **kw)


WAITING: dict[str, Callable[[Process], int]] = {}
"""Name of a tab -> how much waits there. Filled by the concepts whose work it is."""


def _tabs(process: Process, here: str) -> list[dict[str, Any]]:
    """Name of an address, label, and how much waits there; None where nothing can wait."""
    tabs = [
        ("queue", _("Moderation")),
        ("dispositions", _("Answers")),
        ("mappings", _("Places to find")),
        ("consensus", _("Consensus record")),
        ("periods", _("Periods")),
        ("enter", _("From elsewhere")),
        ("reports", _("Reports")),
        ("adoptions", _("Adoption")),
    ]
    return [
        {
            "address": reverse(f"consultation_admin:{name}", args=[process.pk]),
            "label": label,
            "count": WAITING[name](process) if name in WAITING else None,
            "is_here": name == here,
        }
        for name, label in tabs
    ]
