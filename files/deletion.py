"""Delete kept files whose rows are gone: noted in the transaction that removed the row, done after commit, and tried
again by the clock for as long as the store does not answer."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from core.after_commit import after_commit
from files.models import LeftFile

MOST_AT_ONCE = 100  # files a tick: other chores wait meanwhile


def delete_file_of(row: Model) -> None:
    """The file of a row with a field `file`, which the caller removed or points elsewhere in this transaction. A file
    that another row of the table names stays."""
    name = str(row.file.name)  # type: ignore[attr-defined]
    after_commit(_delete, LeftFile.objects.create(table=row._meta.label, name=name, since=timezone.now()))


def delete_left(now: datetime) -> int:
    """A chore: what could not be deleted after its commit. Answers how many. Raises the last error of the store, once
    the other files were tried."""
    found, failed = list(LeftFile.objects.order_by("pk")[:MOST_AT_ONCE]), None
    for left in found:
        try:
            _delete(left)
        except Exception as error:  # stores raise what they like; the others are tried first
            failed = error
    if failed:
        raise failed
    return len(found)


def _delete(left: LeftFile) -> None:
    """Idempotent: a store deletes a file that is not there without a word."""
    table: Any = apps.get_model(left.table)
    if not table._default_manager.filter(file=left.name).exists():
        table._meta.get_field("file").storage.delete(left.name)
    LeftFile.objects.filter(pk=left.pk).delete()
