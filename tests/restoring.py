"""After a transactional test the database is what the migrations left, as a copy of its bytes or rows.

Django empties every table then, and reads the rows of the migrations back object by object, with all that hears of
saved objects: that takes half a second of CPU a test. Only this clean-up goes past the triggers that refuse exactly
that; the test itself meets them.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.postgresql.creation import DatabaseCreation
from django.test import TransactionTestCase

PATIENCE_S = 30
"""For a browser's or a thread's last request, which may outlive its test and hold the write lock."""


@contextmanager
def triggers_set_aside(connection: Any) -> Iterator[None]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


class _Pages:
    """A file of SQLite, page by page."""

    def __init__(self) -> None:
        connection.ensure_connection()
        self._kept = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(self._kept)

    def restore(self) -> None:
        connection.ensure_connection()
        ends = time.monotonic() + PATIENCE_S

        def in_time(_status: int, _remaining: int, _total: int) -> None:
            if time.monotonic() > ends:
                raise TimeoutError("somebody holds the write lock of the test database")

        self._kept.backup(connection.connection, progress=in_time, sleep=0.05)


class _Rows:
    """Every table of PostgreSQL that has rows, as COPY writes them. Sequences go on: numbers are not given again."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT quote_ident(tablename) FROM pg_tables "
                "WHERE schemaname = current_schema() AND tablename <> 'django_migrations'"
            )
            self._tables = [name for (name,) in cursor.fetchall()]
            self._kept = {}
            for table in self._filled(cursor):
                with cursor.copy(f"COPY {table} TO STDOUT") as rows:
                    self._kept[table] = b"".join(rows)

    def restore(self) -> None:
        with triggers_set_aside(connection), connection.cursor() as cursor:
            for table in self._filled(cursor):
                cursor.execute(f"DELETE FROM {table}")
            for table, rows in self._kept.items():
                with cursor.copy(f"COPY {table} FROM STDIN") as into:
                    into.write(rows)

    def _filled(self, cursor: Any) -> list[str]:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in self._tables)
        )
        return [name for (name,) in cursor.fetchall()]


def let_restore(monkeypatch: Any) -> None:
    """Let every transactional test put back what stands in the test database now."""
    kept = _Rows() if connection.vendor == "postgresql" else _Pages()
    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: kept.restore())


def let_drop_pass(monkeypatch: Any) -> None:
    """PostgreSQL drops no database that somebody is connected to, and a browser's last request may outlive its test."""
    destroy = DatabaseCreation._destroy_test_db

    def _destroy_test_db(self: Any, name: str, verbosity: int) -> None:
        with self._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        destroy(self, name, verbosity)

    monkeypatch.setattr(DatabaseCreation, "_destroy_test_db", _destroy_test_db)
