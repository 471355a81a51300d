"""Addresses of documents and editions (the address contract: docs/architecture.md). Never reused."""

from django.urls import path

from bpf_pages.archives.views import year_archive
from bpf_pages.listings import views as listings
from bpf_pages.provenance.views import verify
from bpf_pages.reading import citation_views, media_views, views
from bpf_pages.statistics.views import statistics
from bpf_pages.tree import robots_and_sitemap
from formats.writing import FORMS

DOCUMENT = "library/<int:year>/<slug:forum>/<slug:document>/"
EDITION = f"{DOCUMENT}editions/<int:number>/"

app_name = "bpf_pages"
urlpatterns = [
    path(DOCUMENT, views.document, name="document"),
    path(f"{DOCUMENT}history/", views.history, name="history"),
    path(f"{DOCUMENT}compare/", views.choose_comparison, name="choose_comparison"),
    path(f"{DOCUMENT}compare/<int:a>/<int:b>/", views.compare, name="compare"),
    path(f"{DOCUMENT}compare/<int:a>/<int:b>/redline.docx", views.redline_file, name="redline_docx"),
    path(f"{DOCUMENT}cite/", citation_views.cite_document, name="cite_document"),
    path(EDITION, views.edition, name="edition"),
    path(f"{EDITION}side-by-side/", views.side_by_side, name="side_by_side"),
    path(f"{EDITION}cite/", citation_views.cite_edition, name="cite_edition"),
    path(f"{EDITION}document.json", views.edition_json, name="edition_json"),
    *(path(f"{EDITION}document.{form}", views.edition_file, {"form": form}, name=f"edition_{form}") for form in FORMS),
    path("library/<int:year>/archive.zip", year_archive, name="year_archive"),
    path("open-questions/", listings.open_questions, name="open_questions"),
    path("glossary/", listings.glossary, name="glossary"),
    path("verify/", verify, name="verify"),
    path("id/<path:identifier>", listings.identified, name="identified"),
    path("statistics/", statistics, name="statistics"),
    path("media/<path:name>", media_views.media, name="image"),
    path("robots.txt", robots_and_sitemap.robots, name="robots"),
    path("sitemap.xml", robots_and_sitemap.sitemap, name="sitemap"),
    path("sitemap-pages.xml", robots_and_sitemap.sitemap_of_pages, name="sitemap_pages"),
    path("sitemap-<int:year>.xml", robots_and_sitemap.sitemap_of_year, name="sitemap_year"),
]
