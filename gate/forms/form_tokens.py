"""Signed tokens of public forms: a second sending of one form is recognised, and how soon it came."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.tokens import new_secret
from gate.models import SpentToken

FORM_SALT = "gate.form"
FASTEST = timedelta(seconds=3)
"""A form sent sooner after it was drawn was hardly read by a person: a moderator is told, nothing else is different."""


@dataclass(frozen=True, slots=True)
class FormToken:
    """One rendering of a form: its name, which makes a second sending harmless, and when it was drawn."""

    nonce: str
    drawn_at: datetime


def new_form_token(form: str) -> str:
    """form: the name of a public form; the token is good for no other."""
    return signing.TimestampSigner(salt=f"{FORM_SALT}.{form}").sign(new_secret())


def read_form_token(value: str, form: str) -> FormToken | None:
    """The token of a form; None if it is missing, too old, of another form, or was tampered with."""
    signer = signing.TimestampSigner(salt=f"{FORM_SALT}.{form}")
    try:
        nonce = signer.unsign(value[:200], max_age=timedelta(days=settings.TOKEN_DAYS["form"]))
        stamp = signing.b62_decode(value.split(":")[-2])
    except (signing.BadSignature, ValueError, IndexError):
        return None
    return FormToken(nonce, datetime.fromtimestamp(stamp, tz=timezone.get_default_timezone()))


def is_spent(use: str, nonce: str) -> bool:
    return SpentToken.objects.filter(use=use, nonce=nonce).exists()


def spend(use: str, nonce: str, now: datetime) -> bool:
    """Note that a token was used, in the transaction of what it was used for; False if it was before.

    Of two at the same moment one waits for the other's transaction. Durable: a cache that forgets would let it pass.
    """
    if is_spent(use, nonce):
        return False
    try:
        with transaction.atomic():
            SpentToken.objects.create(use=use, nonce=nonce, spent_at=now)
    except IntegrityError:
        return False
    return True


def forget_spent(now: datetime) -> int:
    """Delete what names tokens that have ended anyway. Answers how many."""
    ended = now - timedelta(days=settings.TOKEN_DAYS["form"] + 1)
    return SpentToken.objects.filter(spent_at__lt=ended).delete()[0]
