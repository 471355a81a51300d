"""Addresses of the search room."""

from django.urls import path

from search import views

app_name = "search"
urlpatterns = [
    path("search/", views.search, name="results"),
    path("api/v1/search", views.search_json, name="json"),
]
