"""Second factors of a person: added, removed, checked. A code is taken once, whoever sends it how often at a time."""

import logging
import secrets
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.events.services import record
from accounts.factors import encryption, recovery_codes, totp
from accounts.factors.passkeys import Made
from accounts.factors.required import is_required
from accounts.models import Event, Factor, RecoveryCode
from accounts.notices.occasions import FACTORS_CHANGED
from accounts.notices.services import tell
from accounts.open_sessions.services import end_others
from core.tokens import ALPHABET
from gate.client_address import keyed_hash, network
from gate.rate_limits import clear, give_back, take

logger = logging.getLogger(__name__)

Kind = Event.Kind
MOST_FACTORS = 8
A_DAY = timedelta(days=1)


class Refused(Exception):
    """A factor is not added or removed; `why` is a word of services' callers: "last" or "many"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def has_factor(user: Any) -> bool:
    return Factor.objects.filter(user=user).exists()


def has_app(user: Any) -> bool:
    return Factor.objects.filter(user=user, kind=Factor.Kind.APP).exists()


def has_passkey(user: Any) -> bool:
    return Factor.objects.filter(user=user, kind=Factor.Kind.PASSKEY).exists()


def codes_left(user: Any) -> int:
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def add_app(user: Any, name: str, secret: str, step: int) -> Factor:
    """step: that of the code by which the person showed that the app knows the secret. Raises Refused."""
    return _add(Factor(user=user, kind=Factor.Kind.APP, name=name, secret=encryption.encrypted(secret), last_step=step))


def add_passkey(user: Any, name: str, made: Made) -> Factor:
    """Raises Refused."""
    given = {"credential_id": made.credential_id, "credential": made.credential, "sign_count": made.sign_count}
    return _add(Factor(user=user, kind=Factor.Kind.PASSKEY, name=name, **given))


@transaction.atomic
def _add(factor: Factor) -> Factor:
    if Factor.objects.filter(user=factor.user).count() >= MOST_FACTORS:
        raise Refused("many")
    factor.save(force_insert=True)
    record(Kind.FACTOR_ADDED, factor.user, data={"factor": factor.kind})
    tell(factor.user, FACTORS_CHANGED, what=lambda: _("A second factor was added: %s") % factor.get_kind_display())
    end_others(factor.user)
    return factor


@transaction.atomic
def remove(factor: Factor, *, by: Any = None) -> None:
    """Recovery codes go with the last factor. Raises Refused where the last one is required."""
    others = Factor.objects.filter(user=factor.user).exclude(pk=factor.pk).exists()
    if not others and is_required(factor.user):
        raise Refused("last")
    _remove([factor], factor.user, by=by, with_codes=not others)


@transaction.atomic
def remove_all(user: Any, *, by: Any = None) -> int:
    """For somebody who lost them: at the next sign-in the password is enough, or leads to a new factor."""
    factors = list(Factor.objects.filter(user=user))
    _remove(factors, user, by=by, with_codes=True)
    return len(factors)


def _removal_in_words(factor: Factor) -> str:
    return _("A second factor was removed: %s") % factor.get_kind_display()


def _remove(factors: list[Factor], user: Any, *, by: Any, with_codes: bool) -> None:
    for factor in factors:
        factor.delete()
        record(Kind.FACTOR_REMOVED, user, by=by, data={"factor": factor.kind})
        tell(user, FACTORS_CHANGED, what=partial(_removal_in_words, factor))
    if with_codes:
        RecoveryCode.objects.filter(user=user).delete()
    if factors:
        end_others(user)


@transaction.atomic
def new_recovery_codes(user: Any) -> list[str]:
    """Ten codes of 50 bits, shown once. Former ones are void."""
    RecoveryCode.objects.filter(user=user).delete()
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(recovery_codes.CODES)]
    salt = recovery_codes.new_salt()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, code_hash=recovery_codes.kept(code, salt)) for code in codes
    )
    record(Kind.CODES_MADE, user)
    tell(user, FACTORS_CHANGED, what=lambda: _("New recovery codes were made; former ones are void."))
    end_others(user)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def check_code(request: HttpRequest, user: Any, typed: str, now: datetime) -> bool:
    """Whether this is a code of the person's app or an unused recovery code; it is used up then.

    Raises TooMany: beyond LOGIN_TRIES for this account from this network, LOGIN_TRIES_A_NETWORK for any; and codes of
    an app, which are six digits, beyond SECOND_FACTOR_TRIES_A_DAY from anywhere. Only somebody who has passed the first
    step gets here, so no stranger can use these limits up; recovery codes and passkeys stay open beyond the last.
    """
    code = "".join(typed.split()).replace("-", "").upper()[:40]
    here, window = network(request), timedelta(seconds=settings.LOGIN_PAUSE_SECONDS)
    is_app_code = len(code) == totp.DIGITS and code.isascii() and code.isdecimal()
    mine, account = keyed_hash(f"{here}:{user.pk}"), keyed_hash(f"account:{user.pk}")
    take("second factor, account", mine, settings.LOGIN_TRIES, now, window)
    take("second factor, network", here, settings.LOGIN_TRIES_A_NETWORK, now, window)
    if is_app_code:
        take("second factor, a day", account, settings.SECOND_FACTOR_TRIES_A_DAY, now, A_DAY)
    if not (_take_app_code(user, code, now) if is_app_code else _take_recovery_code(user, code, now)):
        return False
    clear("second factor, account", mine)
    give_back("second factor, network", here, now, window)
    if is_app_code:
        give_back("second factor, a day", account, now, A_DAY)
    return True


def encrypt_anew() -> tuple[int, int]:
    """Bring the secrets of apps into the newest form, under the newest key. Answers how many, and how many no key
    opens."""
    done = unreadable = 0
    for factor in Factor.objects.filter(kind=Factor.Kind.APP).iterator():
        if encryption.is_newest(factor.secret):
            continue
        try:
            anew = encryption.encrypted(encryption.decrypted(factor.secret))
        except encryption.Unreadable:
            unreadable += 1
            continue
        done += Factor.objects.filter(pk=factor.pk, secret=factor.secret).update(secret=anew)
    return done, unreadable


def _take_app_code(user: Any, code: str, now: datetime) -> bool:
    for factor in Factor.objects.filter(user=user, kind=Factor.Kind.APP):
        try:
            secret = encryption.decrypted(factor.secret)
        except encryption.Unreadable:
            logger.error("second factor %s was kept under a SECRET_KEY that is not known any more", factor.pk)
            continue
        step = totp.step_of(secret, code, now.timestamp())
        mine = Factor.objects.filter(pk=factor.pk, last_step__lt=step or 0)
        if step is not None and mine.update(last_step=step, used_at=now):
            return True
    return False


def _take_recovery_code(user: Any, code: str, now: datetime) -> bool:
    unused = RecoveryCode.objects.filter(user=user, used_at=None)
    some = unused.values_list("code_hash", flat=True).first() or ""
    forms = [recovery_codes.kept_like(code, some), _former_hash(user, code)]
    if not unused.filter(code_hash__in=forms).update(used_at=now):
        return False
    record(Kind.CODE_USED, user, by=user)
    tell(user, FACTORS_CHANGED, what=lambda: _("A recovery code was used."))
    return True


def _former_hash(user: Any, code: str) -> str:
    """How codes were kept before 2027: those that were given out then are still taken."""
    return keyed_hash(f"recovery code:{user.pk}:{code}")
