"""Receipts, secrets and signed links. No link carries a name, an address or a comment."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 O 1 I: a receipt is read out over the telephone
FORM_SALT = "consultation.form"
LINK_SALT = "consultation.link"
LINK_AGE = timedelta(days=30)


def new_receipt() -> str:
    """`R-XXXX-XXXX`: 40 bits, enough that receipts do not collide and are not counted through."""
    letters = [secrets.choice(ALPHABET) for _ in range(8)]
    return f"R-{''.join(letters[:4])}-{''.join(letters[4:])}"


def new_secret() -> str:
    """128 bits for an address that only its holder knows."""
    return secrets.token_urlsafe(16)


def new_salt() -> str:
    """128 random bits, hexadecimal, for a seal (see consultation.reports)."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class FormToken:
    """One rendering of a form: its name, which makes a second sending harmless, and when it was drawn."""

    nonce: str
    drawn_at: datetime


def new_form_token() -> str:
    return signing.TimestampSigner(salt=FORM_SALT).sign(new_secret())


def read_form_token(value: str) -> FormToken | None:
    """The token of a form however old it is, or None if it is missing or was tampered with."""
    signer = signing.TimestampSigner(salt=FORM_SALT)
    try:
        nonce = signer.unsign(value[:200])
        stamp = signing.b62_decode(value.split(":")[-2])
    except (signing.BadSignature, ValueError, IndexError):
        return None
    return FormToken(nonce, datetime.fromtimestamp(stamp, tz=timezone.get_default_timezone()))


class BadLink(Exception):
    """A link was tampered with, or is too old. `expired` tells which."""

    def __init__(self, *, expired: bool) -> None:
        super().__init__("expired" if expired else "tampered with")
        self.expired = expired


def sign_link(purpose: str, secret: str) -> str:
    return signing.TimestampSigner(salt=f"{LINK_SALT}.{purpose}").sign(secret)


def read_link(purpose: str, value: str, *, max_age: timedelta | None = LINK_AGE) -> str:
    """The secret a link carries. Raises BadLink."""
    try:
        return signing.TimestampSigner(salt=f"{LINK_SALT}.{purpose}").unsign(value, max_age=max_age)
    except signing.SignatureExpired as error:
        raise BadLink(expired=True) from error
    except signing.BadSignature as error:
        raise BadLink(expired=False) from error
