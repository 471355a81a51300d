"""`{% follow_button page title %}`: with it a person of the desk follows a forum or document, or stops."""

from typing import Any

from django import template

from workflow.following.services import followed_ids

register = template.Library()


@register.inclusion_tag("workflow/following/admin_button.html", takes_context=True)
def follow_button(context: Any, page_id: int, title: str, followed: Any = None) -> dict[str, Any]:
    """followed: ids of pages that the person follows, where the page that draws many buttons knows them already."""
    request = context["request"]
    known = followed_ids(request.user, [page_id]) if followed is None else followed
    return {"page_id": page_id, "title": title, "is_followed": page_id in known, "request": request}
