"""Re-authentication: which addresses ask a person to prove once more who they are, and what counts as proof."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

from accounts.events.services import record
from accounts.factors import passkeys
from accounts.factors.services import check_code, has_passkey
from accounts.models import Event
from gate.client_address import keyed_hash, network
from gate.rate_limits import clear, note, refuse_beyond

PROVED_AT = "accounts.proved_at"
PASSWORD, CODE, PASSKEY = "confirm-password", "confirm-code", "confirm-passkey"
PASSKEY_STATE = "accounts.confirm_passkey_state"

Asks = Callable[[HttpRequest, dict[str, Any]], bool]
"""(request, arguments of its address) -> whether this request changes something that asks for proof."""


def _always(request: HttpRequest, found: dict[str, Any]) -> bool:
    return True


def _bulk(request: HttpRequest, found: dict[str, Any]) -> bool:
    return found.get("app_label") == "auth"


def _own_address(request: HttpRequest, found: dict[str, Any]) -> bool:
    """The own account: name and language may change at any time. A password proves itself by the former one."""
    email = request.POST.get("name_email-email")
    return email is not None and email.strip() != request.user.email  # type: ignore[union-attr]


PROTECTED: dict[str, Asks] = {
    "wagtailadmin_account": _own_address,
    "wagtailusers_users:*": _always,
    "wagtailusers_groups:*": _always,
    "wagtail_bulk_action": _bulk,
    "accounts:*": _always,
}
"""Name of an address, or of all in a namespace -> when its POST asks. Rooms above add theirs with protect()."""

FREE = {"accounts:second_step", "accounts:single_sign_on", "accounts:single_sign_on_answer"}
"""Addresses of the room at which nobody is signed in yet."""


def protect(name: str, asks: Asks = _always) -> None:
    if name in PROTECTED:
        raise ValueError(f"{name!r} is protected twice")
    PROTECTED[name] = asks


def asks_for_proof(request: HttpRequest) -> bool:
    match = request.resolver_match
    if request.method != "POST" or match is None or match.view_name in FREE or not request.user.is_authenticated:
        return False
    asks = PROTECTED.get(match.view_name) or PROTECTED.get(f"{match.namespace}:*" if match.namespace else "")
    return bool(asks and asks(request, match.kwargs)) and not is_proved(request)


def is_proved(request: HttpRequest) -> bool:
    at = request.session.get(PROVED_AT, 0)
    return 0 <= timezone.now().timestamp() - at < settings.CONFIRM_MINUTES * 60


def note_proof(request: HttpRequest) -> None:
    request.session[PROVED_AT] = int(timezone.now().timestamp())


def forget_proof(request: HttpRequest) -> None:
    request.session.pop(PROVED_AT, None)


def signed_in(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    note_proof(request)


def connect() -> None:
    user_logged_in.connect(signed_in, dispatch_uid="accounts.proved_by_signing_in")


def prove(request: HttpRequest, now: datetime) -> bool:
    """Whether the request carries a passkey's answer, a code of a second factor, or the password. Raises TooMany."""
    user = request.user
    if answer := request.POST.get(PASSKEY, ""):
        proved = passkeys.is_authenticated(request, user, PASSKEY_STATE, answer)
    elif code := request.POST.get(CODE, "").strip():
        proved = check_code(request, user, code, now)
    else:
        proved = password_is(request, user, request.POST.get(PASSWORD, ""), now)
    if proved:
        note_proof(request)
    else:
        record(Event.Kind.CONFIRM_FAILED, user, by=user, request=request)
    return proved


def passkey_options(request: HttpRequest, user: Any) -> dict[str, Any] | None:
    """What the browser asks a passkey with; None for whoever has no passkey."""
    return passkeys.begin_authentication(request, user, PASSKEY_STATE) if has_passkey(user) else None


def password_is(request: HttpRequest, user: Any, typed: str, now: datetime) -> bool:
    """Failures are counted for the account from this network: a stolen session guesses no password.

    Raises TooMany, and asks no password hasher, which takes most of a second.
    """
    mine, window = keyed_hash(f"{network(request)}:{user.pk}"), timedelta(seconds=settings.LOGIN_PAUSE_SECONDS)
    refuse_beyond("failed confirmation", mine, settings.LOGIN_TRIES, now, window)
    if not (typed and user.has_usable_password() and user.check_password(typed[:4096])):
        note("failed confirmation", mine, now, window)
        return False
    clear("failed confirmation", mine)
    return True
