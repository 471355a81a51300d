"""What the outbox and the subscriptions hold of a person (core.personal_data)."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.personal_data import Ending, Erasure, Holding, register
from mail.models import Message, Subscription
from mail.occasions import occasion_of, sent_to
from mail.subscriptions.services import forget


def _mails_about(email: str) -> QuerySet[Message]:
    return Message.objects.filter(sent_to(email)) | Message.objects.filter(user__email__same_address=email)


def _told(mail: Message) -> dict[str, Any]:
    return {"occasion": str(occasion_of(mail).label), "written": mail.created_at.isoformat()}


def _forget_mails(keys: list[Any], asked: Erasure) -> None:
    """Mails to an account stay with the account."""
    mails = Message.objects.filter(pk__in=keys)
    (mails if asked.with_account else mails.filter(user=None)).delete()


def _forget_subscriptions(keys: list[Any], asked: Erasure) -> None:
    forget(Subscription.objects.filter(pk__in=keys))


def _ended_long_ago(now: datetime) -> QuerySet[Subscription]:
    """The row stays, so that its link still says that the mails have ended."""
    return Subscription.objects.filter(ended_at__lt=now - timedelta(days=settings.UNCONFIRMED_DAYS))


register(
    Holding(
        model="mail.Subscription",
        key="notices",
        what=_("The e-mail address of whoever asked for notices, and what about"),
        why=_("To send them. Each mail says how to end them, with one button."),
        until=_("Until they are ended, and %(days)s days more; as long if they are never confirmed"),
        days="UNCONFIRMED_DAYS",
        names=("email",),
        words=("topic",),
        secrets=("secret",),
        impersonal=("kind", "language", "state"),
        about=lambda email: Subscription.objects.filter(email=email),
        described=lambda row: {"topic": row.topic, "asked": row.created_at.isoformat()},
        erase=_forget_subscriptions,
        endings=(Ending(("email",), _ended_long_ago),),
    ),
    Holding(
        model="mail.Message",
        key="mails",
        what=_("That a mail was written to somebody, and when"),
        why=_("So that each mail goes out once and a failure is seen. The address itself is not kept with it."),
        until=_("As long as what it is about"),
        names=("list_address",),
        words=("subject", "body"),
        impersonal=("key", "occasion", "list_archive", "owner_type", "about", "facts", "error"),
        about=_mails_about,
        described=_told,
        erase=_forget_mails,
    ),
    Holding(model="mail.Wording", impersonal=("occasion", "subject", "body", "list_subject", "list_body")),
    Holding(model="mail.Preference", impersonal=("mode",)),
)
