"""Index of what this room adds to the Wagtail admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from bpf_pages.blocks import draftail_features
from bpf_pages.catalogues import admin_views as catalogues
from bpf_pages.importing import views as importing
from bpf_pages.link_checks.admin_views import OutsideLinkViewSet
from bpf_pages.translating import admin_views as translating

register_snippet(OutsideLinkViewSet)
hooks.register("register_rich_text_features", draftail_features.register_features)
hooks.register("register_admin_urls", lambda: importing.addresses(catalogues.addresses()))
hooks.register("register_admin_menu_item", catalogues.entry)
hooks.register("register_page_header_buttons", importing.header_buttons)
hooks.register("register_admin_urls", translating.addresses)
hooks.register("register_page_header_buttons", translating.header_buttons)
