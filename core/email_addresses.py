"""E-mail addresses as people type them: invisible characters taken out, international domains in their ASCII form.

What a mail server would refuse only when the mail is sent is refused here, while the person can still mend it; so is
what no person's address looks like, and a header of a mail could be broken by.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import idna
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db.models import EmailField, Lookup
from django.utils.translation import gettext as _

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Soft hyphens, joiners, marks of direction, selectors: copied along with an address from a page or a mail."""


LONGEST = 254
"""Characters of an address that a mail server takes (RFC 5321)."""
_REACHABLE = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[^@\[\]]+\.[^@\[\].]+", re.IGNORECASE)
"""No quoted part before @, in which line ends and words could stand; a domain of the Internet, not this machine or a
number of the network."""


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


@EmailField.register_lookup
class SameAddress(Lookup[str]):
    """`email__same_address=`: whether an address is one, in whatever case. Of letters beyond ASCII the very same are
    meant: to PostgreSQL's `iexact` a dotless i is an i, and somebody else's address would be one's own."""

    lookup_name = "same_address"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        (left, left_given), (right, right_given) = (
            self.process_lhs(compiler, connection), self.process_rhs(compiler, connection)
        )  # fmt: skip
        collation = ' COLLATE "C"' if connection.vendor == "postgresql" else ""  # SQLite's LOWER knows ASCII alone
        text = f"LOWER(({left}){collation}) = LOWER(({right}){collation})"
        return text, (*left_given, *right_given)


def spellings(email: str) -> list[str]:
    """Every form in which one address may be kept, in small letters, each once; the one that mail is sent to first.

    Forms of strangers keep a domain in ASCII; an account keeps it as somebody typed it.
    """
    found = []
    with suppress(ValueError):
        found.append(tidy_address(email))
        found.append(_in_letters(found[0]))
    return list(dict.fromkeys(each.lower() for each in (*found, email.strip())))


def ends_of_tagged(email: str) -> tuple[str, str] | None:
    """(beginning, end) that all tagged addresses of one mailbox have, as `ann+lists@example.org` is one of `ann@`; None
    for an address without a tag (RFC 5233). Most servers put them all into the mailbox."""
    local, _at, domain = email.rpartition("@")
    name, plus, _tag = local.partition("+")
    return (f"{name}+", f"@{domain}") if name and plus else None


def names_address(text: str, email: str) -> bool:
    """Whether a text names an address whole: `ann@example.org` does not name `n@example.org`, nor `x@y.org.za` one
    at `y.org`."""
    around = rf"(?<![\w+-])(?<![\w+-]\.){re.escape(email)}(?!\.?[\w-]|@)"
    return re.search(around, text, re.IGNORECASE) is not None


def addresses_in(text: str) -> Iterator[str]:
    """What may be an address in a text, in small letters."""
    return (found.rstrip(".").casefold() for found in re.findall(r"[^\s@<>()\"',;:]+@[\w.-]+", text))


def _in_letters(address: str) -> str:
    """With the domain as its owners write it. Raises ValueError."""
    local, _at, domain = address.rpartition("@")
    return f"{local}@{idna.decode(domain)}"


class AddressField(forms.EmailField):
    """Django's, for addresses that strangers type or paste."""

    def __init__(self, *, max_length: int = LONGEST, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        try:
            address = tidy_address(super().to_python(value) or "")
            if address and not _REACHABLE.fullmatch(address):
                raise DomainError(address)
            return address
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
