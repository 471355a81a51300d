"""System checks of sign-in: settings that name half of a thing, or roles that no room knows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from accounts.factors.required import ROLES
from accounts.single_sign_on.provider import is_safe_address

HINT = "docs/operators/sign-in.md lists the settings."
TOGETHER = ("OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


@register()
def sign_in_is_whole(**kwargs: Any) -> list[CheckMessage]:
    return [Error(said, HINT, id="accounts.E001") for said in _faults()]


def _faults() -> Iterator[str]:
    for name in settings.TWO_FACTOR_REQUIRED:
        if name not in ROLES:
            yield f"TWO_FACTOR_REQUIRED names {name!r}, which is no role. Roles: {', '.join(sorted(ROLES))}."
    given = [name for name in TOGETHER if getattr(settings, name)]
    if given and len(given) < len(TOGETHER):
        yield f"{', '.join(given)} is set, but not all of {', '.join(TOGETHER)}: there is no single sign-on."
    if settings.PASSWORD_LIST and not Path(settings.PASSWORD_LIST).is_file():
        yield "PASSWORD_LIST names no file on this machine."
    if settings.OIDC_SERVER_URL and not is_safe_address(settings.OIDC_SERVER_URL):
        yield "OIDC_SERVER_URL must begin with https://: the provider says who somebody is."


@register(Tags.security, deploy=True)
def the_secretariat_has_two_factors(**kwargs: Any) -> list[CheckMessage]:
    if set(settings.TWO_FACTOR_REQUIRED) & {"secretariat", "everybody"}:
        return []
    said = "TWO_FACTOR_REQUIRED does not name the secretariat: a guessed password is enough to rule the library."
    return [Warning(said, HINT, id="accounts.W002")]
