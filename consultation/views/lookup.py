"""Find what an address names, and the little that several views share."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from consultation.models import Draft, Period, Submission
from consultation.periods import is_commentable
from consultation.traffic import network_of
from editions.models import Edition


class Gone(Exception):
    """The document was withdrawn. `edition` is its last one."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition.identifier)
        self.edition = edition


def edition_at(year: int, forum: str, document: str) -> Edition:
    """The newest public edition of a document. Raises Http404, and Gone for a withdrawn one."""
    editions = Edition.objects.at(year, forum, document).defer("document")
    found = editions.current().first()
    if found is not None:
        return found
    last = editions.order_by("-number").first()
    if last is None:
        raise Http404
    raise Gone(last)


def gone(request: HttpRequest, error: Gone) -> HttpResponse:
    return render(request, "consultation/gone.html", {"edition": error.edition}, status=410)


def period_for(edition: Edition, now: Any) -> Period | None:
    """The period a new comment belongs to: the open one, else the one that closed last, else the next to open."""
    periods = list(Period.objects.filter(edition__series=edition.series).kept().with_edition())
    for period in periods:
        if is_commentable(period, now):
            return period
    over = [period for period in periods if period.closes <= now]
    if over:
        return max(over, key=lambda period: period.closes)
    return min(periods, key=lambda period: period.opens, default=None)


def draft_at(token: str) -> Draft:
    """Raises Http404."""
    found = (
        Draft.objects.select_related("period__edition", "period__process", "submission")
        .defer("period__edition__document")
        .filter(token=token)
        .first()
    )
    if found is None:
        raise Http404
    return found


def submission_at(secret: str) -> Submission:
    """Raises Http404."""
    found = (
        Submission.objects.select_related("submitter", "period__edition", "period__process")
        .defer("period__edition__document")
        .filter(secret=secret, submitter__erased_at=None)
        .first()
    )
    if found is None:
        raise Http404
    return found


def network(request: HttpRequest) -> str:
    return network_of(request.META.get("REMOTE_ADDR", ""))


def private(response: HttpResponse) -> HttpResponse:
    """A page that belongs to one person: in no cache, in no index, and its address goes to nobody."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def trail(edition: Edition, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Breadcrumb down to a document and what stands below it."""
    forum = edition.metadata.get("forum", {}).get("title") or edition.forum_slug
    return [
        (_("Home"), "/"),
        (_("Library"), "/library/"),
        (str(edition.year), f"/library/{edition.year}/"),
        (forum, f"/library/{edition.year}/{edition.forum_slug}/"),
        (edition.title, edition.address),
        *more,
    ]
