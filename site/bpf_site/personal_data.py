"""Accounts of editors (core.personal_data)."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.personal_data import Erasure, Holding, register


def _erase_accounts(keys: list[Any], asked: Erasure) -> None:
    """The row stays, so that steps taken by it still belong to one account: without a name, and for nobody to use."""
    for user in get_user_model().objects.filter(pk__in=keys):
        user.username, user.first_name, user.last_name, user.email = f"erased-{user.pk}", "", "", ""
        user.is_active = user.is_staff = user.is_superuser = False
        user.set_unusable_password()
        user.save()
        user.groups.clear()
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") in {str(key) for key in keys}:
            session.delete()


register(
    Holding(
        model="auth.User",
        key="accounts",
        what=_("Name, e-mail address and password of editors"),
        why=_("To sign in, and to be told what waits. Of the password only a hash is kept."),
        until=_("As long as the account"),
        names=("username", "first_name", "last_name", "email"),
        secrets=("password",),
        erased={"password": UNUSABLE_PASSWORD_PREFIX},
        about=lambda email: get_user_model().objects.filter(email__same_address=email),
        described=lambda user: {"name": user.get_full_name(), "account": user.get_username(), "email": user.email},
        erase=_erase_accounts,
        of_account=True,
    )
)
