"""The work queue as a report of the Wagtail admin."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from core.spreadsheets import cell
from workflow.queue import waiting_tasks as queue
from workflow.states import FORUM_ROLES, SETTLED, State
from workflow.transitions.models import Process

UNSETTLED_CHOICES = [(state.value, state.label) for state in State if state not in SETTLED]


class QueueFilterSet(WagtailFilterSet):
    """Which documents, which forum, whose turn, whether late."""

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), choices=UNSETTLED_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    forum = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Forum"),
        method="filter_forum",
        queryset=lambda request: queue.forums_of(queue.visible_processes(request.user)),
    )
    role = django_filters.ChoiceFilter(
        label=gettext_lazy("Waits for"),
        method="filter_role",
        choices=[(role.value, role.label) for role in FORUM_ROLES],
    )
    overdue = django_filters.BooleanFilter(label=gettext_lazy("Overdue"), method="filter_overdue")
    due_before = django_filters.DateFilter(
        label=gettext_lazy("Due before"), field_name="due_at", lookup_expr="lt",
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip

    class Meta:
        model = Process
        fields: list[str] = []

    def filter_forum(self, found: QuerySet[Process], name: str, forum: Page) -> QuerySet[Process]:
        return found.filter(queue.below_q(forum))

    def filter_role(self, found: QuerySet[Process], name: str, role: str) -> QuerySet[Process]:
        return found.filter(state__in=[state for state, wait in queue.WAITS.items() if role in wait.roles])

    def filter_overdue(self, found: QuerySet[Process], name: str, value: bool) -> QuerySet[Process]:
        late = queue.overdue_q(timezone.now())
        return found.filter(late) if value else found.exclude(late)


class DocumentsPaginator(WagtailPaginator):
    """Wagtail names what it counts by the model, and in two forms."""

    @cached_property
    def items_count_label(self) -> str:
        said = ngettext("%(documents)s document", "%(documents)s documents", self.count)
        return said % {"documents": self.count}


class QueueReport(ReportView):
    """Reports > Work queue. Shows what a person may edit, and nothing of other forums."""

    page_title = gettext_lazy("Work queue")
    header_icon = "tasks"
    index_url_name = "workflow_admin:queue"
    index_results_url_name = "workflow_admin:queue_results"
    results_template_name = "workflow/queue/admin_queue_results.html"
    filterset_class = QueueFilterSet
    model = Process
    paginator_class = DocumentsPaginator
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    is_searchable = False
    export_filename = "work-queue"
    list_export = ["title", "series", "forum", "state", "waits_for", "what", "since", "due_at", "is_overdue", "tasks"]
    export_headings = {
        "title": gettext_lazy("Document"),
        "series": gettext_lazy("Identifier"),
        "forum": gettext_lazy("Forum"),
        "state": gettext_lazy("State"),
        "waits_for": gettext_lazy("Waits for"),
        "what": gettext_lazy("What is to be done"),
        "since": gettext_lazy("Since"),
        "due_at": gettext_lazy("Due"),
        "is_overdue": gettext_lazy("Overdue"),
        "tasks": gettext_lazy("Waiting work"),
    }

    def get_queryset(self) -> QuerySet[Process]:
        return queue.visible_processes(self.request.user)

    def decorate_paginated_queryset(self, found: Any) -> list[queue.QueueItem]:
        return queue.items(found)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["object_list"] = list(context["object_list"])
        return context

    def to_row_dict(self, item: queue.QueueItem) -> dict[str, str]:
        values = {
            "title": item.process.title,
            "series": item.process.series,
            "forum": item.forum.title if item.forum else "",
            "state": item.process.get_state_display(),
            "waits_for": item.waits_for,
            "what": item.what,
            "since": item.since,
            "due_at": item.due_at,
            "is_overdue": item.is_overdue,
            "tasks": "; ".join(task.text for task in item.tasks),
        }
        return {name: cell(values[name]) for name in self.list_export}


def queue_entry() -> MenuItem:
    """register_reports_menu_item"""
    return MenuItem(
        gettext_lazy("Work queue"), reverse("workflow_admin:queue"), name="work-queue", icon_name="tasks", order=10
    )
