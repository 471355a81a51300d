"""An index: which hook, which function."""

from wagtail import hooks

from consultation.comments import admin_menu

hooks.register("register_admin_urls", admin_menu.addresses)
hooks.register("construct_homepage_panels", admin_menu.waiting_panel)
hooks.register("register_admin_menu_item", admin_menu.menu_entry)
