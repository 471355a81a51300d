"""Read comments and their answers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultation.comments.models import Comment
from consultation.comments.public_comments import public_comments, reading_of, shown
from consultation.edition_lookup import Gone, edition_at, gone, trail
from consultation.periods.models import Period
from consultation.periods.services import period_for
from consultation.vocabulary import Kind, Outcome
from core.pagination import page_of
from editions.models import Edition

PAGE = 25
"""Comments on one page: 500 comments on a text of 2,000 paragraphs then take about 40 ms of CPU."""


def wanted_from(query: QueryDict) -> dict[str, Any]:
    """The filters of an address, cleaned. A value nobody knows is ignored."""
    wanted: dict[str, Any] = {}
    if (on := query.get("on", ""))[:1] in {"p", "h", "d"} and len(on) <= 16:
        wanted["on"] = on
    within = query.get("in", "")
    if within.isdecimal() and len(within) < 5:
        wanted["in"] = int(within)
    if (kind := query.get("kind")) in Kind.values:
        wanted["kind"] = kind
    if (outcome := query.get("outcome")) in {*Outcome.values, "none"}:
        wanted["outcome"] = outcome
    edition = query.get("edition", "")
    if edition.isdecimal() and len(edition) < 5:
        wanted["edition"] = int(edition)
    return wanted


def _asked(request: HttpRequest, edition: Edition) -> tuple[str, int | None]:
    """(what somebody typed into the field, the number of a public comment if it is one)."""
    asked = request.GET.get("number", "").strip().lstrip("#").strip()[:6]
    if not asked.isdecimal():
        return asked, None
    found = Comment.objects.public().filter(series=edition.series, number=int(asked))
    return asked, found.values_list("number", flat=True).first()


@require_safe
def comments(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    """All public comments of a document, over all its editions. ?number=12 leads to that one; a number that is none's
    is said, above the list."""
    now = timezone.now()
    try:
        edition = edition_at(year, forum, document)
    except Gone as error:
        return gone(request, error)
    asked, found = _asked(request, edition)
    if found:
        return redirect("consultation:comment", year, forum, document, found)
    wanted = wanted_from(request.GET)
    page = page_of(request.GET, public_comments(edition.series, wanted).for_reading(), PAGE)
    period = period_for(edition, now)
    context = {
        "edition": edition,
        "reading": reading_of(edition, now, with_margin=False),
        "period": period,
        "period_state": period.state_at(now) if period else None,
        "scope_headings": period.edition.passages.filter(anchor__in=period.sections)
        if period and period.sections
        else (),
        "periods": Period.objects.filter(edition__series=edition.series).kept().prefetch_related("changes"),
        "page": page,
        "comments": shown(page.object_list, edition),
        "wanted": wanted,
        "asked": asked,
        "kinds": Kind.choices,
        "outcomes": [*Outcome.choices, ("none", _("Not yet answered"))],
        "breadcrumb": trail(edition, (_("Comments"), request.path)),
    }
    return render(request, "consultation/comments/comments.html", context, status=404 if asked else 200)


@require_safe
def comment(request: HttpRequest, year: int, forum: str, document: str, number: int) -> HttpResponse:
    """One comment, for ever: its words, or a tombstone that says why they are not there."""
    try:
        edition = edition_at(year, forum, document)
    except Gone as error:
        return gone(request, error)
    found = list(Comment.objects.public().filter(series=edition.series, number=number).for_reading())
    if not found:
        raise Http404
    item = shown(found, edition)[0]
    context = {
        "edition": edition,
        "item": item,
        "reading": reading_of(edition, timezone.now(), with_margin=False),
        "breadcrumb": trail(edition, (_("Comments"), f"{edition.address}comments/"), (f"#{number}", request.path)),
    }
    return render(request, "consultation/comments/comment.html", context)
