"""Gather the links that lead out, and ask for those that were not asked for in a while. Never in a request."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bpf_pages.link_checks.gathering import gathered
from bpf_pages.link_rows.models import OutsideLink
from core.http.outside_requests import PoliteClient, Refused, Unreachable

AGAIN_AFTER = timedelta(days=30)
BUDGET_SECONDS = 600.0
MOST_AT_ONCE = 1000
Outcome = OutsideLink.Outcome
GONE = frozenset({404, 410, 451})


@dataclass(frozen=True, slots=True)
class Verdict:
    outcome: str
    status: int = 0
    detail: str = ""


def gather() -> int:
    """Bring the rows up to date with what is linked to. Answers how many are. A row that is linked to no more stays,
    with its archived copy, and is not asked for."""
    wanted = gathered()
    with transaction.atomic():
        known = {link.address: link for link in OutsideLink.objects.all()}
        new = [
            OutsideLink(address=address, places=places) for address, places in wanted.items() if address not in known
        ]
        OutsideLink.objects.bulk_create(new, batch_size=500)
        changed = []
        for address, link in known.items():
            places = wanted.get(address, [])
            if (link.places, link.is_used) != (places, address in wanted):
                link.places, link.is_used = places, address in wanted
                changed.append(link)
        OutsideLink.objects.bulk_update(changed, ["places", "is_used"], batch_size=500)
    return len(wanted)


def check(
    client: PoliteClient, *, older_than: timedelta = AGAIN_AFTER, most: int = MOST_AT_ONCE,
    tell: Callable[[OutsideLink], None] = lambda link: None,
) -> int:  # fmt: skip
    """Ask for what was not asked for in a while, hosts in turn, until the client's budget is used up. Answers how many.

    Each outcome is written when it is known, so a stop loses nothing and the next call goes on.
    """
    due = OutsideLink.objects.used().exclude(checked_at__gt=timezone.now() - older_than)
    count = 0
    for link in _hosts_in_turn(due.order_by("checked_at", "address")[:most]):
        try:
            verdict = judged(client, link.address)
        except TimeoutError:
            break
        _write(link, verdict, timezone.now())
        tell(link)
        count += 1
    return count


def judged(client: PoliteClient, address: str) -> Verdict:
    """What an address answers. Raises TimeoutError when the client's budget is used up.

    Only a server that says so, or a name that is gone, makes a link dead: a refusal or a fault may be of today, or
    meant for programs.
    """
    try:
        answer = client.ask(address)
    except Refused as refusal:
        return Verdict(Outcome.REFUSED, detail=str(refusal))
    except Unreachable as fault:
        return Verdict(Outcome.DEAD if fault.no_such_host else Outcome.UNCLEAR, detail=str(fault))
    moved = f"now at {answer.address}" if answer.address != address.partition("#")[0] else ""
    if answer.status in GONE:
        return Verdict(Outcome.DEAD, answer.status, moved)
    return Verdict(Outcome.ALIVE if 200 <= answer.status < 300 or answer.status == 416 else Outcome.UNCLEAR,
                   answer.status, moved)  # fmt: skip


def client_of(budget: float = BUDGET_SECONDS) -> PoliteClient:
    agent = f"BPF-Library-link-check (+{settings.WAGTAILADMIN_BASE_URL})"
    return PoliteClient(agent, budget, private=settings.CHECK_LINKS_IN_PRIVATE_NETWORKS)


def check_some(now: datetime) -> int:
    """A few at a tick, where the operator switched that on (CHECK_LINKS)."""
    if not settings.CHECK_LINKS:
        return 0
    if not OutsideLink.objects.filter(checked_at__gt=now - timedelta(days=1)).exists():
        gather()
    return check(client_of(20.0), most=10)


def _write(link: OutsideLink, verdict: Verdict, at: datetime) -> None:
    works = verdict.outcome == Outcome.ALIVE
    link.outcome, link.status, link.detail = verdict.outcome, verdict.status, verdict.detail[:300]
    link.failing_since = None if works else link.failing_since or at
    link.checked_at = at
    link.save(update_fields=["outcome", "status", "detail", "failing_since", "checked_at"])


def _hosts_in_turn(links: Iterable[OutsideLink]) -> list[OutsideLink]:
    """So that waiting for one host is time for the others."""
    by_host: dict[str, list[OutsideLink]] = {}
    for link in links:
        by_host.setdefault(urlsplit(link.address).hostname or "", []).append(link)
    return [link for row in zip_longest(*by_host.values()) for link in row if link is not None]
