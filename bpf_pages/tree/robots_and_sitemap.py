"""robots.txt and sitemap.xml: what a crawler may and should fetch."""

from collections.abc import Iterator
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page, Site

from bpf_pages.models.library import MeetingPage
from core.languages.addresses import LANGUAGES, alternates
from core.site_urls import absolute
from editions.document.metadata import FICTITIOUS_YEAR
from editions.models import Edition

PER_FILE = 10_000
"""Most pages in one sitemap file: with the addresses in all languages 10 of the 50 MB that sitemaps.org allows."""

LISTS = ("/open-calls/", "/open-questions/", "/statistics/", "/glossary/", "/how-it-works/")
"""Pages that stand in no tree and gather what the others say."""

NOT_FOR_CRAWLERS = ("/admin/", "/search/", *(f"{prefix}/search/" for prefix in LANGUAGES), "/documents/", "/i18n/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS), "", _sitemap_line()]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _sitemap_line() -> str:
    return f"Sitemap: {absolute('/sitemap.xml')}"


def _page_addresses() -> Iterator[tuple[str, datetime | None]]:
    """Live pages that everybody may see. Outcome documents are never live: their editions stand for them."""
    root = Site.objects.get(is_default_site=True).root_page
    pages = Page.objects.descendant_of(root, inclusive=True).live().public()
    invented = MeetingPage.objects.filter(year=FICTITIOUS_YEAR).first()
    if invented:
        pages = pages.not_descendant_of(invented, inclusive=True)
    for page in pages.order_by("path").iterator():
        yield page.get_url() or "", page.last_published_at or page.latest_revision_created_at


@require_safe
@conditional_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Public addresses only, newest edition of each document, with the day of publication or move as lastmod.

    Nothing of the fictitious year (docs/adr/0014).
    """
    editions = Edition.objects.public().current().real()
    editions = editions.defer("document", "metadata").order_by("pk")
    entries = [(address, changed) for address, changed in _page_addresses() if address]
    entries += [(address, None) for address in LISTS]
    entries += [(edition.address, edition.standing_at) for edition in editions.iterator()]
    number = request.GET.get("part", "")
    if len(entries) <= PER_FILE:
        return _xml(request, "bpf_pages/tree/sitemap.xml", {"entries": _in_languages(entries)})
    parts = range(1, -(-len(entries) // PER_FILE) + 1)
    if not number:
        addresses = [absolute(f"/sitemap.xml?part={part}") for part in parts]
        return _xml(request, "bpf_pages/tree/sitemap_index.xml", {"addresses": addresses})
    if not number.isdecimal() or int(number) not in parts:
        raise Http404
    start = (int(number) - 1) * PER_FILE
    return _xml(request, "bpf_pages/tree/sitemap.xml", {"entries": _in_languages(entries[start : start + PER_FILE])})


def _in_languages(
    entries: list[tuple[str, datetime | None]],
) -> Iterator[tuple[str, datetime | None, list[tuple[str, str]]]]:
    for path, changed in entries:
        yield absolute(path), changed, [(language, absolute(address)) for language, address in alternates(path)]


def _xml(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml")
