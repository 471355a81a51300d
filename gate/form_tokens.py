"""Signed tokens of public forms: a second sending of one form is recognised, and how soon it came."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone

from core.tokens import new_secret

FORM_SALT = "consultation.form"
FASTEST = timedelta(seconds=3)
"""A form sent sooner after it was drawn was not read by a person."""


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
