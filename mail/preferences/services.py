"""The link, in every mail to a person with an account, that stops them."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing

from mail.models import Preference

UNSUBSCRIBE_SALT = "workflow.unsubscribe"  # as it was when the first mails were sent: their links still hold


def unsubscribe_token(user: Any) -> str:
    return signing.dumps(user.pk, salt=UNSUBSCRIBE_SALT)


def reader_of(token: str) -> Any:
    """The person of a token, or None if gone. Raises signing.BadSignature."""
    return get_user_model().objects.filter(pk=signing.loads(token, salt=UNSUBSCRIBE_SALT)).first()


def stop_mail(user: Any) -> None:
    Preference.objects.update_or_create(user=user, defaults={"mode": Preference.Mode.NONE})
