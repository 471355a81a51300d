"""A new account has no password: its person is mailed a link to choose one, so that nobody else ever knew it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest

from accounts.notices.occasions import INVITED
from accounts.notices.services import tell


def open_account(email: str, name: str = "") -> Any:
    """An account under its mail address, without a password, and the mail that lets its person choose one.

    Raises IntegrityError where another account has the address as its name.
    """
    users = get_user_model()
    person = users(username=email[:150], email=email, first_name=name[:150])
    person.set_unusable_password()
    person.save()
    invite(person)
    return person


def invite(person: Any) -> None:
    """Mail the link. Without it an account without a password opens to single sign-on only."""
    tell(person, INVITED, is_reset=True)


def after_create_user(request: HttpRequest, user: Any) -> None:
    """After the page "Add user" of the admin."""
    invite(user)
