"""Sign-in to the admin: the password, then the second step."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.admin.views.account import LoginView

from accounts.events.services import record
from accounts.factors import passkeys
from accounts.factors.services import check_code, has_app, has_factor, has_passkey
from accounts.models import Event
from accounts.reauthentication.services import is_proved
from accounts.signing_in import sessions
from gate import known_browsers
from gate.rate_limits import TooMany, refused

PASSKEY_STATE = "accounts.passkey_state"


class SignInView(LoginView):  # type: ignore[misc]
    """Wagtail's, with a second step. A refused try is 429 and keeps the name that was typed."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A session from before its person owed a second factor goes on at the second step. It adds a first factor only
        where the password was shown just now: an old session may be in other hands."""
        person = sessions.half_signed_in(request)
        if person and (has_factor(person) or is_proved(request)):
            return self._go_on(person, "password")
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        remember = bool(form.cleaned_data.get("remember"))
        answer = self._go_on(form.get_user(), "password", remember=remember)
        known_browsers.remember(answer, form.account)
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        answer = super().form_invalid(form)
        return refused(answer.render(), form.retry_after) if form.retry_after else answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"single_sign_on": single_sign_on_name()}

    def _go_on(self, person: Any, way: str, *, remember: bool = False) -> HttpResponse:
        return after_first_step(self.request, person, way, back=self.get_success_url(), remember=remember)


class SignOutView(LogoutView):
    """Django's: Wagtail's would say so in a message, and begin a new session to keep it. The browser forgets the pages
    of the admin; its cookies it keeps, since a neighbouring host's are among what it would clear."""

    next_page = "wagtailadmin_login"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().post(request, *args, **kwargs)
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer


def single_sign_on_name() -> str:
    """What its button says; "" where it is not set up."""
    is_set = settings.OIDC_SERVER_URL and settings.OIDC_CLIENT_ID and settings.OIDC_CLIENT_SECRET
    return str(settings.OIDC_NAME) if is_set else ""


def after_first_step(
    request: HttpRequest, person: Any, way: str, *, back: str, remember: bool = False, recent: bool = True
) -> HttpResponse:
    """recent: whether the first step was passed just now, not long ago at somebody else's."""
    if sessions.begin(request, person, way, back=back, remember=remember, recent=recent):
        return redirect(back)
    return redirect("accounts:second_step" if has_factor(person) else "accounts:factors")


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """A code of an app, a recovery code, or a passkey, of whoever has passed the first step."""
    found = sessions.waiting(request)
    if found is None:
        return redirect("wagtailadmin_login")
    person, came = found
    if not has_factor(person):
        return redirect("accounts:factors")
    if request.method != "POST":
        return _second_step_page(request, person)
    try:
        way = _passed(request, person)
    except TooMany as error:
        minutes = -(-error.retry_after // 60)
        said = _("Too many failed tries. Wait %d minutes, then try again.") % minutes
        return refused(_second_step_page(request, person, said), error.retry_after)
    if way:
        return redirect(sessions.finish(request, person, came, way))
    record(Event.Kind.SECOND_FAILED, person, request=request)
    return _second_step_page(request, person, _("That did not match. Each code is taken once: wait for the next one."))


def _passed(request: HttpRequest, person: Any) -> str:
    """The kind of factor that was shown; "" where none was. Raises TooMany."""
    if answer := request.POST.get("passkey", ""):
        return "passkey" if passkeys.is_authenticated(request, person, PASSKEY_STATE, answer) else ""
    return "code" if check_code(request, person, request.POST.get("code", ""), timezone.now()) else ""


def _second_step_page(request: HttpRequest, person: Any, error: str = "") -> HttpResponse:
    context: dict[str, Any] = {"error": error, "has_app": has_app(person), "title": _("Second step of sign-in")}
    if has_passkey(person):
        context["options"] = passkeys.begin_authentication(request, person, PASSKEY_STATE)
    return render(request, "accounts/signing_in/admin_second_step.html", context, status=422 if error else 200)
