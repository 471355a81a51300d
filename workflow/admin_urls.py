"""Addresses inside the Wagtail admin, below /admin/workflow/."""

from django.urls import path

from workflow import record_views, views

app_name = "workflow_admin"
urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("<int:page_id>/history/", record_views.whole_history, name="history"),
    path("<int:page_id>/history/log.json", record_views.log_json, name="log_json"),
    path("<int:page_id>/history/log.csv", record_views.log_csv, name="log_csv"),
    path("<int:page_id>/<slug:transition>/", views.move, name="move"),
]
