"""Template tag for the page of results: the pages that are called what was asked."""

from django import template
from django.utils.translation import get_language

from bpf_pages.wordings.named_places import Place, places_named
from core.languages.template_tags import OWN

register = template.Library()


@register.simple_tag(name="places_named")
def of_question(question: str) -> list[Place]:
    return places_named(question, get_language() or OWN)
