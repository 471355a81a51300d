"""Open calls for comment: a page and a feed of the same periods. Their calendar is `api.calendar.events`."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultation.edition_lookup import Gone, edition_at, gone, trail
from consultation.periods.models import Period
from consultation.periods.services import is_commentable, period_for
from core.atom import Entry, atom

MOST_RECENT = 20


def with_period(
    title: str | Promise,
) -> Callable[[Callable[[HttpRequest, Period, datetime], HttpResponse]], Callable[..., HttpResponse]]:
    """A view below a document's address, of the period in which it is commented on, at this moment. Where there is
    none, or the document was withdrawn, a page says so. title: of the view, in its trail."""

    def decorate(view: Callable[[HttpRequest, Period, datetime], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def found(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
            now = timezone.now()
            try:
                edition = edition_at(year, forum, document)
            except Gone as error:
                return gone(request, error)
            period = period_for(edition, now)
            if period is None:
                context = {"edition": edition, "breadcrumb": trail(edition, (str(title), request.path))}
                return render(request, "consultation/periods/no_period.html", context)
            return view(request, period, now)

        return found

    return decorate


def calls(now: datetime) -> tuple[list[Period], list[Period], list[Period]]:
    """(open, coming, lately closed) periods of public documents, the nearest date first."""
    visible = Period.objects.kept().filter(edition__withdrawn_at=None).with_edition()
    open_now = [each for each in visible.open_at(now).order_by("closes") if is_commentable(each, now)]
    coming = list(visible.coming_at(now).order_by("opens"))
    return open_now, coming, list(visible.over_at(now).order_by("-closes")[:MOST_RECENT])


@require_safe
def open_calls(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    open_now, coming, closed = calls(now)
    context = {
        "open_now": open_now,
        "coming": coming,
        "closed": closed,
        "every": [*open_now, *coming, *closed],
        "now": now,
        "breadcrumb": [(_("Home"), "/"), (_("Open calls for comment"), request.path)],
    }
    return render(request, "consultation/periods/open_calls.html", context)


def feed(request: HttpRequest) -> HttpResponse:
    """Atom (RFC 4287): one entry a period, newest first; a moved deadline is an update of it. Served by `api.urls`."""
    now = timezone.now()
    open_now, coming, closed = calls(now)
    periods = sorted([*open_now, *coming, *closed], key=lambda period: period.opens, reverse=True)
    return atom("/open-calls.atom", "/open-calls/", _("Open calls for comment"), map(_entry, periods))


def _changed(period: Period) -> datetime:
    last = period.changes.order_by("-at").first()  # type: ignore[attr-defined]
    return max(period.edition.published_at, last.at if last else period.edition.published_at)


def _entry(period: Period) -> Entry:
    closes = _("Comment closes %s UTC.") % f"{period.closes.astimezone(UTC):%Y-%m-%d %H:%M}"
    return Entry(
        address=f"{period.edition.permanent_address}#round-{period.round}",
        title=str(period.edition.title),
        updated=_changed(period),
        text=f"{closes} {period.announcement}",
        language=period.edition.language,
    )
