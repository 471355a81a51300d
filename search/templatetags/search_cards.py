"""Small words for the templates of the search room."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from editions.document.model import direction_of
from search.facets.definitions import SECTION_LABELS, Text
from workflow.states import State

register = template.Library()


@register.filter
def direction(language: str) -> str:
    """`ltr` or `rtl` of a language tag."""
    return direction_of(language)


@register.filter
def stage_words(card: Mapping[str, Any]) -> Text:
    """The stage of a card. A recorded output claims no consensus declared here, so it is called recorded."""
    if card["recorded"]:
        return _("Recorded outcome")
    return State(card["stage"]).label if card["stage"] in State else card["stage"]


@register.filter
def section_label(kind: str) -> Text:
    return SECTION_LABELS.get(kind, kind)
