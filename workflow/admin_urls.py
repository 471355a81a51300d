"""Addresses inside the Wagtail admin, below /admin/workflow/."""

from django.urls import path

from workflow import bulk_views, draft_views, office, record_views, reports, views

app_name = "workflow_admin"
urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("queue/", reports.QueueReport.as_view(), name="queue"),
    path("queue/results/", reports.QueueReport.as_view(results_only=True), name="queue_results"),
    path("roles/", office.all_roles, name="roles"),
    path("roles/site/", office.site_roles, name="site_roles"),
    path("roles/<int:forum_id>/", office.forum_roles, name="forum_roles"),
    path("roles/<int:group_id>/<int:user_id>/revoke/", office.revoke, name="revoke"),
    path("clock/", office.next_tick, name="clock"),
    path("notices/", office.wordings, name="wordings"),
    path("notices/<slug:event>/", office.wording, name="wording"),
    path("<int:page_id>/links/", draft_views.links, name="draft_links"),
    path("<int:page_id>/links/<int:link_id>/take-back/", draft_views.take_back, name="take_back_link"),
    path("bulk/", bulk_views.bulk_move, name="bulk"),
    path("<int:page_id>/due/", views.due, name="due"),
    path("<int:page_id>/history/", record_views.whole_history, name="history"),
    path("<int:page_id>/history/log.json", record_views.log_json, name="log_json"),
    path("<int:page_id>/history/log.csv", record_views.log_csv, name="log_csv"),
    path("<int:page_id>/<slug:transition>/", views.move, name="move"),
]
