"""What every door for machines has in common: open to scripts of any site, revalidated, and limited by name."""

from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page

from editions.models import Edition
from gate.client_address import network
from gate.forms.public_forms import PublicForm
from gate.rate_limits import count_request

View = Callable[..., HttpResponseBase]

DOOR = PublicForm("door for programs")
"""OAI-PMH asks by POST too (protocol 2.0, 3.1.1.2); nothing is kept of it."""


def is_for_programs(view: Any) -> bool:
    return getattr(view, "public_form", None) is DOOR and not getattr(view, "for_people", True)


class Withdrawn(Exception):
    """What was asked for was public once: a door answers 410. `edition` is the one that tells when and why."""

    def __init__(self, identifier: str, edition: Edition) -> None:
        super().__init__(identifier)
        self.identifier = identifier
        self.edition = edition


def door(*methods: str, for_people: bool = False) -> Callable[[View], View]:
    """A view for programs. methods: besides GET, HEAD and OPTIONS. for_people: a page about the doors, beside them."""
    allowed = ("GET", "HEAD", "OPTIONS", *methods)

    def decorate(view: View) -> View:
        answered = conditional_page(_saying_what_is_gone(view))

        @DOOR.takes
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in allowed:
                response: HttpResponseBase = problem(405, _("Only these are answered here: %s.") % ", ".join(allowed))
                response["Allow"] = ", ".join(allowed)
            elif request.method == "OPTIONS":
                response = HttpResponse(status=204)
                response["Access-Control-Allow-Methods"] = ", ".join(allowed)
                response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since, Range"
            elif seconds := count_request("api", network(request), settings.API_REQUESTS_A_MINUTE):
                most = {"most": settings.API_REQUESTS_A_MINUTE, "seconds": seconds}
                response = problem(
                    429, _("More than %(most)d requests in a minute. Come back in %(seconds)d seconds.") % most
                )
                response["Retry-After"] = str(seconds)
            else:
                response = _as_got(answered, request, *args, **kwargs)
            return _open(response)

        wrapped.for_people = for_people  # type: ignore[attr-defined]
        return wrapped

    return decorate


def still_public(edition: Edition | None) -> Edition:
    """The edition that an address names. Raises Http404 where there is none, and Withdrawn."""
    if edition is None:
        raise Http404
    if not edition.is_public:
        raise Withdrawn(edition.identifier, edition)
    return edition


def _saying_what_is_gone(view: View) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Withdrawn as withdrawn:
            return _gone(withdrawn)

    return wrapped


def _as_got(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """The headers of a HEAD are those of the GET, its ETag among them; the server leaves the body out."""
    method = request.method
    request.method = "GET" if method == "HEAD" else method
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = method


def problem(status: int, detail: str, faults: Iterable[tuple[str, str]] = (), **more: Any) -> JsonResponse:
    """A refusal in the shape of every refusal (RFC 9457). faults: (parameter, reason) of what was wrong."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": [{"parameter": parameter, "reason": reason} for parameter, reason in faults],
    }
    return JsonResponse(body | more, status=status, content_type="application/problem+json")


def _gone(withdrawn: Withdrawn) -> JsonResponse:
    """Of a withdrawn edition, or of its document: when and why, and no word of it."""
    return problem(
        410,
        _("This was withdrawn."),
        identifier=withdrawn.identifier,
        withdrawn_at=withdrawn.edition.withdrawn_at,
        reason=withdrawn.edition.withdrawn_reason,
    )


def _open(response: HttpResponseBase) -> HttpResponseBase:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Content-Disposition, ETag, Last-Modified, Link, Retry-After"
    response["X-Content-Type-Options"] = "nosniff"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def one_link(target: str, relation: str, attributes: dict[str, str]) -> str:
    return "".join(
        [f"<{target}>", f'; rel="{relation}"', *(f'; {name}="{value}"' for name, value in attributes.items())]
    )
