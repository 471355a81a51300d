"""Which hook, which function; nothing else."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from search.query_log import admin_views as query_log
from search.tuning import admin_views as tuning

register_snippet(tuning.SearchGroup)
hooks.register("register_admin_urls", query_log.report_urls)
hooks.register("register_reports_menu_item", query_log.report_menu_item)
