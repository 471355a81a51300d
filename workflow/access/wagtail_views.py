"""Wagtail's own choosers and reports, kept from showing one forum's unpublished work to people of another.

Wagtail offers every page of the tree to link to, and its reports of the whole site to whoever may edit any page.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from workflow.access.capabilities_beside_transitions import is_secretariat

OF_THE_WHOLE_SITE = frozenset(
    {"locked-pages", "workflows", "workflow-tasks", "site-history", "aging-pages", "page-types-usage"}
)
"""Names of Wagtail's reports in its menu."""


def choosable_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Those that are public, and those that the person may see in the explorer."""
    mine = page_permission_policy.explorable_instances(request.user).order_by()
    return pages.filter(Q(live=True) | Q(pk__in=mine.values("pk")))


def reports_of_the_whole_site() -> Iterator[URLPattern]:
    """Wagtail's, at the same addresses, for the Secretariat alone."""
    from wagtail.admin.urls import reports  # asks all hooks for addresses: not before they are registered

    for pattern in reports.urlpatterns:
        yield URLPattern(pattern.pattern, _for_the_secretariat(pattern.callback), pattern.default_args, pattern.name)


def hide_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    if not is_secretariat(request.user):
        items[:] = [item for item in items if item.name not in OF_THE_WHOLE_SITE]


def _for_the_secretariat(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_secretariat(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return require_admin_access(checked)
