"""Background task: read a file that an editor uploaded. No page waits for a parser."""

from django_tasks import task

from bpf_pages.importing.services import read_waiting
from bpf_pages.models.imported_file import ImportedFile


@task()
def read_file(key: int) -> None:
    """Runs once more where a worker was stopped: a file that was read is left alone."""
    if imported := ImportedFile.objects.filter(pk=key).first():
        read_waiting(imported)
