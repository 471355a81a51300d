"""Subscriptions by mail: asked for, begun by a confirmed address, ended by one button.

A room above registers each kind it offers: followers of a document, alerts of a search.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from core.tokens import BadLink, new_secret, read_link, sign_link
from mail import outbox
from mail.models import Message, Subscription, SubscriptionQuerySet
from mail.occasions import Occasion, Owner, register_owner, type_of


@dataclass(frozen=True, slots=True)
class Kind:
    """What an address can subscribe to.

    name: also the purpose that its links are signed for. confirmation: the occasion that asks to confirm.
    begin_view, end_view: names of the addresses that take a signed link. context: what templates say.
    """

    name: str
    confirmation: Occasion
    begin_view: str
    end_view: str
    context: Callable[[Subscription], dict[str, Any]] | None = None

    @property
    def subscriptions(self) -> SubscriptionQuerySet:
        return Subscription.objects.filter(kind=self.name)

    def by_link(self, token: str) -> Subscription | None:
        """That which a link to confirm was made for. Raises core.tokens.BadLink."""
        return self.by_secret(read_link(self.name, token))

    def by_secret(self, secret: str) -> Subscription | None:
        return self.subscriptions.filter(secret=secret).first()

    def by_end_link(self, token: str, now: datetime) -> Subscription | None:
        """That which a link to end was made for. Raises core.tokens.BadLink where it was mailed too long ago.

        Mails of before docs/adr/0086 carry the bare secret: it is good for as long from the last mail that went out.
        """
        age = timedelta(days=settings.TOKEN_DAYS["unsubscribe"])
        if ":" in token:
            return self.by_secret(read_link(f"{self.name} end", token, max_age=age))
        found = self.by_secret(token)
        if found and now > max(filter(None, (found.created_at, found.confirmed_at, found.mailed_at))) + age:
            raise BadLink(expired=True)
        return found

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


register_owner(Owner(Subscription.objects.all(), "email", _context, _wants, waits=lambda each: not each.stands))


def begin_path(subscription: Subscription) -> str:
    token = sign_link(subscription.kind, subscription.secret)
    return reverse(KINDS[subscription.kind].begin_view, args=[token])


def end_path(subscription: Subscription) -> str:
    token = sign_link(f"{subscription.kind} end", subscription.secret)
    return reverse(KINDS[subscription.kind].end_view, args=[token])


@transaction.atomic
def ask(kind: Kind, email: str, topic: str, language: str, now: datetime) -> None:
    """Send a link that begins the mails. An address that gets them already gets nothing, and nobody learns that. How
    often an address is asked, mail.delivery limits over all forms."""
    email = email.strip().casefold()
    given = {"language": language, "secret": new_secret(), "created_at": now}
    found, made = Subscription.objects.get_or_create(kind=kind.name, email=email, topic=topic, defaults=given)
    if made or not found.stands:
        outbox.write(kind.confirmation, f"{kind.name}:{found.pk}:{now:%Y%m%d}", now, found)


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
