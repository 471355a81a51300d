"""robots.txt and sitemap.xml: what a crawler may and should fetch."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page, Site

from bpf_pages.models.library import MeetingPage
from core.http.site_urls import absolute
from core.languages.addresses import LANGUAGES, alternates
from editions.document.metadata import FICTITIOUS_YEAR
from editions.models import Edition, EditionQuerySet

PER_FILE = 10_000
"""Most pages in one sitemap file: with the addresses in all languages 10 of the 50 MB that sitemaps.org allows."""

Entry = tuple[str, datetime | None]
"""Path, and when what stands there last changed."""

LISTS = ("/open-calls/", "/open-questions/", "/statistics/", "/glossary/", "/how-it-works/")
"""Pages that stand in no tree and gather what the others say."""

NOT_FOR_CRAWLERS = ("/admin/", "/search/", *(f"{prefix}/search/" for prefix in LANGUAGES), "/documents/", "/i18n/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS), "", _sitemap_line()]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _sitemap_line() -> str:
    return f"Sitemap: {absolute('/sitemap.xml')}"


def _page_addresses() -> Iterator[Entry]:
    for page in _pages().order_by("path").iterator():
        yield page.get_url() or "", page.last_published_at or page.latest_revision_created_at


def _pages() -> Any:
    """Live pages that everybody may see. Outcome documents are never live: their editions stand for them."""
    root = Site.objects.get(is_default_site=True).root_page
    pages = Page.objects.descendant_of(root, inclusive=True).live().public()
    invented = MeetingPage.objects.filter(year=FICTITIOUS_YEAR).first()
    if invented:
        pages = pages.not_descendant_of(invented, inclusive=True)
    return pages


def _documents(year: int | None = None) -> EditionQuerySet:
    """The newest public edition of each document; nothing of the fictitious year (docs/adr/0014)."""
    found = Edition.objects.public().current().real()
    return found if year is None else found.filter(year=year)


@require_safe
@conditional_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index: a file for the pages, and one for each year with the moment of its last change, so that a crawler
    fetches again only the years in which something moved."""
    rows: list[tuple[str, datetime | None]] = []
    rows += [(address, None) for address in _parts("/sitemap-pages.xml", _pages().count() + len(LISTS))]
    years = _documents().order_by("year").values_list("year").annotate(Count("pk"), Max("standing_at"))
    for year, count, changed in years:
        rows += [(address, changed) for address in _parts(f"/sitemap-{year}.xml", count)]
    return _xml(request, "bpf_pages/tree/sitemap_index.xml", {"rows": rows})


def _parts(path: str, count: int) -> list[str]:
    if count <= PER_FILE:
        return [absolute(path)]
    return [absolute(f"{path}?part={part}") for part in range(1, -(-count // PER_FILE) + 1)]


@require_safe
@conditional_page
def sitemap_of_pages(request: HttpRequest) -> HttpResponse:
    """Pages of the tree, and those that gather what the others say."""
    entries = [(address, changed) for address, changed in _page_addresses() if address]
    return _part(request, [*entries, *((address, None) for address in LISTS)])


@require_safe
@conditional_page
def sitemap_of_year(request: HttpRequest, year: int) -> HttpResponse:
    """The documents of a year at their own addresses, with the moment of the last publication or move."""
    editions = _documents(year).defer("document", "metadata").order_by("pk")
    entries: list[Entry] = [(edition.address, edition.standing_at) for edition in editions.iterator()]
    if not entries:
        raise Http404
    return _part(request, entries)


def _part(request: HttpRequest, entries: list[Entry]) -> HttpResponse:
    """?part=2 where there are more than one file takes. Raises Http404."""
    number = request.GET.get("part", "1")
    if not (number.isascii() and number.isdecimal() and 0 < int(number[:6]) <= max(1, -(-len(entries) // PER_FILE))):
        raise Http404
    start = (int(number[:6]) - 1) * PER_FILE
    return _xml(request, "bpf_pages/tree/sitemap.xml", {"entries": _in_languages(entries[start : start + PER_FILE])})


def _in_languages(
    entries: list[Entry],
) -> Iterator[tuple[str, datetime | None, list[tuple[str, str]]]]:
    for path, changed in entries:
        yield absolute(path), changed, [(language, absolute(address)) for language, address in alternates(path)]


def _xml(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml")
