"""Refuse a command where the database has no tables yet, in one sentence.

Without it every chore of a tick failed by itself, each with its traceback.
"""

from django.core.management.base import CommandError
from django.db import connection

from bpf_site.monitoring.models import Heartbeat


def need_tables() -> None:
    """Raises CommandError where nothing was migrated, which takes one query to find out."""
    if Heartbeat._meta.db_table not in connection.introspection.table_names():
        raise CommandError(
            "The database has no tables of the library yet, and nothing was done. Is DATABASE_URL (or BPF_DATA) the "
            "right one? For a new library run `python manage.py prepare`."
        )
