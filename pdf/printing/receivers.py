"""Receive the signals of lower rooms and queue what is to be printed.

A row of the queue is written in the transaction that made the change: it is lost with it and with nothing else. What a
worker leaves undone, `services.print_missing` finds by itself.
"""

from typing import Any

from django.dispatch import receiver

from consultation.signals import words_erased
from editions.models import Edition
from editions.signals import edition_published, edition_standing_changed
from pdf.printing.services import forget
from pdf.printing.tasks import print_one


@receiver(edition_published, dispatch_uid="pdf.published")
def published(sender: Any, edition: Edition, former: Edition | None, **kwargs: Any) -> None:
    print_one.enqueue(edition.pk)
    if former and former.is_public:
        print_one.enqueue(former.pk)  # it now says that a newer edition took its place


@receiver(edition_standing_changed, dispatch_uid="pdf.standing_changed")
def standing_changed(sender: Any, edition: Edition, **kwargs: Any) -> None:
    print_one.enqueue(edition.pk)


@receiver(words_erased, dispatch_uid="pdf.words_erased")
def erased(sender: Any, series: list[str], **kwargs: Any) -> None:
    """A disposition annex may print what was erased, in any edition's file."""
    for edition in Edition.objects.filter(series__in=series):
        forget(edition)
        if edition.is_public:
            print_one.enqueue(edition.pk)
