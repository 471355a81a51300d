"""Template tag that links a word to its meaning in the glossary, where the word first stands on a page."""

from collections.abc import MutableMapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from bpf_pages.glossary.terms import TERMS
from core.rendering.html import format_html

register = template.Library()


def first_address(context: MutableMapping[str, Any], slug: str) -> str:
    """Where a term is explained, if nothing on this page led there yet; else "". Raises KeyError for no such term."""
    address = TERMS[slug].address
    request = context.get("request")
    if request is None:
        return ""
    told: set[str] = request.__dict__.setdefault("terms_told", set())
    if slug in told:
        return ""
    told.add(slug)
    return address


@register.simple_tag(takes_context=True)
def term(context: MutableMapping[str, Any], slug: str, words: str = "") -> SafeString:
    """A term by its slug, linked at its first use on the page. words: how it is called there, else by its own name."""
    shown = words or TERMS[slug].name
    address = first_address(context, slug)
    return format_html('<a class="term" href="{}">{}</a>', address, shown) if address else format_html("{}", shown)
