"""From the signals of editions to rows. Receivers run inside the transaction that made the change: they only write."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver

from editions.models import Edition
from editions.signals import edition_published, edition_standing_changed, edition_withdrawn
from search import engines, files, indexing
from search.landing import lander
from search.models import IndexChange
from workflow.signals import attachment_changed


def note(edition: Edition, *, removes: bool = False) -> None:
    """Every engine has to look at this edition again. What follows after the commit may fail: the rows stay."""
    IndexChange.objects.bulk_create(
        IndexChange(engine=name, edition=edition.identifier, removes=removes) for name in engines.names()
    )
    at_once = removes or not settings.SEARCH_LANDS_BESIDE
    transaction.on_commit(land_at_once if at_once else lander.ask, robust=True)


def land_at_once() -> None:
    """What was withdrawn has left the search when the answer comes; its answer waits for that."""
    indexing.drain_once(indexing.WAIT_S)


@receiver(edition_published, dispatch_uid="search.published")
def published(sender: Any, edition: Edition, former: Edition | None, **kwargs: Any) -> None:
    note(edition)
    if former:
        note(former)


@receiver(edition_withdrawn, dispatch_uid="search.withdrawn")
def withdrawn(sender: Any, edition: Edition, **kwargs: Any) -> None:
    note(edition, removes=True)


@receiver(edition_standing_changed, dispatch_uid="search.standing_changed")
def standing_changed(sender: Any, edition: Edition, **kwargs: Any) -> None:
    note(edition)


attachment_changed.connect(files.changed, dispatch_uid="search.attachment_changed")
