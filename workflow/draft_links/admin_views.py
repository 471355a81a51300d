"""Admin views of draft links: give one out, see who has which, take one back."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page

from core.http.site_urls import absolute
from workflow.access.capabilities_beside_transitions import GIVE_DRAFT_LINKS, may
from workflow.draft_links.forms import DraftLinkForm
from workflow.draft_links.models import DraftLink
from workflow.draft_links.services import make_link, path_of, revoke_link
from workflow.transitions.governed_pages import governed_page


def _page(request: HttpRequest, page_id: int) -> Page:
    """Links are given out by those who answer for the document: a rapporteur drafts, and asks them."""
    page = governed_page(request, page_id)
    if not may(request.user, GIVE_DRAFT_LINKS, page):
        raise PermissionDenied
    return page


def links(request: HttpRequest, page_id: int) -> HttpResponse:
    page = _page(request, page_id)
    now = timezone.now()
    form = DraftLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        make_link(page, by=request.user, at=now, **form.cleaned_data)
        messages.success(request, _("The link is made. It stands in the list below."))
        return redirect("workflow_admin:draft_links", page.pk)
    rows = [
        {"link": link, "address": absolute(path_of(link)), "is_open": link.is_open(now), "visits": link.visits.count()}
        for link in DraftLink.objects.filter(page_id=page.pk).select_related("made_by", "page")
    ]
    return render(request, "workflow/draft_links/admin_draft_links.html", {"page": page, "form": form, "rows": rows})


@require_POST
def take_back(request: HttpRequest, page_id: int, link_id: int) -> HttpResponse:
    page = _page(request, page_id)
    revoke_link(get_object_or_404(DraftLink, pk=link_id, page_id=page.pk), timezone.now())
    messages.success(request, _("The link is closed."))
    return redirect("workflow_admin:draft_links", page.pk)
