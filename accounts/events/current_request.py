"""The request that is being answered, for receivers of model signals, which are told of no request."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest

_request: ContextVar[HttpRequest | None] = ContextVar("accounts_acting_request", default=None)


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def acting_request() -> HttpRequest | None:
    """None in commands, tasks and the clock."""
    return _request.get()


def acting_person(request: HttpRequest | None) -> Any:
    """Whoever is signed in at a request, or None."""
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None
