"""The link, in every mail to a person with an account, that stops them."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing

from core.tokens import BadLink
from mail.models import Preference

UNSUBSCRIBE_SALT = "workflow.unsubscribe"  # as it was when the first mails were sent: their links still hold


def unsubscribe_token(user: Any) -> str:
    return signing.dumps(user.pk, salt=UNSUBSCRIBE_SALT)


def reader_of(token: str) -> Any:
    """The person of a token, or None if gone. Raises core.tokens.BadLink."""
    try:
        pk = signing.loads(token, salt=UNSUBSCRIBE_SALT, max_age=timedelta(days=settings.TOKEN_DAYS["unsubscribe"]))
    except signing.SignatureExpired as error:
        raise BadLink(expired=True) from error
    except signing.BadSignature as error:
        raise BadLink(expired=False) from error
    return get_user_model().objects.filter(pk=pk).first()


def stop_mail(user: Any) -> None:
    Preference.objects.update_or_create(user=user, defaults={"mode": Preference.Mode.NONE})
