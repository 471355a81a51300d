"""The disposition report: as it stands, and as it was issued; page, tables and JSON from the same data."""

import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultation.edition_lookup import Gone, edition_at, gone, trail
from consultation.iso_comment_template import ISO_COLUMNS
from consultation.reports import entries, filters, outcome_bar, tables
from consultation.reports import services as reports
from consultation.reports.cross_table import cross_table
from consultation.reports.models import Report
from consultation.reports.services import Content
from core.pagination import page_of
from core.spreadsheets import to_csv, to_xlsx
from editions.models import Edition
from workflow.transitions.models import Process

A_PAGE = 15
"""Entries on one page: with the numbers above them under 8,000 px on a phone."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _csv(content: Content) -> bytes:
    return to_csv(tables.COLUMNS, tables.full_rows(content))


def _xlsx(content: Content) -> bytes:
    return to_xlsx("Comments", tables.COLUMNS, tables.full_rows(content))


def _iso_csv(content: Content) -> bytes:
    return to_csv(ISO_COLUMNS, tables.iso_rows(content))


def _iso_xlsx(content: Content) -> bytes:
    return to_xlsx("Comments", ISO_COLUMNS, tables.iso_rows(content))


def _json(content: Content) -> bytes:
    return json.dumps(reports.to_json(content), ensure_ascii=False, sort_keys=True, indent=1).encode()


FORMS: dict[str, tuple[str, Callable[[Content], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": (XLSX, _xlsx),
    "iso.csv": ("text/csv; charset=utf-8", _iso_csv),
    "iso.xlsx": (XLSX, _iso_xlsx),
    "json": ("application/json", _json),
}


def _commented(edition: Edition) -> Process | None:
    """The newest process of this document that was opened for comment, once or in several rounds."""
    return Process.objects.filter(series=edition.series, periods__isnull=False).order_by("-pk").first()


def _content(edition: Edition, number: int | None) -> tuple[Content, Report | None]:
    """(content, frozen report): the report of this number, or (None) how things stand now. Raises Http404."""
    process = _commented(edition)
    if process is None:
        raise Http404
    if number is None:
        return reports.content_of(process, edition), None
    report = get_object_or_404(Report.objects.select_related("process", "edition"), process=process, number=number)
    return reports.public_content(report), report


@require_safe
def report(request: HttpRequest, year: int, forum: str, document: str, number: int | None = None) -> HttpResponse:
    try:
        edition = edition_at(year, forum, document)
    except Gone as error:
        return gone(request, error)
    process = _commented(edition)
    if process is None:
        raise Http404
    content, frozen = _content(edition, number)
    places = entries.places_of(content, edition.series)
    offered = filters.filters_of(content, places, request.GET)
    listed = filters.chosen(content, entries.entries_of(content, edition, places), offered)
    shown = page_of(request.GET, listed, A_PAGE)
    base = f"{edition.address}comments/"
    context: dict[str, Any] = {
        "edition": edition,
        "frozen": frozen,
        "content": content,
        "counts": content.data["counts"],
        "slices": outcome_bar.slices_of(content),
        "filters": offered,
        "is_filtered": any(each.chosen for each in offered),
        "page": shown,
        "places": entries.by_place(shown.object_list),
        "statistics": tables.statistics(content),
        "cross": cross_table(content),
        "issued": Report.objects.filter(process=process).order_by("-number"),
        "files": f"{base}reports/{number}." if number else f"{base}report.",
        "breadcrumb": trail(edition, (_("Comments"), base), (_("Report"), request.path)),
    }
    return render(request, "consultation/reports/report.html", context)


@require_safe
def report_file(
    request: HttpRequest, year: int, forum: str, document: str, form: str, number: int | None = None
) -> HttpResponse:
    try:
        edition = edition_at(year, forum, document)
    except Gone as error:
        return gone(request, error)
    if form not in FORMS:
        raise Http404
    content, frozen = _content(edition, number)
    kind, draw = FORMS[form]
    response = HttpResponse(draw(content), content_type=kind)
    name = f"{edition.identifier}-comments" + (f"-report-{frozen.number}" if frozen else "")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
