"""Middleware: a session that still owes a second factor is nobody's, and grave changes ask for proof."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from accounts.events import refusals
from accounts.events.current_request import answering
from accounts.open_sessions.services import note_use
from accounts.reauthentication.views import intercept
from accounts.signing_in.sessions import whole


class AccountsMiddleware:
    """After AuthenticationMiddleware, and after the check of CSRF."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        request.user = SimpleLazyObject(lambda: whole(request, user))  # type: ignore[assignment]
        with answering(request):
            answer = self.get_response(request)
        note_use(request)
        if answer.status_code == 403:
            refusals.note(request)
        return answer

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        return intercept(request) if request.method == "POST" else None
