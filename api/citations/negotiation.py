"""A document or an edition answers in the form that `Accept` asks for: as a page, or as a citation in a file."""

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from api.citations.formats import FORMS
from api.http import one_link, problem
from editions.document.citation_styles import STYLES

PAGE = "text/html"
IN_WORDS = "text/x-bibliography"
OFFERED = {FORMS[form][0].partition(";")[0]: form for form in ("ld.json", "csl.json", "bib", "ris", "datacite.json")}
OFFERED[IN_WORDS] = "apa.txt"
OFFERED |= {f"{IN_WORDS}; style={style}": f"{style}.txt" for style in STYLES}
"""Media type to the form of the file: what the agencies of DOIs offer, a sentence in a style among it. Those whose type
says nothing (text, XML) have their own addresses only."""

_KIND = re.compile(r"[\w!#$&^.+*-]+/[\w!#$&^.+*-]+")
_TELLING = re.compile(r"\s*(q|style)\s*=", re.IGNORECASE)  # parameters: others, such as a charset, change nothing
LONGEST = 2000  # signs of an `Accept` that are read


class SeeOther(HttpResponseRedirect):
    """What was asked for has an address of its own (RFC 9110, 15.4.4)."""

    status_code = 303


def wanted_of(request: HttpRequest) -> str | None:
    """The type that is answered with: of the page, or one of OFFERED; None where neither will do."""
    return _preferred(request.headers.get("Accept", "")[:LONGEST])


@lru_cache(maxsize=512)
def _preferred(accept: str) -> str | None:
    """What is no media type is passed over; where nothing else stands, anything will do (RFC 9110, 12.4.1)."""
    asked = HttpRequest()
    asked.META["HTTP_ACCEPT"] = ", ".join(filter(None, map(_media_type, accept.split(","))))
    return asked.get_preferred_type([PAGE, *OFFERED]) if asked.META["HTTP_ACCEPT"] else PAGE


def _media_type(said: str) -> str:
    kind, *parameters = said.split(";")
    kind = "*/*" if kind.strip() == "*" else kind.strip().lower()
    telling = [each.strip().lower() for each in parameters if _TELLING.match(each)]
    return "; ".join([kind, *telling]) if _KIND.fullmatch(kind) else ""


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
