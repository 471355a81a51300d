"""Template tags for the page of results: the pages and the terms that are called what was asked."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import get_language

from bpf_pages.glossary.searched_terms import terms_named
from bpf_pages.wordings.named_places import Place, places_named
from core.languages.template_tags import OWN

register = template.Library()
register.simple_tag(terms_named)


@register.simple_tag(takes_context=True, name="places_named")
def of_question(context: Mapping[str, Any], question: str) -> list[Place]:
    """In the words that the menus of the page have asked for already."""
    return places_named(question, get_language() or OWN, context["navigation"]["wordings"])
