"""Template tags about the language of a page: the same page in the others."""

from typing import Any

from django import template
from django.utils.translation import get_language

from core.language_addresses import alternates, has_language, in_language
from core.site_urls import absolute

register = template.Library()


@register.simple_tag(takes_context=True)
def page_in_languages(context: dict[str, Any], path: str = "") -> dict[str, Any]:
    """For the head of a page: its canonical address in its language, and the same in each other one.

    path: without prefix, where the page is a view of another address (an edition, of its document).
    """
    request = context.get("request")
    if not path and request is not None:
        page = request.GET.get("page", "")
        path = f"{request.path}?page={page}" if page.isdecimal() and len(page) < 6 else request.path
    if not path or not has_language(path.partition("?")[0]):
        return {}
    return {
        "canonical": absolute(in_language(path, get_language() or "")),
        "alternates": [(language, absolute(address)) for language, address in alternates(path)],
    }
