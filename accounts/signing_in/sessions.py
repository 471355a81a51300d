"""How far a session has come: who has passed the first step, who has passed all, when they last proved it.

A session is nobody's for every view (request.user is anonymous) while its person still owes a second factor. So no
address can be reached past the second step or past enrolment, whichever way the session began.
"""

from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model, login
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.events.receivers import FACTS
from accounts.factors.required import is_required
from accounts.factors.services import has_factor
from accounts.open_sessions import services as open_sessions
from accounts.reauthentication.services import forget_proof

WAITING = "accounts.waiting"
PASSED = "accounts.second_factor_of"
WAITS_SECONDS = 10 * 60
THERE = "there"
"""Where the second factor was shown, if not here: at the provider of single sign-on."""
BACKEND = "accounts.signing_in.backend.AccountBackend"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who has passed the first step. proof: the session hash of the account, which a new password changes."""

    user: int
    proof: str
    at: int
    way: str
    back: str
    remember: bool = False
    recent: bool = True


def owes(user: Any) -> bool:
    """Whether the password alone does not let a person in. The account of a session knows of its factors already."""
    known = getattr(user, "has_second_factor", None)
    return (has_factor(user) if known is None else known) or is_required(user)


def whole(request: HttpRequest, user: Any) -> Any:
    """The person whose session this is; or nobody while they owe a second factor, and once the session has ended."""
    if not user.is_authenticated:
        return user
    if not open_sessions.stands(request, user):
        return AnonymousUser()
    if request.session.get(PASSED) == user.pk or not owes(user):
        return user
    request.half_signed_in = user  # type: ignore[attr-defined]
    return AnonymousUser()


def half_signed_in(request: HttpRequest) -> Any:
    """Whoever's session is nobody's: a factor was added, or a role given, since it began; or None."""
    return getattr(request, "half_signed_in", None) if not request.user.is_authenticated else None


def begin(request: HttpRequest, user: Any, way: str, *, back: str, remember: bool = False, recent: bool = True) -> bool:
    """After the first step. Answers whether the person is signed in; if not, the second step waits for them.

    back: a path of this site, checked by the caller.
    """
    if not owes(user):
        _sign_in(request, user, Waiting(user.pk, "", 0, way, back, remember, recent), second="")
        return True
    proof, now = user.get_session_auth_hash(), int(timezone.now().timestamp())
    request.session.flush()  # what the session held, somebody else may have put there
    request.session[WAITING] = asdict(Waiting(user.pk, proof, now, way, back, remember, recent))
    request.session.set_expiry(WAITS_SECONDS)
    return False


def sign_in_strong(request: HttpRequest, user: Any, way: str, *, recent: bool) -> None:
    """Somebody else, who is trusted, has seen a second factor: just now, or once."""
    _sign_in(request, user, Waiting(user.pk, "", 0, way, "", recent=recent), second=THERE)


def waiting(request: HttpRequest) -> tuple[Any, Waiting] | None:
    """Who has passed the first step here, at most ten minutes ago and with the password of today."""
    kept = request.session.get(WAITING)
    if not kept:
        return None
    found = Waiting(**kept)
    user = get_user_model().objects.filter(pk=found.user, is_active=True).first()
    is_fresh = 0 <= int(timezone.now().timestamp()) - found.at <= WAITS_SECONDS
    if user is None or not is_fresh or not constant_time_compare(found.proof, user.get_session_auth_hash()):
        del request.session[WAITING]
        return None
    return user, found


def finish(request: HttpRequest, user: Any, came: Waiting, second: str) -> str:
    """After the second step: sign in whoever waits. Answers where they wanted to go."""
    del request.session[WAITING]
    _sign_in(request, user, came, second)
    return came.back


def mark_passed(request: HttpRequest, user: Any) -> None:
    """A person who is signed in has just added a factor: this session showed it, others did not."""
    request.session[PASSED] = user.pk


def _sign_in(request: HttpRequest, user: Any, came: Waiting, second: str) -> None:
    """A new session key, as Django's login() gives; without "remember me" the session ends with the browser."""
    if SESSION_KEY in request.session:
        request.session.flush()  # Django keeps the key for the same person: one that was ended would open again
    setattr(request, FACTS, {"way": came.way} | ({"second": second} if second else {}))
    login(request, user, backend=BACKEND)
    if second:
        mark_passed(request, user)
    if not came.recent and second in {"", THERE}:  # a factor shown here is a proof of this moment
        forget_proof(request)
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if came.remember else 0)
    if came.remember:
        open_sessions.remember(request)
