"""Index of what the project adds to the Wagtail admin."""

from wagtail import hooks

from bpf_site.monitoring import admin_views as monitoring

hooks.register("register_admin_urls", monitoring.addresses)
hooks.register("register_reports_menu_item", monitoring.entry)
