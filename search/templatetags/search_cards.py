"""Small words for the templates of the search room."""

from django import template

from editions.document import direction_of
from search.facets import SECTION_LABELS, Text
from workflow.states import State

register = template.Library()


@register.filter
def direction(language: str) -> str:
    """`ltr` or `rtl` of a language tag."""
    return direction_of(language)


@register.filter
def stage_label(stage: str) -> Text:
    return State(stage).label if stage in State else stage


@register.filter
def section_label(kind: str) -> Text:
    return SECTION_LABELS.get(kind, kind)
