"""Outside links in the Wagtail admin: a report of what is dead and where, and where a copy was archived."""

from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from bpf_pages.link_rows.models import OutsideLink


class PagesColumn(Column):
    """The pages that link to an address."""

    def get_value(self, instance: OutsideLink) -> Any:
        rows = ((place["address"], place["title"]) for place in instance.places)
        return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a>', rows)


class OutsideLinkViewSet(SnippetViewSet):
    model = OutsideLink
    icon = "link-external"
    menu_label = _("Outside links")
    menu_order = 360
    add_to_admin_menu = True
    list_display = [
        "address",
        "outcome",
        "status",
        "detail",
        "failing_since",
        "checked_at",
        PagesColumn("pages", label=_("Pages")),
    ]
    list_filter = ["outcome", "is_used"]
    list_export = ["address", "outcome", "status", "detail", "failing_since", "checked_at", "archive_address"]
    search_fields = ["address"]
    ordering = ["address"]
    panels = [
        FieldPanel("address", read_only=True),
        FieldPanel("outcome", read_only=True),
        FieldPanel("status", read_only=True),
        FieldPanel("detail", read_only=True),
        FieldPanel("checked_at", read_only=True),
        FieldPanel("archive_address"),
        HelpPanel(_("Links are gathered from public pages and checked by the command check_links.")),
    ]
