"""What the page editor and the explorer show of the workflow: side panel, header buttons, columns and filters."""

from collections.abc import Callable, Iterator
from typing import Any

import django_filters
from django.apps import apps
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, Media
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets import Button
from wagtail.models import Page

from workflow.queue import waiting_tasks as queue
from workflow.states import MEANINGS, SETTLED, State
from workflow.transitions.governed_pages import GovernedPage
from workflow.transitions.readiness import readiness, record_address
from workflow.transitions.services import process_of

SIDE_PANELS: list[Callable[[GovernedPage, Any], BaseSidePanel]] = []
"""What rooms above show beside the text in the page editor, after the checklist: made from the page and the request."""


class ReadinessSidePanel(BaseSidePanel):
    """Where the document stands and what each next step still needs. The counter says how much my steps lack."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle the checklist of the next step")
        icon_name = "tasks"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
            missing = {item.message for step in self.panel.steps if step.mine for item in step.missing}
            return super().get_context_data(parent_context) | {"count": len(missing)}

    name = "readiness"
    title = gettext_lazy("Ready for the next step?")
    template_name = "workflow/editor/admin_readiness_panel.html"
    order = 50

    @property
    def media(self) -> Media:
        return Media(js=[versioned_static("js/admin/editor-place.js")])

    def __init__(self, page: GovernedPage, request: Any) -> None:
        super().__init__(page, request)
        self.process = process_of(page)
        self.steps = readiness(self.process, request.user)

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        state = State(self.process.state)
        return super().get_context_data(parent_context) | {
            "process": self.process,
            "state": state,
            "meaning": MEANINGS[state],
            "steps": self.steps,
            "overdue": self.process.due_at is not None and self.process.due_at <= timezone.now(),
            "record_address": record_address(self.process),
        }


def add_readiness_to_editor() -> None:
    """Called once from AppConfig.ready().

    Workaround, seen with Wagtail 7.4: EditView.get_side_panels() has no hook, so the method is wrapped.
    tests/workflow/editor/test_editor.py fails when the panel no longer arrives.
    """
    stock = EditView.get_side_panels
    if getattr(stock, "has_readiness", False):
        return

    def get_side_panels(self: EditView) -> MediaContainer:
        panels = stock(self)
        if isinstance(self.page, GovernedPage) and not self.expects_json_response:
            own = [ReadinessSidePanel, *SIDE_PANELS]
            panels[:0] = [panel(self.page, self.request) for panel in own]
        return panels

    get_side_panels.has_readiness = True  # type: ignore[attr-defined]
    EditView.get_side_panels = get_side_panels


def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """register_page_header_buttons"""
    if isinstance(page, GovernedPage) and page.pk and page.permissions_for_user(user).can_edit():
        yield Button(_("Record"), reverse("workflow_admin:history", args=[page.pk]), icon_name="history", priority=60)
        yield Button(
            _("Draft links"), reverse("workflow_admin:draft_links", args=[page.pk]), icon_name="link", priority=62
        )
        yield Button(
            _("Relations and links"), reverse("workflow_admin:relations", args=[page.pk]), icon_name="link", priority=63
        )
        yield Button(_("DOIs"), reverse("workflow_admin:dois", args=[page.pk]), icon_name="tag", priority=65)
        yield Button(
            _("Attachments"), reverse("workflow_admin:attachments", args=[page.pk]), icon_name="doc-full", priority=64
        )
        yield Button(_("Due date"), reverse("workflow_admin:due", args=[page.pk]), icon_name="calendar", priority=61)


# --- explorer -----------------------------------------------------------------------------------------------------


class ProcessColumn(Column):
    """Something of the page's process; pages without one show nothing."""

    def get_value(self, instance: Page) -> Any:
        process = getattr(instance, "process", None) if isinstance(instance, GovernedPage) else None
        return super().get_value(process) if process else ""


class DueColumn(Column):
    """The instant in UTC. Wagtail's own column calls every date to come "just now"."""

    cell_template_name = "workflow/editor/admin_due_cell.html"

    def get_value(self, instance: Page) -> Any:
        process = getattr(instance, "process", None) if isinstance(instance, GovernedPage) else None
        return process.due_at if process else None

    def get_cell_context_data(self, instance: Page, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        late = context["value"] is not None and context["value"] <= timezone.now()
        return context | {"overdue": late and instance.process.state not in SETTLED}  # type: ignore[attr-defined]


class ForumColumn(Column):
    def get_value(self, instance: Page) -> Any:
        parent = getattr(instance, "_parent_page", None)
        return parent.title if parent else ""


class GovernedPageFilterSet(GenericPageFilterSet):
    """Filters of the explorer: state, forum, due date, and Wagtail's own."""

    forum = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Forum"), method="filter_forum",
        queryset=lambda request: queue.forums_of(queue.editable_processes(request.user)),
    )  # fmt: skip
    state = django_filters.MultipleChoiceFilter(
        field_name="process__state", label=gettext_lazy("State"), choices=State.choices, widget=CheckboxSelectMultiple
    )
    overdue = django_filters.BooleanFilter(method="filter_overdue", label=gettext_lazy("Overdue"))
    due = django_filters.DateFromToRangeFilter(
        field_name="process__due_at", label=gettext_lazy("Due"), widget=DateRangePickerWidget
    )

    def filter_forum(self, queryset: QuerySet[Page], name: str, forum: Page) -> QuerySet[Page]:
        return queryset.filter(path__startswith=forum.path)

    def filter_overdue(self, queryset: QuerySet[Page], name: str, value: bool) -> QuerySet[Page]:
        late = {"process__due_at__lte": timezone.now()}
        return queryset.filter(**late) if value else queryset.exclude(**late)


class GovernedPageIndexView(ExplorableIndexView):
    """Names the forum where a search shows documents of several."""

    @cached_property
    def explorable_columns(self) -> list[Column]:
        columns = super().explorable_columns
        return [column for column in columns if column.name != "forum" or self.is_searching_whole_tree]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.is_searching_whole_tree:
            Page.objects.annotate_parent_page(context["object_list"])
        return context

    def annotate_queryset(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        return super().annotate_queryset(pages).prefetch_related("process")


class GovernedPageViewSet(PageViewSet):
    """The explorer of a forum lists its documents with state and due date instead of Wagtail's live and draft."""

    index_view_class = GovernedPageIndexView
    filterset_class = GovernedPageFilterSet

    columns = [
        *(column for column in ExplorableIndexView.base_columns if column.name not in {"status", "type"}),
        ForumColumn("forum", label=gettext_lazy("Forum"), width="16%"),
        ProcessColumn(
            "state", label=gettext_lazy("State"), accessor="get_state_display", sort_key="process__state", width="16%"
        ),
        DueColumn("due", label=gettext_lazy("Due"), sort_key="process__due_at", width="16%"),
    ]


def governed_page_viewsets() -> list[GovernedPageViewSet]:
    """register_admin_viewset: one for every page model whose text moves, in whichever room it is."""
    models = [model for model in apps.get_models() if issubclass(model, GovernedPage)]
    return [GovernedPageViewSet(model.__name__.lower(), model=model) for model in models]
