"""The work queue on the first page of the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from workflow.queue import waiting_tasks as queue

LINES_ON_FIRST_PAGE = 10  # of what waits for the person, and of what waits for others


class QueuePanel(Component):
    """The first page of the admin: what waits for this person, and below it what waits for others, late ones first."""

    name = "workflow-queue"
    template_name = "workflow/queue/admin_home_panel.html"
    order = 40

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        own: list[queue.QueueItem] = []
        others: list[queue.QueueItem] = []
        for item in queue.items(queue.visible_processes(user)):
            (own if queue.waits_for_user(user, item) else others).append(item)
        more = sum(max(0, len(lines) - LINES_ON_FIRST_PAGE) for lines in (own, others))
        return {"own": own[:LINES_ON_FIRST_PAGE], "others": others[:LINES_ON_FIRST_PAGE], "more": more}


def queue_panel(request: HttpRequest, panels: list[Any]) -> None:
    """construct_homepage_panels"""
    panels.append(QueuePanel())
