"""What editors see of printing: which editions wait, which failed and why, and a way to try again."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from pdf.printing.models import Printing, Status
from pdf.printing.services import print_edition

page_permission_policy = PagePermissionPolicy()


def visible_printings(user: Any) -> QuerySet[Printing]:
    """Printings of documents that a person may edit: failures first, then what waits, then the newest."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    found = Printing.objects.filter(edition__page__in=pages).select_related("edition")
    return found.order_by("status", "-pk")  # failed, printed, waiting: the alphabet has failures first


class PrintingsPaginator(WagtailPaginator):
    """Wagtail names what it counts by the model, and in two forms."""

    @cached_property
    def items_count_label(self) -> str:
        return ngettext("%d printed edition", "%d printed editions", self.count) % self.count


class PrintingReport(ReportView):
    """Reports > Printing."""

    page_title = gettext_lazy("Printing")
    header_icon = "doc-full"
    index_url_name = "pdf_admin:printings"
    index_results_url_name = "pdf_admin:printings_results"
    results_template_name = "pdf/printing/admin_printings_results.html"
    model = Printing
    paginator_class = PrintingsPaginator
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    is_searchable = False
    export_filename = "printing"
    list_export = [
        "edition.identifier",
        "stage",
        "get_status_display",
        "failure",
        "pages",
        "size",
        "sha256",
        "printed_at",
    ]
    export_headings = {
        "edition.identifier": gettext_lazy("Edition"),
        "stage": gettext_lazy("Stage"),
        "get_status_display": gettext_lazy("State of printing"),
        "failure": gettext_lazy("What went wrong"),
        "pages": gettext_lazy("Pages"),
        "size": gettext_lazy("Bytes"),
        "sha256": "SHA-256",
        "printed_at": gettext_lazy("Printed"),
    }

    def get_queryset(self) -> QuerySet[Printing]:
        return visible_printings(self.request.user)


@require_POST
@require_admin_access
def print_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed printing once more, now."""
    printing = get_object_or_404(visible_printings(request.user), pk=pk, status=Status.FAILED)
    outcome = print_edition(printing.edition, printing.form, by_hand=True)
    if outcome.is_printed:
        messages.success(request, _("%s is printed.") % printing.edition.identifier)
    else:
        messages.error(request, _("It failed again: %s") % outcome.failure)
    return redirect("pdf_admin:printings")


def addresses() -> list[URLPattern | URLResolver]:
    """register_admin_urls"""
    inner = [
        path("", PrintingReport.as_view(), name="printings"),
        path("results/", PrintingReport.as_view(results_only=True), name="printings_results"),
        path("<int:pk>/again/", print_again, name="print_again"),
    ]
    return [path("printing/", include((inner, "pdf_admin")))]


def report_entry() -> MenuItem:
    """register_reports_menu_item"""
    address = reverse("pdf_admin:printings")
    return MenuItem(gettext_lazy("Printing"), address, name="printing", icon_name="doc-full", order=20)
