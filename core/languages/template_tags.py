"""Template tags and filters about language, at hand in every template (TEMPLATES in settings).

A page speaks one language. What is in another says so: `{{ title|tongue:edition.language }}` for a text, with "" where
nobody knows its language; `{{ name|isolated }}` for names and dates, which no language owns; `{{ address|ltr }}` for
addresses and file names. Each becomes a `<bdi>`, so a text in the other direction does not disturb its neighbours.
Between parts of a line stand `{% comma %}`, `{% colon %}`, `{% semicolon %}` and `{% stop %}`.
"""

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.http.site_urls import absolute
from core.languages.addresses import alternates, has_language, in_language
from core.languages.direction import direction_of
from core.rendering.html import format_html

OWN = "en"
"""The language in which the library's editors write titles and descriptions."""

register = template.Library()


@register.filter
def direction(language: str) -> str:
    """`rtl` or `ltr` for a BCP 47 language tag; the primary subtag decides."""
    return direction_of(language or OWN)


@register.filter
def tongue(text: Any, language: str = OWN) -> SafeString:
    """A text in a language, or in an unknown one where language is ""."""
    if not text:
        return SafeString("")
    if not language:
        return format_html('<bdi lang="">{}</bdi>', text)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, direction(language), text)


@register.filter
def listed(parts: Any) -> SafeString:
    """Several things with the comma of the page's language between them; each is escaped where it is not safe."""
    return format_html_join(_(", "), "{}", ((part,) for part in parts))


@register.simple_tag
def comma() -> str:
    """Between the parts of a line, as the language of the page writes it."""
    return _(", ")


@register.simple_tag
def colon() -> str:
    return _(": ")


@register.simple_tag
def semicolon() -> str:
    return _("; ")


@register.simple_tag
def stop() -> str:
    return _(".")


def forum_called(context: Mapping[str, Any], year: int, slug: str, frozen: str) -> tuple[str, str]:
    """A forum as the menus of the page call it in the reader's language, else as an edition froze it; and the language
    of these words."""
    names = context["navigation"]["forum_names"] if "navigation" in context else {}
    told: tuple[str, str] | None = names.get((year, slug))
    return told or (frozen, OWN)


_FORUM = re.compile(r"/library/(\d+)/([^/]+)/")


@register.simple_tag(takes_context=True)
def step_called(context: Mapping[str, Any], label: Any, address: str) -> Any:
    """A step of the way up to a page: a forum as the reader calls it, whatever the room of the page; others as they
    are."""
    forum = _FORUM.fullmatch(address)
    if forum is None:
        return label
    name, language = forum_called(context, int(forum[1]), forum[2], "")
    return tongue(name, language) if name else label


@register.filter
def isolated(text: Any) -> SafeString:
    return format_html("<bdi>{}</bdi>", text) if text else SafeString("")


@register.filter
def ltr(text: Any) -> SafeString:
    return format_html('<bdi dir="ltr">{}</bdi>', text) if text else SafeString("")


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
