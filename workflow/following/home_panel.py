"""The first page of the admin: what a person follows, and what is new there since they last looked."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from workflow.following.news import news_of


class FollowedPanel(Component):
    name = "followed"
    order = 42  # behind what waits, before one's forums
    template_name = "workflow/following/admin_home_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        now = timezone.now()
        things = news_of(parent_context["request"].user)
        return {
            "request": parent_context["request"],
            "things": things,
            "has_news": any(thing.lines for thing in things),
            "drawn_at": now.isoformat(),
        }


def followed_panel(request: HttpRequest, panels: list[Any]) -> None:
    """construct_homepage_panels"""
    panels.append(FollowedPanel())
