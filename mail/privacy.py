"""What the outbox and the subscriptions hold of an address: for its owner to read, and to be erased."""

from typing import Any

from mail.models import Message, Subscription
from mail.occasions import occasion_of, sent_to
from mail.subscriptions import forget


def held(email: str) -> dict[str, Any]:
    """Mails to the owner of an address and to its account, and what it subscribed to."""
    mails = Message.objects.filter(sent_to(email)) | Message.objects.filter(user__email__iexact=email)
    return {
        "mails": [
            {
                "occasion": str(occasion_of(message).label),
                "written": message.created_at.isoformat(),
                "sent": message.sent_at.isoformat() if message.sent_at else None,
            }
            for message in mails.order_by("pk")
        ],
        "notices": list(Subscription.objects.filter(email=email).order_by("pk").values_list("topic", flat=True)),
    }


def erase(email: str) -> None:
    """Before the rooms erase their rows, by which its mails are found. Mails to an account stay with the account."""
    Message.objects.filter(sent_to(email)).delete()
    forget(Subscription.objects.filter(email=email))
