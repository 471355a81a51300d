"""Subscriptions by mail: asked for, begun by a confirmed address, ended by one button.

A room above registers each kind it offers: followers of a document, alerts of a search.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from core.tokens import new_secret, read_link, sign_link
from mail import outbox
from mail.models import Message, Subscription, SubscriptionQuerySet
from mail.occasions import Occasion, Owner, register_owner, type_of


@dataclass(frozen=True, slots=True)
class Kind:
    """What an address can subscribe to.

    name: also the purpose that its links are signed for. confirmation: the occasion that asks to confirm.
    begin_view, end_view: names of the addresses that take a signed link, and a secret. context: what templates say.
    asks_again: whether an address that asked already, and does not stand, is written to again when it asks again.
    most_waiting: unconfirmed ones of one address, so that nobody can be flooded; None: mail.delivery limits it alone.
    """

    name: str
    confirmation: Occasion
    begin_view: str
    end_view: str
    context: Callable[[Subscription], dict[str, Any]] | None = None
    asks_again: bool = True
    most_waiting: int | None = None

    @property
    def subscriptions(self) -> SubscriptionQuerySet:
        return Subscription.objects.filter(kind=self.name)

    def by_link(self, token: str) -> Subscription | None:
        """That which a link to confirm was made for. Raises core.tokens.BadLink."""
        return self.by_secret(read_link(self.name, token))

    def by_secret(self, secret: str) -> Subscription | None:
        return self.subscriptions.filter(secret=secret).first()

    def tell(self, occasion: Occasion, key: str, topic: str, now: datetime, facts: dict[str, Any]) -> int:
        """Write to everybody who wants mail about a topic. Answers how many mails were not noted before."""
        told = self.subscriptions.standing().filter(topic=topic)
        return sum(outbox.write(occasion, f"{key}:{each.pk}", now, each, facts) for each in told)


KINDS: dict[str, Kind] = {}


def register_kind(kind: Kind) -> Kind:
    KINDS[kind.name] = kind
    return kind


def _wants(subscription: Subscription, occasion: Occasion) -> bool:
    kind = KINDS.get(subscription.kind)
    return kind is not None and (subscription.stands or occasion.name == kind.confirmation.name)


def _context(subscription: Subscription) -> dict[str, Any]:
    more = KINDS[subscription.kind].context
    links = {"confirm": begin_path(subscription), "end": end_path(subscription)}
    return {"subscription": subscription, **links, **(more(subscription) if more else {})}


register_owner(Owner(Subscription.objects.all(), "email", _context, _wants))


def begin_path(subscription: Subscription) -> str:
    token = sign_link(subscription.kind, subscription.secret)
    return reverse(KINDS[subscription.kind].begin_view, args=[token])


def end_path(subscription: Subscription) -> str:
    return reverse(KINDS[subscription.kind].end_view, args=[subscription.secret])


@transaction.atomic
def ask(kind: Kind, email: str, topic: str, language: str, now: datetime) -> None:
    """Send a link that begins the mails. An address that gets them already gets nothing, and nobody learns that."""
    email = email.strip().casefold()
    waiting = kind.subscriptions.filter(email=email, confirmed_at=None)
    if kind.most_waiting is not None and waiting.count() >= kind.most_waiting:
        return
    given = {"language": language, "secret": new_secret(), "created_at": now}
    found, made = Subscription.objects.get_or_create(kind=kind.name, email=email, topic=topic, defaults=given)
    if made or (kind.asks_again and not found.stands):
        outbox.write(kind.confirmation, f"{kind.name}:{found.pk}:{now:%Y%m%d%H}", now, found)


def begin(subscription: Subscription, now: datetime) -> None:
    subscription.confirmed_at = subscription.confirmed_at or now
    subscription.ended_at = None
    subscription.save(update_fields=["confirmed_at", "ended_at", "state"])


def end(subscription: Subscription, now: datetime) -> None:
    subscription.ended_at = subscription.ended_at or now
    subscription.save(update_fields=["ended_at"])


def forget(subscriptions: QuerySet[Subscription]) -> None:
    """Delete them, address and all, with what was or would be written to them."""
    keys = list(subscriptions.values_list("pk", flat=True))
    Message.objects.filter(owner_type=type_of(Subscription), owner_id__in=keys).delete()
    Subscription.objects.filter(pk__in=keys).delete()
