"""Middleware: the language of the reader, from the address or else as they chose; and links that stay in it.

In the admin it is the language of the account.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from core.languages.addresses import ALIASES, LANGUAGES, PREFIXES, has_language, in_language, split, with_links_in


class LanguageMiddleware:
    """`/ar/…` is Arabic for everybody. Without a prefix: the language that was saved, or the browser's, or English.

    What the address says, no header changes, so no cache mixes languages; without a prefix they count, and the answer
    says so. The prefix is taken off before anything else looks at the path, and put before the links of the answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info in LANGUAGES:  # "/ar": relative links would lead astray
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{request.path}/{'?' if query else ''}{query}")
        beginning, _slash, rest = request.path_info[1:].partition("/")
        if ours := ALIASES.get(f"/{beginning.lower()}"):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{ours}/{quote(rest)}{'?' if query else ''}{query}")
        named, path = split(request.path_info)
        if named:
            request.path = request.path.removesuffix(request.path_info) + path
            request.path_info = path
        language = named or translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        response: Any = self.get_response(request)
        if not named:
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        response.headers.setdefault("Content-Language", translation.get_language() or language)
        if not path.startswith("/admin/"):
            _keep_in(language, path, response)
        return response  # type: ignore[no-any-return]


class AdminLanguageMiddleware:
    """The language that a person chose for the admin (*Account*), for whatever is said there.

    Wagtail itself speaks it inside its views only: a refusal, an error and the questions of our own middleware would
    come in the language of the browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/admin/"):
            profile = getattr(request.user, "wagtail_userprofile", None)
            if profile and profile.preferred_language:
                translation.activate(profile.preferred_language)
                request.LANGUAGE_CODE = profile.preferred_language  # type: ignore[attr-defined]
        return self.get_response(request)


def _keep_in(language: str, path: str, response: Any) -> None:
    if has_language(path) and response.headers.get("Location", "").startswith("/"):
        response.headers["Location"] = in_language(response.headers["Location"], language)
    if (
        language not in PREFIXES
        or response.streaming
        or not response.headers.get("Content-Type", "").startswith("text/html")
    ):
        return
    response.content = with_links_in(response.content.decode(), language).encode()
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))
