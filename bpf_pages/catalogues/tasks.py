"""Background tasks of catalogues. No page waits for a parser or for another server."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from bpf_pages.catalogues.services import free_rows, go_on, left_behind, look_through, start
from bpf_pages.models.catalogue import Catalogue


@task()
def check_catalogue(key: int) -> None:
    """Runs once more where a worker was stopped."""
    if catalogue := Catalogue.objects.filter(pk=key).first():
        look_through(catalogue, timezone.now())


@task()
def bring_in(key: int) -> None:
    """A slice of a catalogue, and the next one after what waits meanwhile."""
    catalogue = Catalogue.objects.filter(pk=key, state=Catalogue.State.RUNNING).first()
    if catalogue is None:
        return
    go_on(catalogue)
    if catalogue.state == Catalogue.State.RUNNING and free_rows(catalogue, timezone.now()).exists():
        bring_in.enqueue(key)


def go_on_with_left_behind(now: datetime) -> int:
    """A chore of the scheduler. Answers how many catalogues."""
    found = list(left_behind(now))
    for catalogue in found:
        start(catalogue)
        bring_in.enqueue(catalogue.pk)
    return len(found)
