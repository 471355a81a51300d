"""Addresses inside the Wagtail admin, below /admin/workflow/."""

from django.urls import path

from workflow import (
    attachment_views,
    bulk_views,
    draft_views,
    forum_office,
    office,
    record_views,
    relation_views,
    reports,
    session_views,
    views,
)

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
    path("forums/", forum_office.forums, name="forums"),
    path("forums/new/", forum_office.new_forum, name="new_forum"),
    path("forums/<int:forum_id>/", forum_office.forum_desk, name="forum"),
    path("forums/<int:forum_id>/edit/", forum_office.edit_forum, name="edit_forum"),
    path("forums/<int:forum_id>/move/<slug:name>/", forum_office.move_forum, name="move_forum"),
    path("forums/<int:forum_id>/nominations/<int:nomination_id>/", forum_office.decide_nomination, name="nomination"),
    path("sessions/", session_views.sessions, name="sessions"),
    path("sessions/new/", session_views.edit_session, name="new_session"),
    path("sessions/<int:session_id>/", session_views.edit_session, name="edit_session"),
    path("bulk/", bulk_views.bulk_move, name="bulk"),
    path("<int:page_id>/relations/", relation_views.relations, name="relations"),
    path("<int:page_id>/relations/<int:relation_id>/remove/", relation_views.remove, name="remove_relation"),
    path("<int:page_id>/attachments/", attachment_views.attachments, name="attachments"),
    path("<int:page_id>/attachments/<int:number>/", attachment_views.attachment, name="attachment"),
    path(
        "<int:page_id>/attachments/<int:number>/<int:version>/",
        attachment_views.attachment_file,
        name="attachment_file",
    ),
    path("<int:page_id>/due/", views.due, name="due"),
    path("<int:page_id>/history/", record_views.whole_history, name="history"),
    path("<int:page_id>/history/log.json", record_views.log_json, name="log_json"),
    path("<int:page_id>/history/log.csv", record_views.log_csv, name="log_csv"),
    path("<int:page_id>/<slug:transition>/", views.move, name="move"),
]
