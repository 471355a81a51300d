"""`{% sessions_of series %}`: the session records of a document, for its public page."""

from typing import Any

from django import template

from workflow.sessions.services import sessions_of_series

register = template.Library()


@register.inclusion_tag("workflow/sessions/sessions.html")
def sessions_of(series: str) -> dict[str, Any]:
    return {"sessions": sessions_of_series(series)}
