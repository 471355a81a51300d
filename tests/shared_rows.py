"""Rows that many tests begin with are made once a process, in a transaction around the tests' own.

A test that asks for the fixture `people` needs a forum and seventeen accounts, which cost more to make than most tests
take. pytest-django rolls back what a test wrote to a savepoint where a transaction is open already; so the rows stay
while tests that ask for them follow each other, and go before any other test meets the database.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection, transaction

Rows = TypeVar("Rows")


class SharedRows(Generic[Rows]):
    """make: writes the rows and answers what fetch needs. fetch: objects of a test's own, from the database."""

    def __init__(self, make: Callable[[], Any], fetch: Callable[[Any], Rows]) -> None:
        self._make, self._fetch = make, fetch
        self._around: transaction.Atomic | None = None
        self._session: object = None
        self._made: Any = None

    def begin(self) -> None:
        """Write the rows, unless they stand there."""
        if self._stands():
            return
        self._around = None  # a test that closed the connection took the transaction with it
        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]  # as Django marks its own: durable blocks may follow
        around.__enter__()
        try:
            self._made = self._make()
        except BaseException:
            _roll_back(around)
            raise
        self._around, self._session = around, connection.connection

    def end(self) -> None:
        if self._stands() and self._around:
            _roll_back(self._around)
        self._around = self._session = self._made = None

    def fetch(self) -> Rows:
        """Raises RuntimeError where they were not begun."""
        if not self._stands():
            raise RuntimeError("no rows are shared here")
        return self._fetch(self._made)

    def _stands(self) -> bool:
        return self._around is not None and connection.connection is self._session and connection.in_atomic_block


def _roll_back(around: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    around.__exit__(None, None, None)
