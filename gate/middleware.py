"""Middleware: no body longer than its form takes is read; what cannot be taken now is given back to its writer."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from gate.body_length import announced_length
from gate.forms import send_again
from gate.forms.acceptance import Held, refuse_early
from gate.forms.public_forms import PublicForm
from gate.rate_limits import TooMany

logger = logging.getLogger(__name__)

WITH_BODY = {"POST", "PUT", "PATCH", "DELETE"}
LOCKED = ("database is locked", "database table is locked", "lock timeout", "could not obtain lock")
"""What SQLite and PostgreSQL say when a write lock was not had in time."""
PAUSE_S = 1.0


class BusySessionMiddleware(SessionMiddleware):
    """Django's. Where the database is locked while a session is written, after the view, it is no fault of ours.

    A session that begins or that a page leans on is not there then: the busy page says so. Whoever did something in a
    session that stands gets the answer of what they did, and what the session should have remembered is lost.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        try:
            return super().process_response(request, response)
        except (OperationalError, SessionInterrupted) as error:
            if not is_locked(_cause(error)):
                raise
        logger.warning("the write lock was not had in time: session")
        stands = request.session.session_key == request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        return response if stands and request.method in WITH_BODY else send_again.busy(request, None)


class PublicFormMiddleware:
    """Stands before every middleware that reads the body, and after the one that knows the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._busy_until = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if request.method not in WITH_BODY:
            return None
        form: PublicForm | None = getattr(view, "public_form", None)
        most_bytes = form.most_bytes if form else _most_bytes(request)
        if announced_length(request) > most_bytes:
            return send_again.too_large(request, most_bytes)
        if form and form.writes and time.monotonic() < self._busy_until:
            return send_again.busy(request, form)  # one waits for the lock and finds it free; the others do not pile up
        if form and form.writes:
            try:
                refuse_early(request, form, timezone.now())
            except (Held, TooMany) as error:
                return send_again.held(request, form, error)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        match = request.resolver_match
        form: PublicForm | None = getattr(match.func, "public_form", None) if match else None
        if form and isinstance(error, Held | TooMany):
            return send_again.held(request, form, error)
        if is_locked(error) and request.method in WITH_BODY:
            self._busy_until = time.monotonic() + PAUSE_S
            logger.warning("the write lock was not had in time: %s", match.view_name if match else "")
            return send_again.busy(request, form)
        return None


def _cause(error: BaseException) -> BaseException:
    """The error of the database, where Django says of it that the session was deleted: any that an update meets."""
    while isinstance(error, SessionInterrupted | UpdateError) and error.__context__:
        error = error.__context__
    return error


def is_locked(error: BaseException | None) -> bool:
    return isinstance(error, OperationalError) and any(words in str(error).lower() for words in LOCKED)


def _most_bytes(request: HttpRequest) -> int:
    """Of a view that is no public form: the desks of editors, who upload files, and what nobody declared."""
    user = getattr(request, "user", None)
    signed_in = request.path.startswith("/admin/") and user is not None and user.is_authenticated
    return settings.MOST_BYTES_OF_EDITORS if signed_in else settings.MOST_BYTES_OF_STRANGERS
