"""The roads by which the Wagtail admin deletes pages. Each says why a page stays before it asks for permission.

Stock Wagtail answers "you do not have permission", which names neither what was published nor what links to it.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from rest_framework.exceptions import PermissionDenied as Forbidden
from rest_framework.response import Response
from wagtail.admin import messages
from wagtail.admin.api.actions.delete import DeletePageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page

from workflow.deletion.refusals import Stay, why_it_stays
from workflow.transitions.governed_pages import GovernedPage


def _stays(page: Page, user: Any) -> Stay | None:
    """Why a page stays, for those who may edit it; for others Wagtail's own refusal says enough."""
    if not page.specific.permissions_for_user(user).can_edit():
        return None
    return why_it_stays(page, user)


@require_admin_access
def delete(request: HttpRequest, page_id: int) -> HttpResponse:
    """Stands before Wagtail's view of the same address."""
    page = get_object_or_404(Page, pk=page_id)
    if (stay := _stays(page, request.user)) is not None:
        return refuse(request, stay)
    # By its name among Wagtail's addresses, which gather everybody's when they are imported, so not before a request:
    # the view is a function in one release and a class in the next.
    from wagtail.admin.urls import pages

    stock = next(entry for entry in pages.urlpatterns if entry.name == "delete")
    answer: HttpResponse = stock.callback(request, page_id=page_id)
    return answer


def refuse(request: HttpRequest, stay: Stay) -> HttpResponse:
    """Say it, and go to where it can be seen what links to the document."""
    _say(request, stay)
    if isinstance(stay.page.specific, GovernedPage):
        return redirect("workflow_admin:relations", stay.page.pk)
    return redirect("wagtailadmin_pages:edit", stay.page.pk)


def _say(request: HttpRequest, stay: Stay) -> None:
    words, address = stay.instead
    messages.error(request, stay.said, buttons=[messages.button(address, words)])


class NamingDeleteBulkAction(DeleteBulkAction):
    """One page that has to stay stops the whole deletion, and is named with what links to it."""

    template_name = "workflow/deletion/admin_bulk_delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        staying = self._staying()
        kept = {stay.page.pk for stay in staying}
        others = [item for item in context["items_with_no_access"] if item["item"].pk not in kept]
        return context | {"staying": staying, "items_with_no_access": others}

    def prepare_action(self, objects: list[Page], objects_without_access: dict[str, Any]) -> HttpResponse | None:
        staying = self._staying()
        for stay in staying[1:]:
            _say(self.request, stay)
        return refuse(self.request, staying[0]) if staying else None

    def _staying(self) -> list[Stay]:
        chosen = self.request.GET.getlist("id")
        if "all" in chosen:
            chosen = self.get_all_objects_in_listing_query(self.request.GET.get("childOf"))
        pages = self.get_queryset(self.model, chosen)
        return [stay for page in pages if (stay := _stays(page, self.request.user)) is not None]


class NamingDeleteAPIAction(DeletePageAPIAction):
    def execute(self, instance: Page, data: Any) -> Response:
        if (stay := _stays(instance, self.request.user)) is not None:
            raise Forbidden(
                {
                    "detail": stay.why,
                    "links": [{"what": link.what, "address": link.address} for link in stay.links],
                    "instead": {"what": stay.instead[0], "address": stay.instead[1]},
                }
            )
        try:
            return super().execute(instance, data)
        except PermissionDenied as error:
            raise Forbidden(str(error)) from error


class NamingPagesAdminAPIViewSet(PagesAdminAPIViewSet):
    actions = PagesAdminAPIViewSet.actions | {"delete": NamingDeleteAPIAction}


def name_in_the_interface_for_programs(router: WagtailAPIRouter) -> None:
    """construct_admin_api"""
    router.register_endpoint("pages", NamingPagesAdminAPIViewSet)
