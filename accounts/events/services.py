"""Write the record of accounts: one chain of rows, of which the oldest go by date and leave a sealed end behind."""

import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.events.current_request import acting_person, acting_request
from accounts.models import Event, EventChain
from core.hash_chain import chain_hash
from gate.client_address import network

SEALS = ("person", "by", "network")


@transaction.atomic
def record(
    kind: Event.Kind,
    person: Any = None,
    *,
    by: Any = None,
    request: HttpRequest | None = None,
    data: dict[str, Any] | None = None,
) -> Event:
    """Add a row at the end of the chain. by, request: who does it, from where; else those of the request that is being
    answered. data holds no name and no address. The lock on the chain is held to the end of the transaction.
    """
    request = request or acting_request()
    by = by or acting_person(request)
    chain, _made = EventChain.objects.select_for_update().get_or_create(pk=1)
    event = Event(
        ordinal=chain.length + 1,
        kind=kind,
        at=timezone.now(),
        person=person,
        by=by,
        network=network(request) if request is not None else "",
        salt=secrets.token_hex(16),
        data=json.loads(json.dumps(data or {}, cls=DjangoJSONEncoder)),
        previous_hash=chain.head,
    )
    for name in SEALS:
        setattr(event, f"{name}_seal", event.sealed(name))
    event.hash = chain_hash(event.previous_hash, event.content())
    event.save(force_insert=True)
    chain.length, chain.head = event.ordinal, event.hash
    chain.save(update_fields=["length", "head"])
    return event


def of_person(person: Any) -> QuerySet[Event]:
    """The newest first."""
    return Event.objects.filter(person=person).select_related("by").order_by("-ordinal")


def detach(person: Any) -> int:
    """Nobody can tell any more whose rows these were; the chain holds. Answers how many."""
    Event.objects.filter(by=person).exclude(person=person).update(by=None)
    return Event.objects.filter(person=person).update(person=None, by=None, network="", salt="")


@transaction.atomic
def forget(now: datetime) -> int:
    """Delete rows that are older than ACCOUNT_EVENT_DAYS, and networks older than NETWORK_DAYS. Answers how many.

    The chain goes on from a sealed end: what was deleted is named by its last number and hash, in a row of the chain
    and in EventChain, so that no row between can be missing unseen.
    """
    former = Event.objects.filter(at__lt=now - timedelta(days=settings.NETWORK_DAYS)).exclude(network="")
    done = former.update(network="")
    chain = EventChain.objects.select_for_update().filter(pk=1).first()
    if chain is None:
        return done
    before = now - timedelta(days=settings.ACCOUNT_EVENT_DAYS)
    first_kept = Event.objects.filter(at__gte=before).order_by("ordinal").first()
    last = Event.objects.filter(ordinal__lt=first_kept.ordinal if first_kept else chain.length + 1).last()
    if last is None:
        return done
    record(Event.Kind.SEALED_AWAY, data={"through": last.ordinal, "hash": last.hash})
    EventChain.objects.filter(pk=1).update(sealed_through=last.ordinal, sealed_hash=last.hash)
    return done + Event.objects.filter(ordinal__lte=last.ordinal).delete()[0]
