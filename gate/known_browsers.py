"""A browser in which an account was signed in to: a signed cookie says so, and its failed tries are counted apart.

At a meeting many stand behind one address. Whoever guesses passwords there is refused with everybody of that network;
who has signed in from the same browser before is not. The cookie opens nothing, names nobody, and is good for the one
account that was typed; of one that is stolen, as many tries are taken as of any network.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare

from core.tokens import new_secret
from gate.client_address import keyed_hash

SALT = "gate.known browser"


def known_as(request: HttpRequest, account: str) -> str:
    """A name for this browser, if somebody signed in to the account from it; "" otherwise. account: as it is typed."""
    try:
        said = signing.TimestampSigner(salt=SALT).unsign(request.COOKIES.get(settings.BROWSER_COOKIE_NAME, ""), _age())
    except signing.BadSignature:
        return ""
    name, _dot, mark = said.partition(".")
    return name if constant_time_compare(mark, _mark(name, account)) else ""


def remember(response: HttpResponseBase, account: str) -> None:
    """After the right password for an account."""
    name = new_secret()
    response.set_cookie(
        settings.BROWSER_COOKIE_NAME,
        signing.TimestampSigner(salt=SALT).sign(f"{name}.{_mark(name, account)}"),
        max_age=_age(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(name: str, account: str) -> str:
    return keyed_hash(f"browser:{name}:{account}")[:32]


def _age() -> timedelta:
    return timedelta(days=settings.TOKEN_DAYS["browser"])
