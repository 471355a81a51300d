"""Secrets of second factors lie encrypted in the database: a stolen backup makes no codes.

The key is made of SECRET_KEY; under SECRET_KEY_FALLBACKS former ones still open what they closed. What is kept begins
with the number of its form, so that another algorithm can follow: `2:` is AES-256-GCM; without a number it is Fernet,
the form of former days. services.encrypt_anew brings all into the newest form, under the newest key.
"""

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

FORMER_PURPOSE = b"bpf library, second factors, 1"
PURPOSE = b"bpf library, second factors, 2"
FORM = "2:"
NONCE = 12
"""Bytes, drawn for each secret: NIST SP 800-38D allows 2^32 of them under one key."""


class Unreadable(Exception):
    """A secret was closed with a key that is no longer known."""


def encrypted(text: str) -> str:
    nonce = secrets.token_bytes(NONCE)
    closed = AESGCM(_key(settings.SECRET_KEY, PURPOSE)).encrypt(nonce, text.encode(), PURPOSE)
    return FORM + base64.b64encode(nonce + closed).decode()


def decrypted(text: str) -> str:
    """Raises Unreadable."""
    if not text.startswith(FORM):
        return _decrypted_formerly(text)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if (found := _opened(text, secret)) is not None:
            return found
    raise Unreadable


def is_newest(text: str) -> bool:
    """Whether it is in the newest form, under the newest key."""
    return text.startswith(FORM) and _opened(text, settings.SECRET_KEY) is not None


def _opened(text: str, secret: str) -> str | None:
    try:
        kept = base64.b64decode(text.removeprefix(FORM), validate=True)
        return AESGCM(_key(secret, PURPOSE)).decrypt(kept[:NONCE], kept[NONCE:], PURPOSE).decode()
    except (InvalidTag, binascii.Error, ValueError):
        return None


def _decrypted_formerly(text: str) -> str:
    made = [_key(secret, FORMER_PURPOSE) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    try:
        return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made]).decrypt(text.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _key(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
