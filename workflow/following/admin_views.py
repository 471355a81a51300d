"""Admin views: follow and stop following, open what is followed, and the list in which others' forums are found."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Page

from core.pagination import page_of
from core.plain_text import tidy_text
from editions.models import Edition
from workflow.following import services
from workflow.following.models import Followed
from workflow.following.news import address_of, news_of

FORUMS_A_PAGE = 20
MOST_SIGNS = 100  # of what is looked for


@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """What the person follows, and below it every forum and document that can be followed."""
    wanted = tidy_text(request.GET.get("q", ""))[:MOST_SIGNS].strip()
    pages = _forums(wanted).order_by("-path")
    found = page_of(request.GET, pages, FORUMS_A_PAGE)
    years = _years(found)
    rows = [(page, years.get(page.path[: -Page.steplen], ""), _documents(page)) for page in found]
    shown = [page.pk for page in found] + [edition.page_id for *_page, editions in rows for edition in editions]
    context = {
        "things": news_of(request.user),
        "found": found,
        "rows": rows,
        "wanted": wanted,
        "followed": services.followed_ids(request.user, shown),
    }
    return render(request, "workflow/following/admin_following.html", context)


def _forums(wanted: str) -> Any:
    """Live pages of forums that are called so, or hold a public document that is."""
    found = services.forum_pages().filter(live=True)
    if not wanted:
        return found
    paths = services.public_documents().filter(title__icontains=wanted).values_list("page__path", flat=True)
    above = {path[: -Page.steplen] for path in paths}
    return found.filter(title__icontains=wanted) | found.filter(path__in=above)


def _documents(page: Page) -> list[Edition]:
    return list(services.public_documents().filter(page__path__startswith=page.path).order_by("title"))


def _years(found: Any) -> dict[str, str]:
    """{path of a year's page: its title} above the forums."""
    above = {page.path[: -Page.steplen] for page in found}
    return dict(Page.objects.filter(path__in=above).values_list("path", "title"))


@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """page: which. do=stop: not any more; do=seen: all that stood on the page drawn at `until` was seen."""
    do = request.POST.get("do", "")
    if do == "seen":
        services.saw_everything(request.user, _instant(request.POST.get("until", "")))
        return _back(request)
    page = _page(request.POST.get("page", ""))
    if do == "stop":
        services.unfollow(request.user, page.pk)
        messages.success(request, _("You do not follow it any more."))
        return _back(request)
    try:
        services.follow(request.user, page, timezone.now())
    except services.CannotFollow:
        raise Http404 from None
    except services.FollowsTooMuch:
        said = _("You follow %d things already, as many as the first page can look through. Stop following one first.")
        messages.error(
            request,
            said % services.MOST_FOLLOWED,
            buttons=[messages.button(reverse("workflow_admin:following"), _("What I follow"))],
        )
    else:
        messages.success(request, _("You follow it: your first page tells what is new there."))
    return _back(request)


@require_safe
def open_followed(request: HttpRequest, followed_id: int) -> HttpResponse:
    """Leads to what is followed, and notes the visit. To be led there twice changes nothing more."""
    row = get_object_or_404(Followed.objects.select_related("page"), pk=followed_id, user_id=request.user.pk)
    address = address_of(request.user, row)
    if not address:
        raise Http404
    services.visited(request.user, row.page_id, timezone.now())
    return redirect(address)


def note_visit(request: HttpRequest, page: Page) -> None:
    """before_edit_page: whoever opens the text has seen what is new in it."""
    if request.method == "GET":
        services.visited(request.user, page.pk, timezone.now())


def _page(number: str) -> Page:
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404
    return get_object_or_404(Page.objects.all(), pk=int(number)).specific


def _instant(said: str) -> datetime:
    """Never one to come. Raises Http404 where it is none."""
    try:
        at = parse_datetime(said[:40])
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Http404
    return min(at, timezone.now())


def _back(request: HttpRequest) -> HttpResponse:
    """To the page on which the button stood."""
    address = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        address = reverse("workflow_admin:following")
    return redirect(address)
