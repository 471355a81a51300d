"""Rows that say which edition an index has to look at again. Written in the transaction that changed the edition."""

from django.conf import settings

from core.after_commit import after_commit
from editions.models import Edition
from search.engines import registry as engines
from search.indexing.models import IndexChange
from search.indexing.writer_thread import index_writer, write_at_once


def note(edition: Edition, *, removes: bool = False) -> None:
    """Every engine has to look at this edition again. What follows after the commit may fail: the rows stay."""
    IndexChange.objects.bulk_create(
        IndexChange(engine=name, edition=edition.identifier, removes=removes) for name in engines.names()
    )
    at_once = removes or not settings.SEARCH_LANDS_BESIDE
    after_commit(write_at_once if at_once else index_writer.ask)


def note_document(series: str) -> None:
    """The index has to look at the newest public edition of a document again."""
    for edition in Edition.objects.public().current().filter(series=series):
        note(edition)
