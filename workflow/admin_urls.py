"""Addresses inside the Wagtail admin, below /admin/workflow/."""

from django.urls import path

from accounts.events import views as account_events
from mail.wordings import admin_views as mail
from workflow.access import admin_views as access
from workflow.access.admin_views import secretariat_only
from workflow.attachments import views as attachments
from workflow.clock import admin_views as clock
from workflow.deletion import recycle_bin_views
from workflow.draft_links import admin_views as draft_links
from workflow.editor import bulk_transition_views, locks, presence, transition_views
from workflow.explanation import views as explanation
from workflow.following import admin_views as following
from workflow.forums import admin_views as forums
from workflow.forums import path_views
from workflow.history import views as history
from workflow.proposals_and_nominations import admin_views as proposals
from workflow.queue import reports
from workflow.relations import admin_views as relations
from workflow.relations import doi_views
from workflow.sessions import views as sessions

app_name = "workflow_admin"
urlpatterns = [
    path("help/", explanation.help_page, name="help"),
    path("queue/", reports.QueueReport.as_view(), name="queue"),
    path("queue/results/", reports.QueueReport.as_view(results_only=True), name="queue_results"),
    path("roles/", access.all_roles, name="roles"),
    path("roles/site/", access.site_roles, name="site_roles"),
    path("roles/<int:forum_id>/", access.forum_roles, name="forum_roles"),
    path("roles/<int:group_id>/<int:user_id>/revoke/", access.revoke, name="revoke"),
    path("people/", access.all_people, name="people"),
    path("people/<int:user_id>/standing/", access.set_standing, name="set_standing"),
    path("people/<int:user_id>/invitation/", access.send_invitation, name="send_invitation"),
    path("sign-ins/", secretariat_only(account_events.everybody), name="sign_ins"),
    path(
        "sign-ins/<int:user_id>/remove-second-factors/",
        access.remove_second_factors,
        name="remove_second_factors",
    ),
    path("sign-ins/<int:user_id>/end-sessions/", access.end_sessions, name="end_sessions"),
    path("clock/", clock.next_tick, name="clock"),
    path("notices/", secretariat_only(mail.wordings), name="wordings"),
    path("notices/<slug:occasion>/", secretariat_only(mail.wording), name="wording"),
    path("<int:page_id>/links/", draft_links.links, name="draft_links"),
    path("<int:page_id>/links/<int:link_id>/take-back/", draft_links.take_back, name="take_back_link"),
    path("following/", following.following, name="following"),
    path("following/change/", following.follow, name="follow"),
    path("following/<int:followed_id>/", following.open_followed, name="open_followed"),
    path("forums/", forums.forums, name="forums"),
    path("forums/new/", proposals.new_forum, name="new_forum"),
    path("forums/<int:forum_id>/", forums.forum_desk, name="forum"),
    path("forums/<int:forum_id>/edit/", forums.edit_forum, name="edit_forum"),
    path("forums/<int:forum_id>/path/", path_views.guided_path, name="guided_path"),
    path("forums/<int:forum_id>/path/<slug:name>/", path_views.take_step, name="take_step"),
    path("forums/<int:forum_id>/move/<slug:name>/", forums.move_forum, name="move_forum"),
    path("forums/<int:forum_id>/nominations/<int:nomination_id>/", proposals.decide_nomination, name="nomination"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/new/", sessions.edit_session, name="new_session"),
    path("sessions/<int:session_id>/suggest/", sessions.suggest_theme, name="suggest_theme"),
    path("sessions/<int:session_id>/", sessions.edit_session, name="edit_session"),
    path("bin/", recycle_bin_views.recycle_bin, name="recycle_bin"),
    path("bin/<int:draft_id>/", recycle_bin_views.recycled_draft, name="recycled_draft"),
    path("bin/<int:draft_id>/restore/", recycle_bin_views.restore, name="restore_draft"),
    path("bin/<int:draft_id>/remove/", recycle_bin_views.remove, name="remove_draft"),
    path("tabs/<int:page_id>/<int:session_id>/<slug:token>/", presence.ping, name="ping"),
    path("bulk/", bulk_transition_views.bulk_move, name="bulk"),
    path("<int:page_id>/relations/", relations.relations, name="relations"),
    path("<int:page_id>/dois/", doi_views.dois, name="dois"),
    path("<int:page_id>/relations/<int:relation_id>/remove/", relations.remove, name="remove_relation"),
    path("<int:page_id>/attachments/", attachments.attachments, name="attachments"),
    path("<int:page_id>/attachments/<int:number>/", attachments.attachment, name="attachment"),
    path(
        "<int:page_id>/attachments/<int:number>/<int:version>/",
        attachments.attachment_file,
        name="attachment_file",
    ),
    path("<int:page_id>/lock/", locks.lock, name="lock"),
    path("<int:page_id>/due/", transition_views.due, name="due"),
    path("<int:page_id>/history/", history.whole_history, name="history"),
    path("<int:page_id>/history/log.json", history.log_json, name="log_json"),
    path("<int:page_id>/history/log.csv", history.log_csv, name="log_csv"),
    path("<int:page_id>/<slug:transition>/", transition_views.move, name="move"),
]
