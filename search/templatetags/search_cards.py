"""Small words for the templates of the search room."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from core.languages.names import own_name
from core.languages.template_tags import forum_called, tongue
from core.plain_text import shortened
from search.facets.definitions import SECTION_LABELS, Text
from workflow.states import standing_words

register = template.Library()


@register.filter
def stage_words(card: Mapping[str, Any]) -> Text:
    """The stage of a card; a recorded output is called by what it is."""
    return standing_words(card["stage"])


@register.simple_tag(takes_context=True)
def forum_of(context: Mapping[str, Any], card: Mapping[str, Any], most: int) -> SafeString:
    """The forum of a card as the reader calls it, where the menus of the page say so, else as its edition froze it.

    most: letters.
    """
    title, language = forum_called(context, card["year"], card["forum_slug"], card["forum"])
    return tongue(shortened(title, most), language)


register.filter("language_label", own_name)


@register.filter
def section_label(kind: str) -> Text:
    return SECTION_LABELS.get(kind, kind)
