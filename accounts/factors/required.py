"""Who must have a second factor. Roles are known to rooms above, which register how each is told."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

EVERYBODY = "everybody"
ROLES: dict[str, Callable[[Any], bool]] = {EVERYBODY: lambda user: True}
"""Name as in the setting TWO_FACTOR_REQUIRED -> whether a person holds the role."""


def register_role(name: str, held_by: Callable[[Any], bool]) -> None:
    """A name can be taken once."""
    if name in ROLES:
        raise ValueError(f"role {name!r} is declared twice")
    ROLES[name] = held_by


def is_required(user: Any) -> bool:
    """A name that no room knows requires nothing: accounts.checks refuses it at start."""
    return any(name in ROLES and ROLES[name](user) for name in settings.TWO_FACTOR_REQUIRED)
