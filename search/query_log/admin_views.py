"""Report of the Wagtail admin: what people asked in vain, and what they found and did not open."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem

from search.engines.base import DATABASE
from search.indexing.health import health
from search.query_log.models import AskedQuestion

REPORT_DAYS = 30
REPORT_ROWS = 50
LOW_CLICK = 0.1  # results opened for each time a question was asked
OFTEN = 3  # times, before few clicks mean anything


def asked_in_vain() -> QuerySet[Any, Any]:
    """Questions of the last days whose latest answer was empty, the most frequent first."""
    return _recent().filter(results=0).order_by("-asked", "question")[:REPORT_ROWS]


def seldom_opened() -> QuerySet[Any, Any]:
    """Questions that have answers which hardly anybody opens."""
    rows = _recent().filter(results__gt=0, asked__gte=OFTEN, opened__lt=F("asked") * LOW_CLICK)
    return rows.order_by("-asked", "question")[:REPORT_ROWS]


def _recent() -> QuerySet[Any, Any]:
    since = timezone.localdate() - timedelta(days=REPORT_DAYS)
    full = AskedQuestion.objects.exclude(engine=DATABASE)  # while titles alone are searched, little is found
    rows = full.filter(day__gte=since).order_by().values("question", "results")
    return rows.annotate(asked=Sum("times"), opened=Sum("clicks"))


def synonym_address(question: str) -> str:
    """The form for a new synonym, with the question in it."""
    return f"{reverse('wagtailsnippets_search_synonym:add')}?{urlencode({'terms': question})}"


@permission_required("search.change_synonym")
def report(request: HttpRequest) -> HttpResponse:
    tables = [(_("Nothing was found"), asked_in_vain()), (_("Hardly any result was opened"), seldom_opened())]
    linked = [(heading, [(row, synonym_address(str(row["question"]))) for row in rows]) for heading, rows in tables]
    context = {"tables": linked, "standing": health(), "days": REPORT_DAYS}
    return render(request, "search/query_log/admin_report.html", context)


def report_urls() -> list[URLPattern]:
    return [path("search-report/", report, name="search_report")]


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("search.change_synonym")


def report_menu_item() -> MenuItem:
    """register_reports_menu_item"""
    address = reverse("search_report")
    return ReportMenuItem(_("Questions asked"), address, name="questions-asked", icon_name="search", order=900)
