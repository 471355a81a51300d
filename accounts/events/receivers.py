"""Signals of sign-in, as Django and everything that signs in by it sends them, become rows of the record."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from accounts.events.services import record
from accounts.models import Event

Kind = Event.Kind
FACTS = "sign_in_facts"
"""Attribute of a request: what signing_in knows of the way somebody comes in, for the row."""


def connect() -> None:
    user_logged_in.connect(signed_in, dispatch_uid="accounts.signed_in")
    user_login_failed.connect(failed, dispatch_uid="accounts.failed")
    user_logged_out.connect(signed_out, dispatch_uid="accounts.signed_out")


def signed_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    record(Kind.SIGNED_IN, user, by=user, request=request, data=getattr(request, FACTS, {}))


def failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """A name that is nobody's is not kept: it may be a password that was typed into the wrong field."""
    users = get_user_model()
    name = str(credentials.get(users.USERNAME_FIELD) or credentials.get("username") or "")[:254]
    record(Kind.FAILED, users.objects.filter(**{users.USERNAME_FIELD: name}).first(), request=request)


def signed_out(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if user is not None:
        record(Kind.SIGNED_OUT, user, by=user, request=request)
