"""Addresses for machines. A public contract: they are never reused."""

from django.urls import path

from api import citation_views, oai_views

DOCUMENT = "library/<int:year>/<slug:forum>/<slug:document>/"
EDITION = f"{DOCUMENT}editions/<int:number>/"

app_name = "api"
urlpatterns = [
    path("oai", oai_views.oai_pmh, name="oai"),
    path(f"{DOCUMENT}cite.<str:form>", citation_views.document_citation, name="document_citation"),
    path(f"{EDITION}cite.<str:form>", citation_views.edition_citation, name="edition_citation"),
]
