"""To the provider and back. Without its settings both addresses are not there, and nobody is called."""

import logging
from dataclasses import asdict

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.events.services import record
from accounts.models import Event
from accounts.signing_in import sessions
from accounts.signing_in.views import after_first_step, single_sign_on_name
from accounts.single_sign_on import provider
from accounts.single_sign_on.services import NoAccount, person_of
from core.http.site_urls import absolute
from gate.client_address import network
from gate.rate_limits import TooMany, refused, take

logger = logging.getLogger(__name__)

ATTEMPT = "accounts.single_sign_on"
REFUSALS = {
    "unverified": _("%s did not say that your e-mail address is verified, so no account could be found by it."),
    "unknown": _("There is no account of an editor here for your address at %s. Ask the Secretariat for one."),
    "other": _("Your address at %s belongs to an account that is linked to another person there. Ask the Secretariat."),
    "fault": _("%s could not say who you are. Nothing was changed; try again, or sign in with your password."),
    "many": _("Too many tries. Wait, then try again. This counts for %s only."),
}


@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """A link and no form: a policy that keeps forms on this site would stop its redirect to the provider. So whoever
    was sent here by another site is led to the page of sign-in first: a session begins by an act of its person."""
    _require_set_up()
    if not _pressed_here(request):
        return redirect(f"{reverse('wagtailadmin_login')}?{urlencode({'next': _back(request)})}")
    if answer := _too_many(request):
        return answer
    attempt = provider.new_attempt(_back(request))
    try:
        address = provider.address_to_ask(attempt, _answer_to())
    except provider.ProviderFault as error:
        logger.warning("single sign-on: %s", error.why)
        return _refuse(request, "fault", 502)
    request.session[ATTEMPT] = asdict(attempt)
    return redirect(address)


@never_cache
@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """The browser comes back. An attempt is used up by its first answer, right or wrong."""
    _require_set_up()
    if refusal := _too_many(request):
        return refusal
    kept = request.session.pop(ATTEMPT, None)
    attempt = provider.Attempt(**kept) if kept else None
    if attempt is None or not constant_time_compare(request.GET.get("state", ""), attempt.state):
        return _fail(request, "fault", "state")
    if not (code := request.GET.get("code", "")[:4000]):
        return _fail(request, "fault", "no code")
    try:
        claims = provider.claims_for(code, attempt, _answer_to())
        person = person_of(claims)
    except provider.ProviderFault as error:
        return _fail(request, "fault", error.why)
    except NoAccount as error:
        return _fail(request, error.why, error.why)
    if claims.strong and settings.OIDC_SECOND_FACTOR_COUNTS:
        sessions.sign_in_strong(request, person, "single sign-on", recent=claims.recent)
        return redirect(attempt.back)
    return after_first_step(request, person, "single sign-on", back=attempt.back, recent=claims.recent)


def _pressed_here(request: HttpRequest) -> bool:
    """Browsers say whence a request comes, over TLS and on the loopback; older ones name the page before, to its own
    site (SECURE_REFERRER_POLICY)."""
    if site := request.headers.get("Sec-Fetch-Site", ""):
        return site in {"same-origin", "none"}  # none: typed, or a bookmark
    before = request.headers.get("Referer", "")
    return bool(before) and url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure())


def _back(request: HttpRequest) -> str:
    back = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return back
    return reverse("wagtailadmin_home")


def _require_set_up() -> None:
    if not single_sign_on_name():
        raise Http404


def _answer_to() -> str:
    return absolute(reverse("accounts:single_sign_on_answer"))


def _too_many(request: HttpRequest) -> HttpResponse | None:
    try:
        take("single sign-on", network(request), settings.SINGLE_SIGN_ON_A_NETWORK, timezone.now())
    except TooMany as error:
        return refused(_refuse(request, "many", 429), error.retry_after)
    return None


def _fail(request: HttpRequest, refusal: str, why: str) -> HttpResponse:
    """why: for the log, which says nothing of the person."""
    logger.warning("single sign-on failed: %s", why)
    record(Event.Kind.FAILED, request=request, data={"way": "single sign-on"})
    return _refuse(request, refusal, 403)


def _refuse(request: HttpRequest, refusal: str, status: int) -> HttpResponse:
    context = {"title": _("Not signed in"), "error": str(REFUSALS[refusal]) % single_sign_on_name()}
    return render(request, "accounts/single_sign_on/admin_refused.html", context, status=status)
