"""Small words for the templates of the search room."""

from collections.abc import Mapping
from typing import Any

from django import template

from search.facets.definitions import SECTION_LABELS, Text, language_name
from workflow.states import standing_words

register = template.Library()


@register.filter
def stage_words(card: Mapping[str, Any]) -> Text:
    """The stage of a card; a recorded output is called by what it is."""
    return standing_words(card["stage"])


register.filter("language_label", language_name)


@register.filter
def section_label(kind: str) -> Text:
    return SECTION_LABELS.get(kind, kind)
