"""Addresses of the search room."""

from django.urls import path

from search import alert_views, views

app_name = "search"
urlpatterns = [
    path("search/", views.results, name="results"),
    path("search/help/", views.help_page, name="help"),
    path("search/suggest", views.suggestions, name="suggest"),
    path("search/feed", views.results_feed, name="feed"),
    path("search/opened", views.opened, name="opened"),
    path("search/like/<str:identifier>/", views.like, name="like"),
    path("search/alert/", alert_views.ask, name="alert"),
    path("search/alert/confirm/<str:token>/", alert_views.confirm, name="alert_confirm"),
    path("search/alert/stop/<str:token>/", alert_views.stop, name="alert_stop"),
]
