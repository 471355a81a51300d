"""Addresses inside the Wagtail admin, below /admin/workflow/."""

from django.urls import path

from workflow import bulk_views, record_views, reports, views

app_name = "workflow_admin"
urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("queue/", reports.QueueReport.as_view(), name="queue"),
    path("queue/results/", reports.QueueReport.as_view(results_only=True), name="queue_results"),
    path("bulk/", bulk_views.bulk_move, name="bulk"),
    path("<int:page_id>/due/", views.due, name="due"),
    path("<int:page_id>/history/", record_views.whole_history, name="history"),
    path("<int:page_id>/history/log.json", record_views.log_json, name="log_json"),
    path("<int:page_id>/history/log.csv", record_views.log_csv, name="log_csv"),
    path("<int:page_id>/<slug:transition>/", views.move, name="move"),
]
