"""Background tasks of catalogues. No page waits for a parser or for another server."""

from django.utils import timezone
from django_tasks import task

from bpf_pages.catalogues.services import free_rows, go_on, look_through
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
