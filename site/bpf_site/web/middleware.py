"""One strict content security policy for the public, a looser one for the Wagtail admin; and queries without NUL."""

import re
from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from bpf_site.settings.content_security_policy import ADMIN_EXCEPTIONS

_NUL = re.compile(r"%00|\x00")


class NulMiddleware:
    """Take NUL out of the query: no text holds one, and PostgreSQL answers a filter by it with an error.

    Forms refuse NUL by themselves, and no address of the site matches one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.META["QUERY_STRING"] = _NUL.sub("", request.META.get("QUERY_STRING", ""))
        return self.get_response(request)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith("/admin/"):
            response._csp_replace = ADMIN_EXCEPTIONS  # type: ignore[attr-defined]
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        return super().process_response(request, response)
