"""What the outbox and the subscriptions hold of an address: for its owner to read, and to be erased."""

from typing import Any

from mail.models import Message, Subscription
from mail.occasions import occasion_of, sent_to
from mail.subscriptions.services import forget


def held(email: str) -> dict[str, Any]:
    """notices: what the address subscribed to. mails: what was or will be written to it, and to its account."""
    mails = Message.objects.filter(sent_to(email)) | Message.objects.filter(user__email__iexact=email)
    said = [(str(occasion_of(mail).label), mail.created_at.isoformat()) for mail in mails.order_by("pk")]
    topics = Subscription.objects.filter(email=email).order_by("pk").values_list("topic", flat=True)
    return {"notices": list(topics), "mails": [{"occasion": label, "written": written} for label, written in said]}


def erase(email: str) -> None:
    """Before the rooms erase their rows, by which its mails are found. Mails to an account stay with the account."""
    Message.objects.filter(sent_to(email)).delete()
    forget(Subscription.objects.filter(email=email))
