"""Middleware: the content security policy of public and admin, and addresses at which nothing can be."""

import re
import traceback
from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.db import DataError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _

from api.http import is_for_programs, problem
from bpf_site.settings.content_security_policy import ADMIN_EXCEPTIONS
from bpf_site.web.error_pages import bad_request

_NUL = re.compile(r"%00|\x00")
_NUMBER = re.compile(r"/(\d{10,})(?=/|$)")  # of every script: regular expressions of routes take them too
LARGEST = 2**31 - 1
"""What a column of ours and of Wagtail's can hold. A larger number makes SQLite and PostgreSQL raise."""


RAISED_BY_WAGTAIL = (
    (re.compile(r"/admin/.+/chosen/"), ValueError, "expected a number"),  # /chosen/<what is no number>/
    (re.compile(r"/admin/redirects/import/process/"), KeyError, "'i"),  # without the step before it
    (re.compile(r"/admin/pages/\d+/set_position/"), AttributeError, "'NoneType'"),  # of the root
    (re.compile(r"/admin/snippets/choose/.+/create/"), AttributeError, "is_valid"),  # a chooser that creates nothing
)
"""Address, exception, part of its text. tests/site/web/test_incomplete_forms.py asks every address of the admin."""
GARBLED = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What widgets and blocks raise of a form that no page sends."""
NUL_REFUSED = "NUL (0x00)"
"""Words of psycopg's about a text that PostgreSQL does not take, where a view reads a field without a form."""


class ImpossibleAddressMiddleware:
    """Answer 404 where no row can be at an address, for our views and Wagtail's alike: NUL, or a number too large.

    PostgreSQL answers whatever asks for a NUL with an error. In the query a space takes its place: taken out, what
    stood around it might be the next one (`%0%000`). A cookie that holds one is none of ours. Forms refuse it by
    themselves; IncompleteFormMiddleware, where a field is read without one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.META["QUERY_STRING"] = _NUL.sub("%20", request.META.get("QUERY_STRING", ""))
        for name in [name for name, value in request.COOKIES.items() if "\x00" in value]:
            del request.COOKIES[name]
        path = request.path_info
        too_large = any(int(number[:20]) > LARGEST for number in _NUMBER.findall(path))
        if "\x00" in path or (too_large and not path.startswith("/api/")):  # whose answers are no pages
            raise Http404
        return self.get_response(request)


class IncompleteFormMiddleware:
    """Answer 400 where a request lacks what the page before it always sends, or sends what no page would: Wagtail 7.4
    raises then. What was garbled is told by where it was raised: while a widget or block read the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if request.method == "POST" and (
            isinstance(exception, MultiValueDictKeyError)
            or (isinstance(exception, DataError | ValueError) and NUL_REFUSED in str(exception))
            or (isinstance(exception, GARBLED) and _while_a_form_was_read(exception))
        ):
            return bad_request(request, exception)
        for place, kind, said in RAISED_BY_WAGTAIL:
            if isinstance(exception, kind) and said in str(exception) and place.match(request.path):
                return bad_request(request, exception)
        return None


def _while_a_form_was_read(exception: Exception) -> bool:
    frames = traceback.walk_tb(exception.__traceback__)
    return any(frame.f_code.co_name == "value_from_datadict" for frame, _line in frames)


class EncryptedDoorsMiddleware:
    """Refuse a program that asks over plain HTTP: a redirect would hide from its maker that others can read along.

    Only where SECURE_SSL_REDIRECT leads people on. Before SecurityMiddleware, which redirects whatever reaches it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SECURE_SSL_REDIRECT and not request.is_secure() and _is_for_programs(request.path_info):
            return problem(403, _("This address is answered over https:// only."))
        return self.get_response(request)


_FEED = re.compile(r"/search/feed|/library/.+\.atom", re.DOTALL)
"""Of rooms beneath the one that knows what a door is."""


def _is_for_programs(path: str) -> bool:
    try:
        return bool(_FEED.fullmatch(path)) or is_for_programs(resolve(path).func)
    except Resolver404:
        return False


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith("/admin/"):
            response._csp_replace = ADMIN_EXCEPTIONS  # type: ignore[attr-defined]
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        return super().process_response(request, response)
