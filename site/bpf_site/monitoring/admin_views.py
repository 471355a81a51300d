""" "Is everything working?": the page of the Secretariat, with what to do for each check that found something."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from bpf_site.monitoring import health_checks, heartbeats
from bpf_site.monitoring.models import Heartbeat
from mail import health as mail_health
from workflow.access.admin_views import require_secretariat
from workflow.editor.menu import SecretariatMenuItem


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    require_secretariat(request)
    now = timezone.now()
    results = health_checks.look(now)
    context = {
        "results": sorted(results, key=lambda result: -result.level),
        "worst": health_checks.worst(results).name,
        "now": now,
        "chores": Heartbeat.objects.filter(name__startswith=heartbeats.CHORE),
        "given_up": mail_health.given_up(now).count(),
    }
    return render(request, "bpf_site/monitoring/admin_everything.html", context)


@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Mails that were given up wait in the outbox again."""
    require_secretariat(request)
    count = mail_health.send_again(timezone.now())
    said = ngettext("%d mail is tried again.", "%d mails are tried again.", count)
    messages.success(request, said % count)
    return redirect("bpf_site_admin:everything")


def addresses() -> list[URLPattern | URLResolver]:
    """register_admin_urls"""
    found = [path("", everything, name="everything"), path("send-again/", send_again, name="send_mail_again")]
    return [path("working/", include((found, "bpf_site_admin")))]


def entry() -> SecretariatMenuItem:
    """register_reports_menu_item"""
    return SecretariatMenuItem(
        gettext_lazy("Is everything working?"),
        reverse("bpf_site_admin:everything"),
        name="is-everything-working",
        icon_name="circle-check",
        order=5,
    )
