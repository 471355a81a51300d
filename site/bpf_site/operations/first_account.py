"""The first account of an instance."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model


def is_taken_care_of() -> bool:
    """Whether anybody can sign in who may do everything."""
    return bool(get_user_model().objects.filter(is_active=True, is_superuser=True).exists())


def ensure_editor() -> str:
    """Make the editor who may do everything, and answer the password; "(as you set it)" where it was changed since."""
    users = get_user_model().objects
    password = settings.EDITOR_PASSWORD or secrets.token_urlsafe(9)
    user = users.filter(username=settings.EDITOR_NAME).first()
    if user is None:
        users.create_superuser(
            settings.EDITOR_NAME, "editor@localhost", password, first_name="Library", last_name="Editor"
        )
        return password
    return password if user.check_password(password) else "(as you set it)"
