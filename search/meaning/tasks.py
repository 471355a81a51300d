"""Vectors are made by the worker: reading a document takes the model seconds."""

from django.conf import settings
from django_tasks import task

from search.meaning import services

PRIORITY = 10
"""Above the printing of the same publication, which may take half a minute: meaning is to be found in ten seconds."""


@task(priority=PRIORITY)
def embed() -> int:
    """Answers how many editions were read. What is left waits for the next tick."""
    return services.embed_waiting()


def tell_worker() -> None:
    if settings.SEARCH_EMBEDDER:
        embed.enqueue()
