"""E-mail addresses as people type them: invisible characters taken out, international domains in their ASCII form.

What a mail server would refuse only when the mail is sent is refused here, while the person can still mend it.
"""

import re
import unicodedata
from typing import Any

import idna
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Soft hyphens, joiners, marks of direction, selectors: copied along with an address from a page or a mail."""


class LocalPartError(ValueError):
    """The part before @ has letters that only a server with SMTPUTF8 (RFC 6531) could be given."""


class DomainError(ValueError):
    """No domain can have this name."""


def tidy_address(text: str) -> str:
    """An address with its domain in ASCII (IDNA 2008, after the mapping of UTS 46). Text without @ stays as it is.

    Raises LocalPartError, DomainError.
    """
    text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).strip()
    local, at, domain = text.rpartition("@")
    if not at:
        return text
    if local and not local.isascii():
        raise LocalPartError(text)
    try:
        return f"{local}@{idna.encode(domain, uts46=True).decode()}" if not domain.isascii() else text
    except idna.IDNAError as error:
        raise DomainError(text) from error


class AddressField(forms.EmailField):
    """Django's, for addresses that strangers type or paste."""

    def to_python(self, value: Any) -> str:
        try:
            return tidy_address(super().to_python(value) or "")
        except DomainError as error:
            raise ValidationError(EmailValidator.message, code="invalid") from error
        except LocalPartError as error:
            raise ValidationError(
                _(
                    "We cannot write to this address: before the @ only letters from a to z, digits and signs reach "
                    "every mail server. Please give another address."
                ),
                code="local_part",
            ) from error
