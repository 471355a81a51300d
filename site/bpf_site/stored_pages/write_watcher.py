"""Every statement that writes is looked at, and notes which keys of stored pages it purges, in the same transaction.

Signals would not do: `update()`, `bulk_create()` and raw SQL send none. A reader who sees the new rows sees the note
with them, and a transaction that is undone takes its note along. Only SQL that goes past Django is not seen
(docs/operators/stored-pages.md).
"""

import re
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.signals import connection_created

from bpf_site.stored_pages.models import Purge
from bpf_site.stored_pages.purge_rules import EVERY_KEY, purged_by

TABLE = Purge._meta.db_table
BITS = 40
MISSING_S = 5.0  # how long a database without the table, before its migration, is not asked again
MOST_FOLDED = 5000

_READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA", "SET", "SHOW", "EXPLAIN", "CREATE",
          "ALTER", "DROP", "VACUUM", "ANALYZE", "REINDEX", "LOCK", "DECLARE", "FETCH", "CLOSE", "COMMENT",
          "DEALLOCATE")  # fmt: skip
"""How statements begin that change no row. What a migration changes of tables belongs to another release (store.py)."""
_WRITE = re.compile(
    r'\s*(INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE
)
_SET = re.compile(r"\sSET\s(.*?)(?:\sWHERE\s|\Z)", re.IGNORECASE | re.DOTALL)
_COLUMN = re.compile(r'(?:^|,)\s*"?(\w+)"?\s*=')

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


class _Noted:
    """Stands among the hooks of a transaction: which keys it has purged. Django drops it with what is rolled back."""

    def __init__(self, keys: frozenset[str]) -> None:
        self.keys = keys

    def __call__(self) -> None:
        pass


class Fetched:
    """A cursor whose rows are all here already; as it was before, from its next statement on."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._rows: Iterator[Any] | None = iter(cursor.fetchall())

    def __getattr__(self, name: str) -> Any:
        if name.startswith("execute"):
            self._rows = None
        return getattr(self._cursor, name)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor) if self._rows is None else self._rows

    def fetchone(self) -> Any:
        return self._cursor.fetchone() if self._rows is None else next(self._rows, None)

    def fetchmany(self, size: int = 1) -> list[Any]:
        return list(self._cursor.fetchmany(size) if self._rows is None else islice(self._rows, size))

    def fetchall(self) -> list[Any]:
        return list(self._cursor.fetchall() if self._rows is None else self._rows)


class Watch:
    """An execute wrapper of one connection."""

    def __init__(self) -> None:
        self._is_there = False
        self._asked_at = -MISSING_S

    def __call__(self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith(_READS):
            return execute(sql, params, many, context)
        keys = purged(sql, None if many else params)
        connection = context["connection"]
        if not keys or not self._has_table(connection):
            return execute(sql, params, many, context)
        if connection.in_atomic_block:
            return self._noted(execute, sql, params, many, context, keys)
        with transaction.atomic(using=connection.alias):
            result = self._noted(execute, sql, params, many, context, keys)
            if connection.vendor == "sqlite" and "RETURNING" in sql:  # it commits nothing while rows wait to be fetched
                cursor = context["cursor"]
                cursor.cursor = Fetched(cursor.cursor)
        return result

    def _noted(
        self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any], keys: frozenset[str]
    ) -> Any:
        result = execute(sql, params, many, context)
        # SQLite counts the rows of RETURNING only when they are fetched.
        if context["cursor"].rowcount != 0 or "RETURNING" in sql:
            note(context["connection"], keys)
        return result

    def _has_table(self, connection: Any) -> bool:
        if not self._is_there and time.monotonic() - self._asked_at > MISSING_S:
            self._asked_at = time.monotonic()
            self._is_there = TABLE in connection.introspection.table_names()
        return self._is_there


def purged(sql: str, params: Any) -> frozenset[str]:
    """The keys that a statement purges by what it says. params: None where it is sent with several sets of them."""
    found = _WRITE.match(sql)
    if found is None:
        return frozenset() if sql.lstrip().upper().startswith(_READS) else EVERY_KEY
    columns, content_type = None, None
    if found[1][:6].upper() == "UPDATE" and (assigned := _SET.search(sql)) and "SELECT" not in assigned[1]:
        columns = {column.lower() for column in _COLUMN.findall(assigned[1])}
        content_type = _value_of("content_type_id", assigned[1], params)
    return purged_by(found[2].lower(), columns, content_type)


def _value_of(column: str, assigned: str, params: Any) -> Any:
    """What an UPDATE sets a column to; None where it does not, or by an expression."""
    before, found, after = assigned.partition(f'"{column}" = %s')
    return params[before.count("%s")] if found and params is not None and after[:1] in ("", ",") else None


def note(connection: Any, keys: frozenset[str]) -> None:
    """Once a transaction for each key. In the transaction that writes."""
    noted = (hook[1].keys for hook in connection.run_on_commit if isinstance(hook[1], _Noted))
    fresh = keys.difference(*noted)
    if not fresh:
        return
    rows = [part for key in sorted(fresh) for part in (key, secrets.randbits(BITS))]
    places = ", ".join(["(%s, %s)"] * len(fresh))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} (key, amount) VALUES {places}", rows)  # noqa: S608  (no value in it)
    connection.on_commit(_Noted(fresh))


def sums() -> dict[str, int]:
    """Key -> what stands now. A key that nobody ever purged is not in it."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f"SELECT key, SUM(amount) FROM {TABLE} GROUP BY key")  # noqa: S608
        return {key: int(total) % 2**BITS for key, total in cursor.fetchall()}


def fold(now: datetime) -> int:
    """Put one row of each key in the place of many; every sum stays. Answers how many rows are gone. A chore."""
    if Purge.objects.count() <= len(EVERY_KEY):
        return 0
    with transaction.atomic():
        rows = list(Purge.objects.select_for_update().order_by("pk")[:MOST_FOLDED])
        totals: dict[str, int] = defaultdict(int)
        for row in rows:
            totals[row.key] = (totals[row.key] + row.amount) % 2**BITS
        if len(rows) <= len(totals):
            return 0
        Purge.objects.filter(pk__in=[row.pk for row in rows]).delete()
        Purge.objects.bulk_create(Purge(key=key, amount=amount) for key, amount in totals.items())
    return len(rows) - len(totals)


def _watch(sender: Any, connection: Any, **kwargs: Any) -> None:
    if connection.alias == DEFAULT_DB_ALIAS and not any(
        isinstance(each, Watch) for each in connection.execute_wrappers
    ):
        connection.execute_wrappers.append(Watch())


def watch_connections() -> None:
    """Of this process: those that are opened from now on."""
    connection_created.connect(_watch, dispatch_uid="stored pages")
