"""The page that asks once more who somebody is, between a form and its view, and keeps what the form said."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.events.services import record
from accounts.factors.services import codes_left, has_app
from accounts.models import Event
from accounts.reauthentication.services import (
    CODE,
    PASSKEY,
    PASSWORD,
    asks_for_proof,
    passkey_options,
    password_is,
    prove,
)
from gate.rate_limits import TooMany, refused

PROOFS = {PASSWORD, CODE, PASSKEY}
OWN_FIELDS = PROOFS | {"csrfmiddlewaretoken"}
FORMER, NEW = "password-old_password", "password-new_password1"


def intercept(request: HttpRequest) -> HttpResponse | None:
    """The answer instead of the view's, or None where the view may go on."""
    if _changes_own_password(request) and (answer := _former_password(request)):
        return answer
    if not asks_for_proof(request):
        return None
    if not PROOFS & set(request.POST):
        return _page(request)
    try:
        if prove(request, timezone.now()):
            return None
    except TooMany as error:
        minutes = -(-error.retry_after // 60)
        said = _("Too many failed tries. Wait %d minutes, then try again.") % minutes
        return refused(_page(request, said), error.retry_after)
    return _page(request, _("That did not match. Nothing was changed yet."))


def _page(request: HttpRequest, error: str = "") -> HttpResponse:
    """The typed values go along in the page, passwords too: it is answered to whoever has just sent them, and no cache
    keeps it."""
    user: Any = request.user
    context = {
        "title": _("Confirm that it is you"),
        "error": error,
        "kept": list(_kept(request)),
        "files_lost": bool(request.FILES),
        "has_password": user.has_usable_password(),
        "has_app": has_app(user),
        "options": passkey_options(request, user),
        "takes_recovery_code": not user.has_usable_password() and codes_left(user) > 0,
    }
    answer = render(request, "accounts/reauthentication/admin_confirm.html", context, status=422 if error else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _kept(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name not in OWN_FIELDS:
            yield from ((name, value) for value in values)


def _changes_own_password(request: HttpRequest) -> bool:
    match = request.resolver_match
    is_account = match is not None and match.view_name == "wagtailadmin_account"
    return bool(is_account and request.method == "POST" and request.user.is_authenticated and request.POST.get(NEW))


def _former_password(request: HttpRequest) -> HttpResponse | None:
    """Wagtail's form asks for the former password and judges it; here its failures are counted."""
    try:
        if not password_is(request, request.user, request.POST.get(FORMER, ""), timezone.now()):
            record(Event.Kind.CONFIRM_FAILED, request.user, by=request.user, request=request)
    except TooMany as error:
        said = _("Too many failed tries. Wait %d minutes, then try again.") % -(-error.retry_after // 60)
        return refused(_page(request, said), error.retry_after)
    return None
