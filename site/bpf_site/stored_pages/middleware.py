"""Middleware: a public page that nobody signed in asks for is answered as it was stored, while it holds.

Outside the middleware of languages, sessions and forms, none of which it needs: the page went through them when it was
drawn. Inside those that count requests, refuse plain HTTP and add headers for everybody.
"""

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import re_accepts_gzip
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers

from api.citations.negotiation import wants_page
from bpf_site.stored_pages import store
from bpf_site.stored_pages.purge_rules import STORED, good_until, keys_of
from core.languages.addresses import split

LONGEST_WAIT_S = 5.0
CACHING = "public, max-age=0, must-revalidate"
"""Browsers and proxies may keep it, and ask each time whether it still holds."""
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
OTHERWISE = ("HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
"""Of requests that are answered as if there were no store."""
VARIES_BY = {"accept", "accept-encoding", "accept-language", "cookie"}
"""By what a page is found, compression and session are settled. What varies by anything else is not stored."""
FIELDS_OF_ONE = (b'name="form_token"', b'name="csrfmiddlewaretoken"')
"""Of a form that is drawn for one visitor: a second one could not send it."""
OF_ENCODING = {"content-length", "content-encoding", "etag"}


class StoredPagesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._one_draws = OneAtATime()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        place = place_of(request)
        if place is None:
            return self.get_response(request)
        page = store.find(place, timezone.now())
        if page is not None:
            return answer(request, page)
        if not is_stored(split(request.path_info)[1]):
            return self.get_response(request)
        with self._one_draws(place) as waited:
            page = store.find(place, timezone.now()) if waited else None
            return answer(request, page) if page else self._drawn(request, place)

    def _drawn(self, request: HttpRequest, place: str) -> HttpResponseBase:
        now, sums = timezone.now(), store.sums_now()
        if sums is None:
            return self.get_response(request)
        until = good_until(now)
        asked = {name: request.META.pop(name) for name in CONDITIONS if name in request.META}
        method, request.method = request.method, "GET"  # what is stored for a HEAD is the whole page
        with store.tables_read() as tables:
            response: Any = self.get_response(request)
        request.META.update(asked)
        request.method = method
        keys = keys_of(tables)
        if keys is None or not may_be_stored(request, response):
            whole_or_known: Any = get_conditional_response(
                request, etag=response.headers.get("ETag"), response=response
            )
            return whole_or_known  # type: ignore[no-any-return]
        patch_vary_headers(response, ["Accept-Encoding"])
        response.headers["Cache-Control"] = CACHING
        headers = ((name, value) for name, value in response.items() if name.lower() not in OF_ENCODING)
        of_keys = {key: sums.get(key) for key in keys}
        page = store.page_of(headers, response.content, sums=of_keys, drawn_at=now, until=until)
        store.keep(place, page)
        return answer(request, page)


def place_of(request: HttpRequest) -> str | None:
    """What a page is found by: everything in a request that it may depend on. None for what is never stored."""
    if (
        not settings.STORED_PAGES
        or request.method not in ("GET", "HEAD")
        or request.META.get("QUERY_STRING")
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or any(name in request.META for name in OTHERWISE)
        or not wants_page(request)
    ):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    prefix = split(request.path_info)[0]
    language = prefix or translation.get_language_from_request(request)
    negotiated = "" if prefix else "negotiated"
    return "\n".join((str(request.scheme), host, language, negotiated, request.get_full_path()))


def is_stored(path: str) -> bool:
    try:
        return resolve(path).view_name in STORED
    except Resolver404:
        return False


def may_be_stored(request: HttpRequest, response: Any) -> bool:
    caching = words_of(response.headers.get("Cache-Control", ""))
    varies = words_of(response.headers.get("Vary", ""))
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META  # a form of this page holds a token
        and not caching & {"private", "no-store", "no-cache"}
        and varies <= VARIES_BY
        and "Content-Encoding" not in response.headers
        and not any(field in response.content for field in FIELDS_OF_ONE)
        and not any(name.startswith("_csp") for name in vars(response))  # headers that are added further out
    )


def words_of(header: str) -> set[str]:
    return {word.strip().lower() for word in header.split(",") if word.strip()}


def answer(request: HttpRequest, page: store.StoredPage) -> HttpResponseBase:
    """The page, compressed for whoever takes that; 304 for whoever has it."""
    response = HttpResponse(headers=dict(page.headers))
    response.headers["ETag"] = page.etag
    known: Any = get_conditional_response(request, etag=page.etag, response=response)
    if known is not response:
        return known  # type: ignore[no-any-return]
    if re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        response.content = page.body
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.content = gzip.decompress(page.body)
    response.headers["Content-Length"] = str(len(response.content))
    return response


class OneAtATime:
    """Of the threads of this process, one draws a page; those that ask for it meanwhile wait, and find it stored."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._drawn: dict[str, tuple[threading.Lock, set[int]]] = {}

    @contextmanager
    def __call__(self, place: str) -> Iterator[bool]:
        """Whether another one was waited for. After LONGEST_WAIT_S nobody waits on."""
        me = threading.get_ident()
        with self._lock:
            lock, concerned = self._drawn.setdefault(place, (threading.Lock(), set()))
            waits = bool(concerned)
            concerned.add(me)
        has_it = lock.acquire(timeout=LONGEST_WAIT_S)
        try:
            yield waits
        finally:
            if has_it:
                lock.release()
            with self._lock:
                concerned.discard(me)
                if not concerned:
                    self._drawn.pop(place, None)
