"""Index of what this room adds to the Wagtail admin."""

from wagtail import hooks

from bpf_pages import draftail

hooks.register("register_rich_text_features", draftail.register_features)
