"""Let transactional tests empty the database although its triggers refuse exactly that.

After such a test Django deletes (SQLite) or truncates (PostgreSQL) every table. Only that clean-up goes past the
triggers; the test itself meets them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.postgresql.creation import DatabaseCreation


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


def let_flush_pass(monkeypatch: Any) -> None:
    flush = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with triggers_set_aside(self.connection):
            flush(self, sql_list)

    monkeypatch.setattr(BaseDatabaseOperations, "execute_sql_flush", execute_sql_flush)


def let_drop_pass(monkeypatch: Any) -> None:
    """PostgreSQL drops no database that somebody is connected to, and a browser's last request may outlive its test."""
    destroy = DatabaseCreation._destroy_test_db

    def _destroy_test_db(self: Any, name: str, verbosity: int) -> None:
        with self._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        destroy(self, name, verbosity)

    monkeypatch.setattr(DatabaseCreation, "_destroy_test_db", _destroy_test_db)
