"""The protocol: OpenID Connect 1.0 with the authorisation code flow and PKCE. Knows no accounts.

Everything a provider answers is read within a time and a size, over TLS (or the loopback, for tests), and no redirect
is followed. An identity token is believed only if its signature, issuer, audience, times and nonce are right.
"""

import base64
import hashlib
import http.client
import json
import secrets
import socket
import ssl
import threading
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from django.conf import settings
from django.core.cache import cache

SECONDS = 5
LARGEST = 256 * 1024
KNOWN_SECONDS = 3600
LEEWAY_SECONDS = 60
LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Of public keys only: with HS256 the client's own secret would sign, and "none" signs nothing."""
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class ProviderFault(Exception):
    """The provider does not answer, or answers what cannot be believed. `why` is for the log, not for people."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Attempt:
    """What this side keeps, in the session, of one way to the provider and back."""

    state: str
    nonce: str
    verifier: str
    back: str


@dataclass(frozen=True, slots=True)
class Claims:
    """Who the provider says somebody is. strong: it says too that they showed more than one factor there; recent: that
    they signed in there just now, as it was asked to see to (max_age)."""

    issuer: str
    subject: str
    email: str
    email_is_verified: bool
    strong: bool
    recent: bool


def new_attempt(back: str) -> Attempt:
    return Attempt(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48), back)


def address_to_ask(attempt: Attempt, answer_to: str) -> str:
    """Where the browser goes. answer_to: the address of this site to which it comes back. Raises ProviderFault."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(attempt.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": answer_to,
        "scope": "openid email",
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "max_age": str(settings.CONFIRM_MINUTES * 60),
    }
    endpoint = _endpoint("authorization_endpoint")
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def claims_for(code: str, attempt: Attempt, answer_to: str) -> Claims:
    """Exchange a code for who somebody is. Raises ProviderFault."""
    sent = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": answer_to, "code_verifier": attempt.verifier,
    }  # fmt: skip
    login = f"{settings.OIDC_CLIENT_ID}:{settings.OIDC_CLIENT_SECRET}"
    answer = _fetch(
        _endpoint("token_endpoint"),
        urlencode(sent).encode(),
        {"Authorization": f"Basic {base64.b64encode(login.encode()).decode()}"},
    )
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise ProviderFault("no identity token")
    said = _checked(token, attempt.nonce)
    if "email" not in said and isinstance(answer.get("access_token"), str) and "userinfo_endpoint" in _configuration():
        more = _fetch(_endpoint("userinfo_endpoint"), None, {"Authorization": f"Bearer {answer['access_token']}"})
        if more.get("sub") != said["sub"]:
            raise ProviderFault("the user information is of somebody else")
        said |= {name: more[name] for name in ("email", "email_verified") if name in more}
    email = str(said.get("email") or "")
    methods, since = said.get("amr"), said.get("auth_time")
    return Claims(
        issuer=str(said["iss"]),
        subject=said["sub"],
        email=email if email.isprintable() else "",  # else it is none, and no database is asked for it
        email_is_verified=said.get("email_verified") is True,
        strong=isinstance(methods, list) and bool({"mfa", "hwk", "fido"} & {str(each) for each in methods}),
        recent=isinstance(since, int) and time.time() - since < settings.CONFIRM_MINUTES * 60 + LEEWAY_SECONDS,
    )


def is_safe_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _checked(token: str, nonce: str) -> dict[str, Any]:
    try:
        key = _key_of(jwt.get_unverified_header(token))
        said: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=settings.OIDC_CLIENT_ID,
            issuer=_configuration()["issuer"],
            leeway=LEEWAY_SECONDS,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, AttributeError, LookupError, TypeError, ValueError) as error:  # keys of any shape
        raise ProviderFault(f"identity token: {type(error).__name__}") from error
    if not secrets.compare_digest(str(said.get("nonce", "")).encode(), nonce.encode()):
        raise ProviderFault("identity token: nonce")
    several = isinstance(said["aud"], list) and len(said["aud"]) > 1
    if (several or "azp" in said) and said.get("azp") != settings.OIDC_CLIENT_ID:
        raise ProviderFault("identity token: made for somebody else")
    if not isinstance(said["sub"], str) or not 0 < len(said["sub"]) <= LONGEST_SUBJECT or not said["sub"].isprintable():
        raise ProviderFault("identity token: subject")
    return said


def _key_of(header: dict[str, Any]) -> Any:
    """The key that a token names. Keys change: an unknown name asks for the list once more."""
    if header.get("alg") not in ALGORITHMS:
        raise ProviderFault("identity token: algorithm")
    for afresh in (False, True):
        for key in jwt.PyJWKSet.from_dict(_known("keys", _endpoint("jwks_uri"), afresh=afresh)).keys:
            if key.public_key_use in {None, "sig"} and header.get("kid") in {None, key.key_id}:
                return key
    raise ProviderFault("identity token: unknown key")


def _endpoint(name: str) -> str:
    found = _configuration().get(name)
    if not isinstance(found, str) or not is_safe_address(found):
        raise ProviderFault(f"no safe {name}")
    return found


def _configuration() -> dict[str, Any]:
    """OpenID Connect Discovery 1.0, section 4. The issuer must be the one that is configured."""
    server = settings.OIDC_SERVER_URL.rstrip("/")
    found = _known("configuration", f"{server}/.well-known/openid-configuration")
    if str(found.get("issuer", "")).rstrip("/") != server:
        raise ProviderFault("another issuer than OIDC_SERVER_URL")
    return found


def _known(what: str, url: str, *, afresh: bool = False) -> dict[str, Any]:
    """Kept an hour in the cache, under the address it came from."""
    key = f"oidc:{what}:{hashlib.sha256(url.encode()).hexdigest()}"
    found = None if afresh else cache.get(key)
    if found is None:
        found = _fetch(url)
        cache.set(key, found, KNOWN_SECONDS)
    return dict(found)


class _CutOff(http.client.HTTPConnection):
    """Shut SECONDS after it was opened: a server that sends a byte now and then never runs into the time of one read.
    What came by then is half an answer, and no JSON."""

    def connect(self) -> None:
        super().connect()
        timer = threading.Timer(SECONDS, _shut, [self.sock])
        timer.daemon = True
        timer.start()


class _SecureCutOff(_CutOff, http.client.HTTPSConnection):
    """The same over TLS."""


def _shut(opened: socket.socket) -> None:
    with suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)


class _Opened(urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_CutOff, request)  # type: ignore[arg-type]  # as urllib does it itself


class _SecurelyOpened(urllib.request.HTTPSHandler):
    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        context = ssl.create_default_context()
        return self.do_open(_SecureCutOff, request, context=context)  # type: ignore[arg-type]  # likewise


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _fetch(url: str, data: bytes | None = None, headers: dict[str, str] | None = None) -> dict[str, Any]:
    if not is_safe_address(url):
        raise ProviderFault(f"not https: {url}")
    request = urllib.request.Request(url, data, {"Accept": "application/json", **(headers or {})})  # noqa: S310
    opener = urllib.request.build_opener(_NoRedirect, _Opened, _SecurelyOpened)
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            body = answer.read(LARGEST + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ProviderFault(f"{urlsplit(url).path}: {error}") from error
    if len(body) > LARGEST:
        raise ProviderFault(f"{urlsplit(url).path}: too long")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProviderFault(f"{urlsplit(url).path}: no JSON") from error
    if not isinstance(found, dict):
        raise ProviderFault(f"{urlsplit(url).path}: no object")
    return found
