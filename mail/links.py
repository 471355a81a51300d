"""The page for a link of a mail that has ended or is not whole: what happened, and what to do next."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.http.response_headers import unlisted
from core.tokens import BadLink


def bad_link(request: HttpRequest, error: BadLink, *, stops: bool = False) -> HttpResponse:
    """410 where it ended, 404 where part of it is missing. stops: it was to end mails, not to confirm something."""
    days = settings.TOKEN_DAYS["unsubscribe" if stops else "confirm"]
    context = {"expired": error.expired, "stops": stops, "days": days}
    response = render(request, "mail/bad_link.html", context, status=410 if error.expired else 404)
    response.headers["Cache-Control"] = "no-store"
    return unlisted(response)
