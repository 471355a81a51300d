"""Template tags that draw the cycle of a document or a forum."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone

from bpf_pages.cycles.facts import cycle_of_document, cycle_of_forum
from bpf_pages.cycles.picture import Cycle
from consultation.periods.models import Period
from editions.models import Edition

register = template.Library()


@register.simple_tag
def document_cycle(edition: Edition, periods: Iterable[Period]) -> Cycle | None:
    """periods: of the document, such as `reading_of` gave them."""
    return cycle_of_document(edition, periods, timezone.now())


@register.simple_tag
def forum_cycle(page: Any, editions: Iterable[Edition]) -> Cycle | None:
    return cycle_of_forum(page, list(editions), timezone.now())
