"""An index: which hook, which function."""

from wagtail import hooks

from consultation import admin

hooks.register("register_admin_urls", admin.addresses)
hooks.register("construct_homepage_panels", admin.waiting_panel)
hooks.register("register_admin_menu_item", admin.menu_entry)
