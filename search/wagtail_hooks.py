"""Which hook, which function; nothing else."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from search import admin

register_snippet(admin.SearchGroup)
hooks.register("register_admin_urls", admin.report_urls)
hooks.register("register_reports_menu_item", admin.report_menu_item)
