"""The first page of the admin: what a person follows, and what is new there since they last looked."""

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone
from wagtail.admin.ui.components import Component

from workflow.following.news import news_of


class FollowedPanel(Component):
    name = "followed"
    order = 42  # behind what waits, before one's forums
    template_name = "workflow/following/admin_home_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        now = timezone.now()
        request = parent_context["request"]
        things = news_of(request.user)
        return {
            "request": request,
            "csrf_token": get_token(request),  # a panel is drawn without the context of its page
            "things": things,
            "has_news": any(thing.lines for thing in things),
            "drawn_at": now.isoformat(),
        }


def followed_panel(request: HttpRequest, panels: list[Any]) -> None:
    """construct_homepage_panels"""
    panels.append(FollowedPanel())
