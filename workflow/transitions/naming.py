"""An unpublished document is called by what its page says now; its first step fixes title and identifier.

Both are copied into the process, since they outlive the page. Until something is published an editor may still change
the slug, the forum's code, or the forum itself.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

from editions.models import Relation
from workflow.signals import series_changed
from workflow.transitions.models import Process


def follow_page(sender: Any, instance: Page, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of post_save of governed pages and of the pages above them, and of post_page_move."""
    if raw or not instance.path:
        return
    below = Process.objects.filter(page__path__startswith=instance.path, moves=0).select_related("page")
    for process in below:
        _follow(process, process.page.specific)  # type: ignore[union-attr]


@transaction.atomic
def _follow(process: Process, page: Any) -> None:
    title, series = page.title, page.series
    if (process.title, process.series) == (title, series):
        return
    former = process.series
    Process.objects.filter(pk=process.pk, moves=0).update(title=title, series=series)
    if former != series:
        series_changed.send(Process, process=process, series=series)
        for column in ("source", "target"):
            Relation.objects.filter(Q(**{column: former})).update(**{column: series})
