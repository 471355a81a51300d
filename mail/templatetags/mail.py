"""Template tag of pages behind a mailed link: what else waits under the same address."""

from typing import Any

from django import template
from django.db.models import Model

from mail.occasions import others_waiting

register = template.Library()


@register.inclusion_tag("mail/also_waiting.html")
def also_waiting(row: Model | None) -> dict[str, Any]:
    """row: of the link. Only for a page that a link opened which was mailed to the row's address."""
    return {"waiting": others_waiting(row) if row is not None else []}
