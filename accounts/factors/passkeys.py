"""Passkeys as second factors: WebAuthn, by python-fido2.

A passkey belongs to the name under which the site is open; browsers know none for a bare address such as 127.0.0.1.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from accounts.models import Factor

SITE = "BPF Library"
VERIFICATION = UserVerificationRequirement.PREFERRED  # the password came before: a touch is enough
LONGEST_ANSWER = 20_000  # characters of JSON; one with a certificate chain has some 5,000


class Refused(Exception):
    """An answer of a browser proves no passkey."""


@dataclass(frozen=True, slots=True)
class Made:
    """A passkey as it was just made; not kept yet."""

    credential_id: str
    credential: str
    sign_count: int


def begin_registration(request: HttpRequest, user: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """(options for the browser, state to keep in the session until the answer)."""
    entity = PublicKeyCredentialUserEntity(
        id=f"account-{user.pk}".encode(), name=user.get_username(), display_name=user.get_full_name()
    )
    options, state = _server(request).register_begin(entity, _credentials(user), user_verification=VERIFICATION)
    return dict(options)["publicKey"], state


def complete_registration(request: HttpRequest, state: dict[str, Any], answer: str) -> Made:
    """Raises Refused."""
    try:
        data = _server(request).register_complete(state, _read(answer))
    except Exception as error:  # the library raises whatever a hostile answer leads it to
        raise Refused from error
    found = data.credential_data
    if found is None or len(found.credential_id) > 1023:
        raise Refused
    return Made(websafe_encode(found.credential_id), websafe_encode(bytes(found)), data.counter)


def begin_authentication(request: HttpRequest, user: Any, kept_as: str) -> dict[str, Any]:
    """Options for the browser. The challenge waits in the session under that name."""
    server = _server(request)
    options, request.session[kept_as] = server.authenticate_begin(_credentials(user), user_verification=VERIFICATION)
    return dict(options)["publicKey"]


def is_authenticated(request: HttpRequest, user: Any, kept_as: str, answer: str) -> bool:
    """Whether a passkey of the person answers the challenge kept under that name, which is good for one answer. Not
    where a counter ran back, as that of a copied key does."""
    state = request.session.pop(kept_as, None) or {}
    try:
        read = AuthenticationResponse.from_dict(_read(answer))
        used = _server(request).authenticate_complete(state, _credentials(user), read)
        count = read.response.authenticator_data.counter
        factor = user.second_factors.get(kind=Factor.Kind.PASSKEY, credential_id=websafe_encode(used.credential_id))
    except Exception:  # the library raises whatever a hostile answer leads it to
        return False
    mine = Factor.objects.filter(pk=factor.pk)
    if count and not mine.filter(sign_count__lt=count).update(sign_count=count):
        return False
    mine.update(used_at=timezone.now())
    return True


def _read(answer: str) -> dict[str, Any]:
    found = json.loads(answer[:LONGEST_ANSWER])
    if not isinstance(found, dict):
        raise Refused
    return found


def _server(request: HttpRequest) -> Fido2Server:
    """For the name and the origin under which this request came, which ALLOWED_HOSTS has let in."""
    host = request.get_host().rpartition(":")[0] if ":" in request.get_host() else request.get_host()
    origin = f"{request.scheme}://{request.get_host()}"
    return Fido2Server(PublicKeyCredentialRpEntity(name=SITE, id=host), verify_origin=lambda said: said == origin)


def _credentials(user: Any) -> list[AttestedCredentialData]:
    rows = user.second_factors.filter(kind=Factor.Kind.PASSKEY)
    return [AttestedCredentialData(websafe_decode(row.credential)) for row in rows]
