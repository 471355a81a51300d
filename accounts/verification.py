"""Whether the record of accounts is complete and unchanged."""

from collections.abc import Iterator

from accounts.events.services import SEALS
from accounts.models import Event, EventChain
from core.hash_chain import chain_hash


def findings() -> Iterator[str]:
    """One sentence per fault: a changed, missing or reordered row, an end that is not where the chain says."""
    chain = EventChain.objects.filter(pk=1).first() or EventChain()
    number, head = chain.sealed_through, chain.sealed_hash
    sealed_away: Event | None = None
    for event in Event.objects.order_by("ordinal").iterator(chunk_size=500):
        if event.ordinal != number + 1:
            yield f"accounts: row {number + 1} of the record is missing"
            return
        if event.previous_hash != head:
            yield f"accounts: {event} does not follow the row before it"
        yield from _row_faults(event)
        sealed_away = event if event.kind == Event.Kind.SEALED_AWAY else sealed_away
        number, head = event.ordinal, event.hash
    if (number, head) != (chain.length, chain.head):
        yield f"accounts: the record holds {number} rows, {chain.length} were written"
    sealed = {"through": chain.sealed_through, "hash": chain.sealed_hash}
    if chain.sealed_through and (sealed_away is None or sealed_away.data != sealed):
        yield f"accounts: no row says that {chain.sealed_through} rows were sealed away"


def _row_faults(event: Event) -> Iterator[str]:
    if event.hash != chain_hash(event.previous_hash, event.content()):
        yield f"accounts: {event} was changed after it was written"
    for name in SEALS:
        expected = event.sealed(name)
        if event.salt and expected and expected != getattr(event, f"{name}_seal"):
            yield f"accounts: {event} names another {name}"
