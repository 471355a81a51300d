"""An index: which hook, which function."""

from wagtail import hooks

from pdf.printing import admin_views as admin

hooks.register("register_admin_urls", admin.addresses)
hooks.register("register_reports_menu_item", admin.report_entry)
