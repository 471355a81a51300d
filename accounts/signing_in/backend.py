"""Django's own way to check a password; the account of a session comes with whether it has a second factor."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, OuterRef

from accounts.models import Factor


class AccountBackend(ModelBackend):
    def get_user(self, user_id: Any) -> Any:
        """In one query: every request of an editor asks. is_of_request: what the account may do is read once for it."""
        factors = Factor.objects.filter(user=OuterRef("pk"))
        users = get_user_model()._default_manager.annotate(has_second_factor=Exists(factors))
        user = users.filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.is_of_request = True  # type: ignore[attr-defined]
        return user
