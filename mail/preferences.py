"""How a person with an account wants to be told, and the link in every mail that stops them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse

from mail.models import Preference

UNSUBSCRIBE_SALT = "workflow.unsubscribe"  # as it was when the first mails were sent: their links still hold


def wants_digest(people: Iterable[Any]) -> set[int]:
    """Keys of those among these people who want one mail a day."""
    daily = Preference.objects.filter(user__in=people, mode=Preference.Mode.DAILY)
    return set(daily.values_list("user", flat=True))


def unsubscribe_path(user: Any) -> str:
    return reverse("mail:unsubscribe", args=[unsubscribe_token(user)])


def unsubscribe_token(user: Any) -> str:
    return signing.dumps(user.pk, salt=UNSUBSCRIBE_SALT)


def unsubscribe(token: str) -> Any:
    """Stop all mail to the person of a token. Raises signing.BadSignature; answers the person, or None if gone."""
    user = reader_of(token)
    if user is not None:
        Preference.objects.update_or_create(user=user, defaults={"mode": Preference.Mode.NONE})
    return user


def reader_of(token: str) -> Any:
    """The person of a token, or None if gone. Raises signing.BadSignature."""
    return get_user_model().objects.filter(pk=signing.loads(token, salt=UNSUBSCRIBE_SALT)).first()
