"""Admin views that list and issue reports on comments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from consultation.admin_page import actor_of, desk, on_process
from consultation.reports import services as reports
from consultation.reports.models import Report
from workflow.transitions.models import Process


@on_process("read")
def all_reports(request: HttpRequest, process: Process) -> HttpResponse:
    edition = process.current_edition
    context = {"reports": Report.objects.filter(process=process), "edition": edition}
    return desk(request, process, "reports", "consultation/reports/admin_reports.html", context)


@require_POST
@on_process("report")
def issue_report(request: HttpRequest, process: Process) -> HttpResponse:
    edition = process.current_edition
    if edition is not None:
        actor = actor_of(request, "report", process)
        report = reports.freeze_report(process, edition, timezone.now(), actor.name)
        messages.success(request, _("Report %d is issued.") % report.number)
    return redirect("consultation_admin:reports", process.pk)
