"""Sign-in to the admin: failed tries are counted for each account name, and slowed down."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm


class ThrottledLoginForm(LoginForm):  # type: ignore[misc]
    """Refuses further tries for an account after LOGIN_TRIES failures, for LOGIN_PAUSE_SECONDS.

    Counted by account name, not by address: a meeting room shares one address. Unknown names are counted too, so that
    the answer does not tell which accounts exist.
    """

    error_messages = LoginForm.error_messages | {
        "too_many": _("Too many failed tries for this account. Wait %(minutes)d minutes, then try again.")
    }

    def clean(self) -> Any:
        key = f"login-failures:{str(self.cleaned_data.get('username', '')).lower()[:150]!r}"
        if cache.get(key, 0) >= settings.LOGIN_TRIES:
            minutes = {"minutes": settings.LOGIN_PAUSE_SECONDS // 60}
            raise ValidationError(self.error_messages["too_many"], code="too_many", params=minutes)
        try:
            cleaned = super().clean()
        except ValidationError:
            cache.set(key, cache.get(key, 0) + 1, settings.LOGIN_PAUSE_SECONDS)
            raise
        cache.delete(key)
        return cleaned
