"""A document or an edition answers in the form that `Accept` asks for: as a page, or as a citation in a file."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from api.citations.formats import FORMS
from api.http import one_link, problem

PAGE = "text/html"
OFFERED = {FORMS[form][0].partition(";")[0]: form for form in ("ld.json", "csl.json", "bib", "ris", "datacite.json")}
"""Media type to the form of the file. Those whose type says nothing (text, XML) have their own addresses only."""


class SeeOther(HttpResponseRedirect):
    """What was asked for has an address of its own (RFC 9110, 15.4.4)."""

    status_code = 303


def wanted_of(request: HttpRequest) -> str | None:
    """The type that is answered with: of the page, or one of OFFERED; None where neither will do."""
    return request.get_preferred_type([PAGE, *OFFERED]) if request.headers.get("Accept", "").strip() else PAGE


def wants_page(request: HttpRequest) -> bool:
    return wanted_of(request) == PAGE


def negotiated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A view at an address below which `cite.<form>` stands. Whoever asks for anything, or for nothing, gets its page;
    of two forms that are wanted alike, the one that was named first. 406 names what there is."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = wanted_of(request)
        response: HttpResponseBase
        if wanted == PAGE:
            response = view(request, *args, **kwargs)
        elif wanted is None:
            response = _of_another_kind(request)
        else:
            response = SeeOther(f"{request.path}cite.{OFFERED[wanted]}")
        if wanted != PAGE:
            response["Access-Control-Allow-Origin"] = "*"
        patch_vary_headers(response, ["Accept"])
        return response

    return wrapped


def _of_another_kind(request: HttpRequest) -> HttpResponseBase:
    response = problem(406, _("There is nothing of this kind here."), available=[PAGE, *OFFERED])
    there = {f"{request.path}cite.{form}": kind for kind, form in OFFERED.items()} | {request.path: PAGE}
    response["Link"] = ", ".join(one_link(path, "alternate", {"type": kind}) for path, kind in there.items())
    return response
