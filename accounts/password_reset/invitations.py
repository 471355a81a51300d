"""A new account has no password: its person is mailed a link to choose one, so that nobody else ever knew it."""

from typing import Any

from django.http import HttpRequest

from accounts.notices.occasions import INVITED
from accounts.notices.services import tell


def invite(request: HttpRequest, user: Any) -> None:
    """After the page "Add user" of the admin. Without the link the account opens to single sign-on only."""
    tell(user, INVITED, is_reset=True)
