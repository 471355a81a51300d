"""How many mails may ask one address to confirm something: the limits, and whether a waiting mail may go now."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from core.email_addresses import ends_of_tagged
from mail.models import Message
from mail.occasions import OCCASIONS, sent_to, sent_to_between

ASK_EVERY = timedelta(days=1)
"""Between two mails that ask one address to confirm something, by all forms together: a stranger cannot flood it."""
MOST_TAGGED = 5
"""Such mails within that time to all tagged addresses of one mailbox (`ann+one@`, `ann+two@`), of which a stranger can
make up any number. The address without a tag is not counted among them, so that they keep nothing from it."""


@transaction.atomic
def may_ask(message: Message, address: str, now: datetime) -> bool:
    """Whether a mail that asks may go now; at most one a day goes to one address.

    What else asks stays unsent: the page behind the link of the one mail shows all that waits under the address
    (mail.occasions.others_waiting). Beyond MOST_TAGGED it waits its turn.
    What may be sent is marked as asked under a lock, so that two workers never both find the day free.
    """
    a_day_ago = now - ASK_EVERY
    asking = [name for name, occasion in OCCASIONS.items() if occasion.asks]
    all_of_it = Message.objects.filter(
        sent_to(address), Q(sent_at=None, ready_at__isnull=False) | Q(asked_at__gt=a_day_ago)
    )
    locked = all_of_it.filter(occasion__in=asking).select_for_update().order_by("pk")
    others = [each for each in locked if each.asked_at and each.asked_at > a_day_ago and each.pk != message.pk]
    mine = Message.objects.filter(pk=message.pk)
    if others:
        mine.update(ready_at=None)
        return False
    if (free_at := _tagged_free_at(address, asking, now)) > now:
        mine.update(ready_at=free_at)
        return False
    return mine.update(asked_at=now) == 1


def _tagged_free_at(address: str, asking: Sequence[str], now: datetime) -> datetime:
    """When a tagged address may be asked: now, unless others of its mailbox were asked often."""
    ends = ends_of_tagged(address)
    if ends is None:
        return now
    asked = Message.objects.filter(sent_to_between(*ends), occasion__in=asking, asked_at__gt=now - ASK_EVERY)
    moments = [each.asked_at for each in asked.order_by("-asked_at")[:MOST_TAGGED] if each.asked_at]
    return moments[-1] + ASK_EVERY if len(moments) == MOST_TAGGED else now
