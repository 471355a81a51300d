"""Pages of one's own second factors: for whoever is signed in, and for whoever must have one before they may be.

Somebody who has a factor and has not shown it gets no further than the second step: a stolen password adds no factor.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import qrcode
import qrcode.image.svg
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from accounts.factors import passkeys, totp
from accounts.factors.required import is_required
from accounts.factors.services import (
    Refused,
    add_app,
    add_passkey,
    codes_left,
    has_factor,
    new_recovery_codes,
    remove,
)
from accounts.models import Factor
from accounts.signing_in import sessions
from core.http.site_urls import host
from gate.client_address import keyed_hash
from gate.rate_limits import TooMany, refused, take

NEW_SECRET = "accounts.new_secret"  # noqa: S105  (a key of the session)
PASSKEY_STATE = "accounts.new_passkey_state"
TRIES_TO_ADD = 20
"""An hour, for an account: somebody sets up an app with a clock that is wrong."""

View = Callable[..., HttpResponse]


def own_factors(view: View) -> View:
    """A view of the second factors of one person: request.user, or whoever must add their first one to get in."""

    @wraps(view)
    def guarded(request: HttpRequest, **found: Any) -> HttpResponse:
        person = _person(request)
        if person is None:
            return redirect(f"{reverse('wagtailadmin_login')}?next={reverse('accounts:factors')}")
        return view(request, person, **found)

    return never_cache(guarded)


def _person(request: HttpRequest) -> Any:
    if request.user.is_authenticated:
        return request.user if request.user.has_perm("wagtailadmin.access_admin") else None
    found = sessions.waiting(request)
    return found[0] if found and not has_factor(found[0]) else None


@own_factors
@require_safe
def factors(request: HttpRequest, person: Any) -> HttpResponse:
    return _list(request, person)


def _list(request: HttpRequest, person: Any) -> HttpResponse:
    context = {
        "factors": person.second_factors.all(),
        "codes_left": codes_left(person),
        "is_required": is_required(person),
        "title": _("Second factors"),
    }
    return _draw(request, "accounts/signing_in/admin_factors.html", context)


def _draw(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Whoever is not signed in yet sees no menu of the admin."""
    bare = not request.user.is_authenticated
    return render(request, template, context | {"bare": bare, "base": BARE if bare else FULL}, status=status)


FULL, BARE = "accounts/signing_in/admin_full.html", "accounts/signing_in/admin_bare.html"


@own_factors
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def add_app_view(request: HttpRequest, person: Any) -> HttpResponse:
    """The secret of a new app stands in the session until a code shows that the app knows it."""
    secret = _new_secret(request, person)
    if request.method != "POST":
        return _app_page(request, person, secret)
    now = timezone.now()
    try:
        take("new second factor", keyed_hash(f"account:{person.pk}"), TRIES_TO_ADD, now)
    except TooMany as error:
        said = _("Too many failed tries. Wait %d minutes, then try again.") % -(-error.retry_after // 60)
        return refused(_app_page(request, person, secret, said), error.retry_after)
    step = totp.step_of(secret, "".join(request.POST.get("code", "").split())[:10], now.timestamp())
    if step is None:
        return _app_page(request, person, secret, _("That did not match. Is the clock of the telephone right?"))
    del request.session[NEW_SECRET]
    return _added(request, person, lambda: add_app(person, _name(request, _("Authenticator app")), secret, step))


def _new_secret(request: HttpRequest, person: Any) -> str:
    """Of this person: a session that was somebody else's gives none away."""
    kept = request.session.get(NEW_SECRET) or {}
    if kept.get("user") != person.pk or request.method in {"GET", "HEAD"}:
        kept = {"user": person.pk, "secret": totp.new_secret()}
        request.session[NEW_SECRET] = kept
    return str(kept["secret"])


def _app_page(request: HttpRequest, person: Any, secret: str, error: str = "") -> HttpResponse:
    address = totp.address(secret, person.get_username(), f"BPF Library {host()}")
    picture = qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, border=4)
    context = {
        "error": error,
        "picture": mark_safe(picture.to_string(encoding="unicode")),  # drawn by us from squares
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "address": address,
        "name": request.POST.get("name", ""),
        "title": _("Add an authenticator app"),
    }
    return _draw(request, "accounts/signing_in/admin_add_app.html", context, 422 if error else 200)


@own_factors
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey_view(request: HttpRequest, person: Any) -> HttpResponse:
    if request.method == "POST":
        state = request.session.pop(PASSKEY_STATE, None) or {}
        try:
            if state.get("user") != person.pk:
                raise passkeys.Refused
            made = passkeys.complete_registration(request, state["state"], request.POST.get("passkey", ""))
        except passkeys.Refused:
            said = _("The browser made no passkey that can be used here. Nothing was changed; try again.")
            return _passkey_page(request, person, said)
        return _added(request, person, lambda: add_passkey(person, _name(request, _("Passkey")), made))
    return _passkey_page(request, person)


def _passkey_page(request: HttpRequest, person: Any, error: str = "") -> HttpResponse:
    options, state = passkeys.begin_registration(request, person)
    request.session[PASSKEY_STATE] = {"user": person.pk, "state": state}
    context = {"error": error, "options": options, "name": request.POST.get("name", ""), "title": _("Add a passkey")}
    return _draw(request, "accounts/signing_in/admin_add_passkey.html", context, 422 if error else 200)


def _name(request: HttpRequest, otherwise: str) -> str:
    return " ".join(request.POST.get("name", "").replace("\x00", "").split())[:60] or otherwise


def _added(request: HttpRequest, person: Any, add: Callable[[], Factor]) -> HttpResponse:
    """Keep the factor; with the first one, recovery codes are shown, and whoever waited is signed in."""
    is_first = not has_factor(person)
    try:
        add()
    except Refused:
        messages.error(request, _("You have as many second factors as one account can have. Remove one first."))
        return redirect("accounts:factors")
    codes = new_recovery_codes(person) if is_first else []
    onward = reverse("accounts:factors")
    if request.user.is_authenticated:
        sessions.mark_passed(request, person)
    elif waits := sessions.waiting(request):
        onward = sessions.finish(request, *waits, "just added")
    if codes:
        return _codes_page(request, codes, onward)
    messages.success(request, _("The second factor was added."))
    return redirect("accounts:factors")


def _codes_page(request: HttpRequest, codes: list[str], onward: str) -> HttpResponse:
    context = {"codes": codes, "onward": onward, "title": _("Recovery codes")}
    return _draw(request, "accounts/signing_in/admin_recovery_codes.html", context)


@own_factors
@require_POST
def new_codes(request: HttpRequest, person: Any) -> HttpResponse:
    if not request.user.is_authenticated or not has_factor(person):
        return redirect("accounts:factors")
    return _codes_page(request, new_recovery_codes(person), reverse("accounts:factors"))


@own_factors
@require_POST
def remove_factor(request: HttpRequest, person: Any, factor_id: int) -> HttpResponse:
    """Only one's own: another person's is not found."""
    factor = get_object_or_404(person.second_factors.all(), pk=factor_id)
    try:
        remove(factor)
    except Refused:
        messages.error(request, _("Your role asks for a second factor: add another one before you remove this one."))
    else:
        messages.success(request, _("The second factor was removed."))
    return redirect("accounts:factors")
