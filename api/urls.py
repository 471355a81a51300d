"""Addresses for machines. A public contract: they are never reused."""

from django.urls import path, re_path

from api.calendar import views as calendar_views
from api.citations import views as citation_views
from api.developers import views as developers
from api.feeds import views as feeds
from api.http import door
from api.oai import views as oai_views
from api.v1 import search_files
from api.v1 import views as v1
from consultation.periods import views as calls

DOCUMENT = "library/<int:year>/<slug:forum>/<slug:document>/"
EDITION = f"{DOCUMENT}editions/<int:number>/"

app_name = "api"
urlpatterns = [
    *v1.routes(),
    re_path(r"^api/v1/(?P<rest>(?s:.*))\Z", v1.unknown, name="v1_unknown"),  # a path may hold a line end
    path("developers/", developers.developers, name="developers"),
    path("open-calls.ics", calendar_views.open_calls, name="calendar"),
    path("open-calls.atom", door()(calls.feed), name="calls_feed"),
    path("search/results.<str:form>", search_files.results_file, name="search_file"),
    path("oai", oai_views.oai_pmh, name="oai"),
    path("feeds/", feeds.index, name="feeds"),
    path("feeds/outcomes.atom", feeds.outcomes, name="outcomes_feed"),
    path("feeds/editions.atom", feeds.editions, name="editions_feed"),
    path("feeds/open-questions.atom", feeds.open_questions, name="open_questions_feed"),
    path("feeds/themes/<slug:slug>.atom", feeds.of_theme, name="theme_feed"),
    path("feeds/<int:year>.atom", feeds.of_year, name="year_feed"),
    path("feeds/<int:year>/<slug:forum>.atom", feeds.of_forum, name="forum_feed"),
    path(f"{DOCUMENT}cite.<str:form>", citation_views.document_citation, name="document_citation"),
    path(f"{EDITION}linkset.json", citation_views.edition_linkset, name="edition_linkset"),
    path(f"{EDITION}cite.<str:form>", citation_views.edition_citation, name="edition_citation"),
]
