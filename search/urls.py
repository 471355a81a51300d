"""Addresses of the search room."""

from django.urls import path

from search.alerts import views as alert_views
from search.query_log import views as query_log
from search.results import open_search, views
from search.suggestions import views as suggestions

app_name = "search"
urlpatterns = [
    path("search/", views.results, name="results"),
    path("opensearch.xml", open_search.description, name="open_search"),
    path("search/help/", views.help_page, name="help"),
    path("search/suggest", suggestions.suggestions, name="suggest"),
    path("search/feed", views.results_feed, name="feed"),
    path("search/opened", query_log.opened, name="opened"),
    path("search/like/<str:identifier>/", suggestions.like, name="like"),
    path("search/alert/", alert_views.ask, name="alert"),
    path("search/alert/confirm/<str:token>/", alert_views.confirm, name="alert_confirm"),
    path("search/alert/stop/<str:token>/", alert_views.stop, name="alert_stop"),
]
