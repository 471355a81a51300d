"""Wagtail's own choosers and reports, kept from showing one forum's unpublished work to people of another.

Wagtail offers every page of the tree to link to, its reports of the whole site to whoever may edit any page, and the
files of the library to whoever asks its interface for programs; and some of its views say what a thing is called before
they ask who wants to know.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, URLPattern
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents import get_document_model
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images import get_image_model
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import page_permission_policy

from core.plain_text import whole_number
from workflow.access.capabilities_beside_transitions import is_secretariat
from workflow.access.forum_files import READING

OF_THE_WHOLE_SITE = frozenset(
    {"locked-pages", "workflows", "workflow-tasks", "site-history", "aging-pages", "page-types-usage"}
)
"""Names of Wagtail's reports in its menu."""

TELLING: dict[str, tuple[str, tuple[str, ...]]] = {
    "wagtailadmin_choose_page_child": ("wagtailcore.page", ("parent_page_id",)),
    "wagtailadmin_pages:move_confirm": ("wagtailcore.page", ("page_to_move_id", "destination_id")),
    "wagtailadmin_pages:workflow_preview": ("wagtailcore.page", ("page_id",)),
    "wagtailimages_chooser:select_format": ("wagtailimages.image", ("image_id",)),
}
"""Wagtail's views that name whatever has a number, to everybody -> what it is, and the parts of the address. Two more
take numbers from the query: what was chosen of pages, and every step with many things at once."""


class OthersWorkMiddleware:
    """Nothing is at an address of the admin that names a draft or a file of a forum that the person does not work in.

    After the middleware that knows who asks. tests/workflow/access/test_other_forums.py asks every address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if not request.path_info.startswith("/admin/") or not request.user.is_authenticated:
            return
        model, numbers = _named(request, request.resolver_match)
        visible = _visible(model, request) if model and numbers else None
        if visible is None:
            return
        there = model.objects.filter(pk__in=numbers)  # type: ignore[union-attr]
        if there.exclude(pk__in=visible.order_by().values("pk")).exists():
            raise Http404


def _named(request: HttpRequest, match: ResolverMatch | None) -> tuple[type[Model] | None, list[int]]:
    """What a view that tells names of things was asked for: their table and numbers."""
    name = match.view_name if match else ""
    kwargs = match.kwargs if match else {}
    if name in TELLING:
        label, parts = TELLING[name]
        return apps.get_model(label), [kwargs[part] for part in parts]
    asked = [number for number in map(whole_number, request.GET.getlist("id")) if number is not None]
    if name == "wagtailadmin_choose_page_chosen_multiple":
        return Page, asked
    if name == "wagtail_bulk_action":
        label = f"{kwargs['app_label']}.{kwargs['model_name']}".lower()
        model = next((model for model in apps.get_models() if model._meta.label_lower == label), None)
        whole_list = model is Page and "all" in request.GET.getlist("id")  # of files Wagtail takes those one may change
        return model, _listed_pages(request.GET.get("childOf", "")) if whole_list else asked
    return None, []


def _listed_pages(parent: str) -> list[int]:
    """What "all of the list" can stand for: pages below one, or below none, also those that a search finds deeper."""
    if not parent:
        return list(Page.objects.values_list("pk", flat=True))
    below = Page.objects.filter(pk=whole_number(parent)).first()
    if below is None:
        raise Http404
    return list(below.get_descendants().values_list("pk", flat=True))


def _visible(model: type[Model], request: HttpRequest) -> QuerySet[Any] | None:
    """Of pages and files of the library, those that a person may see; None of what belongs to no forum."""
    if issubclass(model, Page):
        return choosable_pages(Page.objects.all(), request)
    policies = {get_image_model(): image_policy, get_document_model(): document_policy}
    return _readable(policies[model], request) if model in policies else None


def _readable(policy: Any, request: HttpRequest) -> QuerySet[Any]:
    found: QuerySet[Any] = policy.instances_user_has_any_permission_for(request.user, READING)
    return found


class ReadableImages(ImagesAdminAPIViewSet):  # type: ignore[misc]
    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(pk__in=_readable(image_policy, self.request).values("pk"))  # type: ignore[no-any-return]


class ReadableDocuments(DocumentsAdminAPIViewSet):  # type: ignore[misc]
    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(pk__in=_readable(document_policy, self.request).values("pk"))  # type: ignore[no-any-return]


def readable_files_for_programs(router: WagtailAPIRouter) -> None:
    """In place of Wagtail's, which list every file of the library to whoever has an account."""
    router.register_endpoint("images", ReadableImages)
    router.register_endpoint("documents", ReadableDocuments)


def filter_by_people_of_what_is_seen() -> None:
    """Let the explorer's filters by owner and writer name those of the pages that a person may see there; Wagtail has
    everybody who ever wrote. Its filters are copied for each request from these."""
    from wagtail.admin.views.pages.listing import PageFilterSet

    PageFilterSet.declared_filters["owner"].queryset = _owners
    PageFilterSet.declared_filters["edited_by"].queryset = _writers


def _owners(request: HttpRequest) -> QuerySet[Any]:
    seen = page_permission_policy.explorable_instances(request.user).order_by()
    return get_user_model().objects.filter(pk__in=seen.values("owner"))


def _writers(request: HttpRequest) -> QuerySet[Any]:
    seen = page_permission_policy.explorable_instances(request.user).order_by()
    edits = PageLogEntry.objects.filter(action="wagtail.edit", page__in=seen.values("pk")).order_by()
    return get_user_model().objects.filter(pk__in=edits.values("user"))


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
