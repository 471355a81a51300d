"""An index: which hook, which function."""

from wagtail import hooks

from workflow.access import wagtail_views
from workflow.deletion import admin_views as removal_views
from workflow.editor import bulk_transition_views, stale_saves
from workflow.editor import menu as admin
from workflow.editor import panels as editor
from workflow.following import admin_views as following
from workflow.following import home_panel as following_panel
from workflow.forums import home_panel as forums_panel
from workflow.queue import home_panel as queue_panel
from workflow.queue import reports

hooks.register("construct_page_action_menu", admin.offer_moves_instead_of_publish)
hooks.register("before_edit_page", stale_saves.before_edit)
hooks.register("before_edit_page", following.note_visit)
hooks.register("after_edit_page", stale_saves.after_edit)
hooks.register("after_delete_page", admin.say_where_drafts_lie)
hooks.register("before_move_page", admin.keep_moved_pages_with_editions)
hooks.register("before_bulk_action", admin.keep_bulk_moved_pages_with_editions)
hooks.register("after_bulk_action", admin.say_where_bulk_deleted_drafts_lie)
hooks.register("insert_global_admin_css", admin.admin_style)
hooks.register("insert_global_admin_js", admin.admin_script)
hooks.register("register_log_actions", admin.describe_moves)
hooks.register("register_admin_urls", admin.admin_addresses)
hooks.register("register_help_menu_item", admin.help_entry)
hooks.register("register_page_header_buttons", editor.header_buttons)
hooks.register("register_admin_viewset", editor.governed_page_viewsets)
hooks.register("construct_homepage_panels", queue_panel.queue_panel)
hooks.register("construct_homepage_panels", following_panel.followed_panel)
hooks.register("construct_homepage_panels", forums_panel.forums_panel)
hooks.register("register_reports_menu_item", reports.queue_entry)
hooks.register("register_reports_menu_item", admin.bin_entry)
hooks.register("register_bulk_action", bulk_transition_views.MoveBulkAction)
hooks.register("register_bulk_action", removal_views.NamingDeleteBulkAction, order=1)  # after Wagtail's own
hooks.register("construct_admin_api", removal_views.name_in_the_interface_for_programs)
hooks.register("register_admin_menu_item", admin.forums_entry)
hooks.register("register_admin_menu_item", admin.sessions_entry)
hooks.register("register_settings_menu_item", admin.people_entry)
hooks.register("register_settings_menu_item", admin.roles_entry)
hooks.register("register_reports_menu_item", admin.clock_entry)
hooks.register("register_reports_menu_item", admin.sign_ins_entry)
hooks.register("register_settings_menu_item", admin.wordings_entry)
hooks.register("construct_page_chooser_queryset", wagtail_views.choosable_pages)
hooks.register("construct_reports_menu", wagtail_views.hide_reports)
hooks.register("construct_admin_api", wagtail_views.readable_files_for_programs, order=1)  # after its own
