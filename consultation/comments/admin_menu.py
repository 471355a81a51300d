"""What the Wagtail admin shows of consultations. wagtail_hooks.py only names these functions."""

from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from consultation.capabilities import may
from consultation.comments.models import Comment
from consultation.vocabulary import WAITING
from workflow.states import SETTLED
from workflow.transitions.models import Process


def addresses() -> list[URLPattern | URLResolver]:
    return [
        path("consultation/", include("consultation.admin_urls")),
    ]


def consultations_of(user: Any) -> list[dict[str, Any]]:
    """The consultations a person may see: those with a period, with how many comments wait and since when."""
    rows = Process.objects.filter(periods__isnull=False).distinct().select_related("page").order_by("-state_since")
    waiting: dict[str, dict[str, Any]] = {
        row["series"]: dict(row)
        for row in Comment.objects.values("series").annotate(
            waiting=Count("pk", filter=Q(moderation__in=WAITING)),
            oldest=Min("created_at", filter=Q(moderation__in=WAITING)),
        )
    }
    return [
        {
            "process": process,
            "waiting": waiting.get(process.series, {}).get("waiting", 0),
            "oldest": waiting.get(process.series, {}).get("oldest"),
            "address": reverse("consultation_admin:queue", args=[process.pk]),
            "may_enter": may(user, "enter", process),
        }
        for process in rows
        if may(user, "read", process)
    ]


class WaitingPanel(Component):
    """On the first page of the admin: consultations that are not over, and those in which a comment waits."""

    name = "consultations"
    order = 110
    template_name = "consultation/comments/admin_home_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        rows = consultations_of(parent_context["request"].user)
        return {"rows": [row for row in rows if row["waiting"] or row["process"].state not in SETTLED]}


def waiting_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(WaitingPanel())


def menu_entry() -> MenuItem:
    """register_admin_menu_item"""
    address = reverse("consultation_admin:all")
    return MenuItem(gettext_lazy("Consultations"), address, name="consultations", icon_name="comment", order=250)
