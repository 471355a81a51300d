"""Receipts, secrets and signed links. No link carries a name, an address or a comment."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 O 1 I: a receipt is read out over the telephone
LINK_SALT = "consultation.link"


def new_receipt() -> str:
    """`R-XXXX-XXXX`: 40 bits, enough that receipts do not collide and are not counted through."""
    letters = [secrets.choice(ALPHABET) for _ in range(8)]
    return f"R-{''.join(letters[:4])}-{''.join(letters[4:])}"


def new_secret() -> str:
    """128 bits for an address that only its holder knows."""
    return secrets.token_urlsafe(16)


def new_salt() -> str:
    """128 random bits, hexadecimal, for a seal (see consultation.reports.services)."""
    return secrets.token_hex(16)


class BadLink(Exception):
    """A link was tampered with, or is too old. `expired` tells which."""

    def __init__(self, *, expired: bool) -> None:
        super().__init__("expired" if expired else "tampered with")
        self.expired = expired


def sign_link(purpose: str, secret: str) -> str:
    return signing.TimestampSigner(salt=f"{LINK_SALT}.{purpose}").sign(secret)


def read_link(purpose: str, value: str, *, max_age: timedelta | None = None) -> str:
    """The secret a link carries. max_age: of other links than those that confirm. Raises BadLink."""
    max_age = max_age or timedelta(days=settings.TOKEN_DAYS["confirm"])
    try:
        return signing.TimestampSigner(salt=f"{LINK_SALT}.{purpose}").unsign(value, max_age=max_age)
    except signing.SignatureExpired as error:
        raise BadLink(expired=True) from error
    except signing.BadSignature as error:
        raise BadLink(expired=False) from error
